import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../../test/support/world.js";
import { IntegrationConfig } from "../config.js";
import { getRegistry } from "../integrations.js";
import type { CredentialManager } from "./types.js";

const gmail = "google_gmail";
const calendar = "google_calendar";
const alice = "alice@example.com";
const bob = "bob@example.com";
const seed = { users: [{ email: alice }, { email: bob }] };

/** Another machine: a vault with a key of its own, and the same services. */
function anotherMachine(w: World): CredentialManager & { readonly folder: string } {
  const folder = join(w.folder, "another machine");
  const config = IntegrationConfig.fromEnv(
    { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") },
    { env: {}, workingDir: folder },
  );
  return { ...getRegistry(config).getCredentialManager({ endpoints: w.sandbox.url }), folder };
}

async function allText(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")))).join("\n");
}

describe("profiles on their way to another machine", () => {
  it("arrive with sign-in, settings and client file, and are sealed on the way", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice, { access: "read" });
    await w.signIn(calendar, bob, { userId: "work" });
    await w.credentials.storeCredentials(gmail, { userTimezone: "Asia/Kolkata" });
    const token = (await w.credentials.getAccessToken(gmail)).reveal();
    const { document, passphrase, profiles } = await w.credentials.exportProfiles();
    expect(profiles.map(({ service, userId }) => [service, userId]).sort()).toEqual([
      [calendar, "work"],
      [gmail, "default"],
    ]);
    const [, clientSecret] = /"client_secret":"([^"]+)"/.exec(await readFile(w.clientFile, "utf8")) ?? [];
    for (const secret of [token, passphrase.reveal(), alice, clientSecret]) {
      expect(document).not.toContain(secret);
    }
    const there = anotherMachine(w);
    const imported = await there.importProfiles(document, { passphrase: ` ${passphrase.reveal().toUpperCase()} ` });
    expect(imported).toEqual(await there.listProfiles().then((all) => expect.arrayContaining(all) as unknown));
    expect(imported.find(({ service }) => service === gmail)).toMatchObject({
      state: "ready",
      account: alice,
      access: "read",
      userTimezone: "Asia/Kolkata",
    });
    expect((await there.getAccessToken(gmail)).reveal()).toBe(token);
    await expect(there.getAccessToken(calendar, "work", { forceRefresh: true })).resolves.toBeDefined();
    expect(await allText(there.folder)).not.toContain(token);
  });

  it("are those that were asked for", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    await w.signIn(gmail, bob, { userId: "work" });
    const { profiles } = await w.credentials.exportProfiles({ service: gmail, userId: "work" });
    expect(profiles).toMatchObject([{ service: gmail, userId: "work", account: bob }]);
    await expect(w.credentials.exportProfiles({ userId: "nobody" })).rejects.toMatchObject({
      code: "config.profile_not_found",
    });
  });

  it("do not take the place of others unless that is wanted, and then as a whole", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    const { document, passphrase } = await w.credentials.exportProfiles();
    await w.credentials.deleteCredentials(gmail);
    await w.signIn(gmail, bob);
    await expect(w.credentials.importProfiles(document, { passphrase })).rejects.toMatchObject({
      code: "request.conflict",
      details: { existing: [`${gmail} "default"`] },
    });
    expect(await w.credentials.listProfiles()).toMatchObject([{ account: bob }]);
    await w.credentials.importProfiles(document, { passphrase, replace: true });
    expect(await w.credentials.listProfiles()).toMatchObject([{ account: alice, state: "ready" }]);
  });

  it("bring no token where they had none", async () => {
    await using w = await openWorld({ seed });
    await w.credentials.storeCredentials(gmail, { credentialsPath: w.clientFile });
    const { document, passphrase } = await w.credentials.exportProfiles();
    await w.signIn(gmail, bob);
    await w.credentials.importProfiles(document, { passphrase, replace: true });
    expect(await w.credentials.listProfiles()).toMatchObject([{ state: "needs_consent" }]);
  });

  it("are refused where their service uses another OAuth client", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    const { document, passphrase } = await w.credentials.exportProfiles();
    const other = join(w.folder, "other.json");
    const text = await readFile(w.clientFile, "utf8");
    await writeFile(other, text.replaceAll(/"client_id":"[^"]+"/g, '"client_id":"another"'));
    const there = anotherMachine(w);
    await there.storeCredentials(gmail, { credentialsPath: other }, "mine");
    await expect(there.importProfiles(document, { passphrase })).rejects.toMatchObject({ code: "request.conflict" });
    expect(await there.listProfiles()).toMatchObject([{ userId: "mine" }]);
  });

  it("are refused with another passphrase or a changed bit, and then nothing is written", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    const { document, passphrase } = await w.credentials.exportProfiles();
    const there = anotherMachine(w);
    const [another] = passphrase.reveal().split("-");
    const refusals: [string, string, string][] = [
      [document, passphrase.reveal().replaceAll(/[^-]+/g, another ?? ""), "auth.key_unavailable"],
      [document, "", "auth.key_unavailable"],
      [document.slice(0, -20), passphrase.reveal(), "config.invalid_file"],
      ["{}", passphrase.reveal(), "config.invalid_file"],
      [document.replace(/"n": \d+/, '"n": 1024'), passphrase.reveal(), "config.invalid_file"],
      [document.replace(/"content": "./, '"content": "_'), passphrase.reveal(), "config.invalid_file"],
    ];
    for (const [text, words, code] of refusals) {
      await expect(there.importProfiles(text, { passphrase: words })).rejects.toMatchObject({ code });
    }
    await expect(readdir(there.folder)).rejects.toMatchObject({ code: "ENOENT" });
  });
});
