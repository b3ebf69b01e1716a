import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { IntegrationConfig } from "../config.js";
import { isExposedToGit, requireSafe } from "./safety.js";

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-safety-"));
  try {
    await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("isExposedToGit", () => {
  it.each([
    ["no rule", "", true],
    ["a rule for the folder", "credentials/\n", false],
    ["a rule for all that is in it", "credentials/**\n", false],
    ["a rule for tokens only", "token.json\n", true],
    ["a rule for the files at its top only", "credentials/*.json\n", true],
    ["a rule with an exception", "credentials/**\n!credentials/**/\n!credentials/service/token.json\n", true],
  ])("reads %s as git does", (_, rules, exposed) =>
    inFolder(async (folder) => {
      await promisify(execFile)("git", ["init", "--quiet", folder]);
      await writeFile(join(folder, ".gitignore"), rules);
      expect(await isExposedToGit(join(folder, "credentials"))).toBe(exposed);
    }),
  );

  it("sees a folder that is a work tree itself", () =>
    inFolder(async (folder) => {
      await promisify(execFile)("git", ["init", "--quiet", folder]);
      expect(await isExposedToGit(folder)).toBe(true);
    }));

  it("finds nothing wrong outside of any work tree", () =>
    inFolder(async (folder) => {
      expect(await isExposedToGit(join(folder, "credentials"))).toBe(false);
    }));
});

describe("requireSafe", () => {
  it("refuses a folder of keys that others may enter, in production only", () =>
    inFolder(async (folder) => {
      const [credentialsDir, configDir] = [join(folder, "credentials"), join(folder, "config")];
      await mkdir(join(configDir, "keys"), { recursive: true });
      await chmod(join(configDir, "keys"), 0o755);
      const configOf = (environment: "production" | "development"): IntegrationConfig =>
        IntegrationConfig.fromEnv({ environment, credentialsDir, configDir }, { env: {}, workingDir: folder });
      await expect(requireSafe(configOf("development"))).resolves.toBeUndefined();
      await expect(requireSafe(configOf("production"))).rejects.toMatchObject({ code: "config.unsafe" });
      await chmod(join(configDir, "keys"), 0o700);
      await expect(requireSafe(configOf("production"))).resolves.toBeUndefined();
    }));
});
