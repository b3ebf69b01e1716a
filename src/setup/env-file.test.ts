import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planEnvChange, shownChange, writeEnvChange } from "./env-file.js";

const variable = "GOOGLE_GMAIL_ENABLED";

describe("a change of .env", () => {
  let folder = "";
  const file = () => join(folder, ".env");
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "maigic-env-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("makes a new file for its owner alone", async () => {
    const change = await planEnvChange(file(), [variable, "OTHER_ENABLED"]);
    expect(await readdir(folder)).toEqual([]); // planning writes nothing
    expect(shownChange(change)).toBe(`${file()}\n  + ${variable}=true\n  + OTHER_ENABLED=true`);
    await writeEnvChange(change);
    expect(await readFile(file(), "utf8")).toBe(`${variable}=true\nOTHER_ENABLED=true\n`);
    expect(await modeOf(file())).toBe(0o600);
    expect(await readdir(folder)).toEqual([".env"]);
  });

  it("keeps the mode, and shows no other line", async () => {
    await writeFile(file(), `PASSWORD=x\n${variable}=false\n`);
    await chmod(file(), 0o644);
    const change = await planEnvChange(file(), [variable]);
    expect(shownChange(change)).toBe(`${file()}\n  - ${variable}=false\n  + ${variable}=true`);
    await writeEnvChange(change);
    expect(await modeOf(file())).toBe(0o644);
  });

  it("writes through no link, and over nobody's change", async () => {
    await writeFile(join(folder, "elsewhere"), "");
    await symlink(join(folder, "elsewhere"), file());
    await expect(planEnvChange(file(), [variable])).rejects.toMatchObject({ code: "config.invalid_file" });
    await rm(file());
    await writeFile(file(), "A=1\n");
    const change = await planEnvChange(file(), [variable]);
    await writeFile(file(), "A=2\n");
    await expect(writeEnvChange(change)).rejects.toMatchObject({ code: "request.conflict" });
    expect(await readFile(file(), "utf8")).toBe("A=2\n");
  });
});
