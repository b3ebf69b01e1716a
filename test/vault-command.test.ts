import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "./support/run-command.js";
import { openWorld, type World } from "./support/world.js";

const gmail = "google_gmail";
const calendar = "google_calendar";
const seed = { users: [{ email: "alice@example.com" }] };

/** Runs `maigic-integrations vault …` on a world's vault. */
const vault = (w: World, args: readonly string[], options: { input?: string; machine?: string } = {}) =>
  runCommand(w, ["vault", ...args], options);

describe("the command vault", () => {
  it("tells where the vault is and what seals it, and gives it a new key", async () => {
    await using w = await openWorld({ seed });
    expect(await vault(w, ["status"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("no vault") as string,
    });
    expect(JSON.parse((await vault(w, ["status", "--json"])).stdout)).toMatchObject({ vault: null });
    await w.signIn(gmail, "alice@example.com");
    const before = await w.credentials.vaultStatus();
    const status = await vault(w, ["status"]);
    expect(status).toMatchObject({ code: 0, stderr: "" });
    expect(status.stdout).toContain(join(w.folder, "credentials", "vault.json"));
    expect(status.stdout).toContain(`${before?.keyId ?? "?"}, in a file of the configuration folder`);
    const rotated = await vault(w, ["rotate"]);
    expect(rotated).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("1 record was sealed with it") as string,
    });
    expect(rotated.stdout).not.toContain(before?.keyId);
    await expect(w.anotherProcess().getAccessToken(gmail)).resolves.toBeDefined();
    expect(await vault(w, ["rotate", "--to", "nowhere"])).toMatchObject({ code: 2, stdout: "" });
    expect(await vault(w, ["rotate", "--to", "environment"])).toMatchObject({
      code: 37,
      stderr: expect.stringContaining("MAIGIC_VAULT_KEY") as string,
    });
  });

  it("moves profiles to another machine", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, "alice@example.com");
    await w.signIn(calendar, "alice@example.com", { userId: "work" });
    const file = join(w.folder, "moving.json");
    const exported = await vault(w, ["export", "--profile", "work", "--out", file, "--remove"]);
    expect(exported).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/google_calendar +work +ready/) as string,
    });
    const [passphrase = ""] = /([a-z2-9]{4}-){6}[a-z2-9]{4}/.exec(exported.stderr) ?? [];
    expect(exported.stdout).not.toContain(passphrase);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await w.anotherProcess().listProfiles()).toMatchObject([{ service: gmail, userId: "default" }]);

    const machine = "another";
    const wrong = await vault(w, ["import", file], { input: "not this one\n", machine });
    expect(wrong).toMatchObject({ code: 37, stdout: "" });
    const imported = await vault(w, ["import", file, "--json"], { input: `${passphrase}\n`, machine });
    expect(JSON.parse(imported.stdout)).toMatchObject({ profiles: [{ userId: "work", state: "ready" }] });
    const twice = await vault(w, ["import", file], { input: `${passphrase}\n`, machine });
    expect(twice).toMatchObject({ code: 51, stderr: expect.stringContaining("--replace") as string });
  });

  it("writes over no file, and removes nothing that is not safe in one", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, "alice@example.com");
    const file = join(w.folder, "mine.txt");
    await writeFile(file, "mine");
    expect(await vault(w, ["export", "--out", file, "--remove"])).toMatchObject({ code: 42 });
    expect(await readFile(file, "utf8")).toBe("mine");
    expect(await vault(w, ["export", "--remove"])).toMatchObject({
      code: 41,
      stderr: expect.stringContaining("--out FILE") as string,
    });
    expect(await vault(w, ["import", join(w.folder, "nothing")])).toMatchObject({ code: 42, stdout: "" });
    expect(await w.anotherProcess().listProfiles()).toMatchObject([{ state: "ready" }]);
    const piped = await vault(w, ["export"]);
    expect(JSON.parse(piped.stdout)).toMatchObject({ format: "maigic-integrations-profiles", version: 1 });
  });
});
