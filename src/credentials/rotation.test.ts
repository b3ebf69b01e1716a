import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorld, redirectUri, type World } from "../../test/support/world.js";
import type { ConfigOverrides } from "../config.js";
import { Secret } from "../core/secret.js";

const gmail = "google_gmail";
const alice = "alice@example.com";
const seed = { users: [{ email: alice }, { email: "bob@example.com" }] };
const keyFolder = ({ folder }: World) => join(folder, "config", "keys");
const vaultFile = ({ folder }: World) => join(folder, "credentials", "vault.json");
const readVault = async (w: World) => JSON.parse(await readFile(vaultFile(w), "utf8")) as Record<string, unknown>;

describe("rotateKey", () => {
  it("seals everything with a new key and forgets the old one, while others go on", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    await w.signIn(gmail, "bob@example.com", { userId: "work" });
    const other = w.anotherProcess();
    const before = (await other.getAccessToken(gmail)).reveal();
    const { url } = await w.credentials.beginConsent(gmail, { userId: "new", redirectUri });
    const old = await w.credentials.vaultStatus();
    const result = await w.credentials.rotateKey();
    expect(result).toMatchObject({ keySource: "key_file", resealed: 3, unreadable: [] });
    expect(result.keyId).not.toBe(old?.keyId);
    expect(await readdir(keyFolder(w))).toEqual([expect.stringContaining(`.${result.keyId}.key`)]);
    expect(await readVault(w)).not.toHaveProperty("previous");
    // One that had opened the vault before, for reading, writing and finishing what was begun before.
    expect((await other.getAccessToken(gmail)).reveal()).toBe(before);
    await expect(other.getAccessToken(gmail, "work", { forceRefresh: true })).resolves.toBeDefined();
    await other.completeConsent(await w.sandbox.approve(url, { user: alice }), { userId: "new" });
    for (const userId of ["default", "work", "new"]) {
      await expect(w.anotherProcess().getAccessToken(gmail, userId)).resolves.toBeDefined();
    }
  });

  it("goes on with what was interrupted, and cleans up what a killed process left", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    const { vault_id: vaultId, ...old } = await readVault(w);
    const token = join(w.folder, "credentials", gmail, "token.json");
    const sealedBefore = await readFile(token);
    const oldKey = await readFile(join(keyFolder(w), `${String(vaultId)}.${String(old["key_id"])}.key`));
    await w.credentials.rotateKey();
    // As it was just before the token was sealed anew, with a key beside that was made and never used.
    const { key_id: oldId, key_source: source } = old;
    await writeFile(
      vaultFile(w),
      JSON.stringify({ ...(await readVault(w)), previous: { key_id: oldId, key_source: source } }),
    );
    await writeFile(join(keyFolder(w), `${String(vaultId)}.${String(oldId)}.key`), oldKey);
    await writeFile(join(keyFolder(w), `${String(vaultId)}.${"0".repeat(16)}.key`), randomBytes(32).toString("base64"));
    await writeFile(token, sealedBefore);
    const manager = w.anotherProcess();
    expect(await manager.vaultStatus()).toMatchObject({ rotating: true });
    await expect(manager.getAccessToken(gmail)).resolves.toBeDefined();
    expect(await manager.rotateKey()).toMatchObject({ resealed: 1, unreadable: [] });
    expect(await manager.vaultStatus()).toMatchObject({ rotating: false });
    expect(await readdir(keyFolder(w))).toHaveLength(1);
    await expect(w.anotherProcess().getAccessToken(gmail)).resolves.toBeDefined();
  });

  it("changes nothing when the old key is missing", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    await rm(keyFolder(w), { recursive: true });
    const before = await readFile(vaultFile(w));
    await expect(w.anotherProcess().rotateKey()).rejects.toMatchObject({ code: "auth.key_unavailable" });
    expect(await readFile(vaultFile(w))).toEqual(before);
  });
});

describe("a vault's key", () => {
  const key = () => randomBytes(32).toString("base64");
  const worldWith = (vaultKey: ConfigOverrides["vaultKey"]) =>
    openWorld({ seed, config: { ...(vaultKey && { vaultKey }) } });

  it("comes from the environment, and moves to the next one that it gives", async () => {
    const [first, second] = [key(), Buffer.from(key(), "base64").toString("hex")];
    await using w = await worldWith({ keys: new Secret(`${second}, ${first}`) });
    await w.signIn(gmail, alice);
    expect(await w.credentials.rotateKey()).toMatchObject({ keySource: "environment", resealed: 1 });
    await expect(readdir(keyFolder(w))).rejects.toMatchObject({ code: "ENOENT" });
    expect(JSON.stringify(await readVault(w))).not.toContain(first);
  });

  it("is not replaced by itself", async () => {
    await using w = await worldWith({ keys: new Secret(key()) });
    await w.signIn(gmail, alice);
    await expect(w.credentials.rotateKey()).rejects.toMatchObject({ code: "auth.key_unavailable" });
    expect(await w.credentials.vaultStatus()).toMatchObject({ rotating: false });
  });

  it("comes from a command, whose output nobody sees", async () => {
    await using w = await worldWith({ command: `echo ${key()}` });
    await w.signIn(gmail, alice);
    expect(await w.credentials.vaultStatus()).toMatchObject({ keySource: "command" });
    await using broken = await worldWith({ command: "echo hunter2; exit 3" });
    const failure: unknown = await broken.credentials.rotateKey().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "auth.key_unavailable", message: expect.stringContaining("3") as string });
    expect(JSON.stringify(failure)).not.toContain("hunter2");
  });

  it("is derived from a passphrase, in no weaker way than it was made", async () => {
    await using w = await worldWith({ passphrase: new Secret("correct horse battery staple") });
    await w.signIn(gmail, alice);
    expect(await readVault(w)).toMatchObject({ kdf: { name: "scrypt", n: 131072, r: 8, p: 1 } });
    const vault = await readVault(w);
    for (const kdf of [{ n: 1024 }, { p: 1_000_000 }, { n: 131071 }, { salt: "" }]) {
      await writeFile(vaultFile(w), JSON.stringify({ ...vault, kdf: { ...(vault["kdf"] as object), ...kdf } }));
      await expect(w.anotherProcess().getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.key_unavailable" });
    }
    await using short = await worldWith({ passphrase: new Secret("short") });
    await expect(short.credentials.rotateKey()).rejects.toMatchObject({ code: "config.invalid" });
  });

  it("moves to another place on demand, and from then on is looked for there alone", async () => {
    await using w = await worldWith({ keys: new Secret(key()) });
    await w.signIn(gmail, alice);
    expect(await w.credentials.rotateKey({ to: "key_file" })).toMatchObject({ keySource: "key_file" });
    await expect(w.anotherProcess().getAccessToken(gmail)).resolves.toBeDefined();
    await rm(keyFolder(w), { recursive: true });
    await expect(w.anotherProcess().getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.key_unavailable" });
  });
});
