import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { openWorld, redirectUri, type World } from "../../test/support/world.js";
import { createEmailClient } from "../integrations.js";

const gmail = "google_gmail";
const alice = "alice@example.com";
const robot = "robot@studio.iam.gserviceaccount.com";
const modify = "https://www.googleapis.com/auth/gmail.modify";
const userId = "work";
const delegatedScopes = ["openid", "https://www.googleapis.com/auth/userinfo.email", modify];

async function openStudio(
  delegated: string[] = delegatedScopes,
): Promise<World & { keyFile: string; clock: ReturnType<typeof movedClock> }> {
  const clock = movedClock(Date.now());
  const seed = {
    users: [{ email: alice }, { email: "bob@example.com" }],
    serviceAccounts: [{ clientEmail: robot, delegatedScopes: delegated }],
  };
  const w = await openWorld({ seed, clock });
  const keyFile = join(w.folder, "robot.json");
  await writeFile(keyFile, JSON.stringify(w.sandbox.serviceAccountFile(robot)));
  return { ...w, keyFile, clock };
}

describe("a service account", () => {
  it("acts in a person's name, with tokens that are renewed without anybody signing in", async () => {
    await using w = await openStudio();
    const linked = await w.credentials.linkServiceAccount("gmail", { userId, keyFile: w.keyFile, subject: alice });
    expect(linked).toMatchObject({ service: gmail, userId, state: "ready", account: alice, access: "write" });
    const before = (await w.credentials.getAccessToken(gmail, userId)).reveal();
    w.clock.advance(3600_000);
    const options = {
      config: w.config,
      credentials: w.anotherProcess(),
      endpoints: w.sandbox.url,
      userId,
      clock: w.clock,
    };
    await using email = createEmailClient(gmail, options);
    expect(await email.getAccountInfo()).toMatchObject({ address: alice });
    expect((await w.anotherProcess().getAccessToken(gmail, userId)).reveal()).not.toBe(before);
  });

  it("keeps its key sealed, also when the profile is renamed or goes to another machine", async () => {
    await using w = await openStudio();
    await w.credentials.linkServiceAccount(gmail, { userId, keyFile: w.keyFile, subject: alice });
    await w.credentials.renameProfile(gmail, userId, "job");
    const files = await readdir(join(w.folder, "credentials"), { recursive: true });
    const keys = files.filter((file) => file.endsWith("key.json"));
    expect(keys).toHaveLength(1);
    const stored = await readFile(join(w.folder, "credentials", keys[0] ?? ""), "utf8");
    expect(stored).toContain("wrappedKey");
    expect(stored).not.toMatch(/PRIVATE KEY|iam\.gserviceaccount/);
    const { document, passphrase } = await w.credentials.exportProfiles();
    await w.credentials.deleteCredentials(gmail, "job", { revoke: true });
    expect(await w.credentials.listProfiles()).toEqual([]);
    await w.credentials.importProfiles(document, { passphrase });
    w.clock.advance(3600_000);
    await expect(w.anotherProcess().getAccessToken(gmail, "job")).resolves.toBeDefined();
  });

  it("is linked to nothing that was not delegated to it, and says what the administrator must do", async () => {
    await using w = await openStudio([]);
    const link = w.credentials.linkServiceAccount(gmail, { userId, keyFile: w.keyFile, subject: alice });
    await expect(link).rejects.toMatchObject({
      code: "auth.invalid_credentials",
      hint: expect.stringContaining("domain-wide delegation") as string,
    });
    expect(await w.credentials.listProfiles()).toEqual([]);
  });

  it("takes no profile over that belongs to somebody else, and goes when its person signs in", async () => {
    await using w = await openStudio();
    await w.signIn(gmail, "bob@example.com", { userId });
    const { keyFile } = w;
    await expect(w.credentials.linkServiceAccount(gmail, { userId, keyFile, subject: alice })).rejects.toMatchObject({
      code: "auth.wrong_account",
    });
    await w.credentials.linkServiceAccount(gmail, { userId: "alice", keyFile, subject: alice });
    await w.signIn(gmail, alice, { userId: "alice" });
    w.clock.advance(3600_000);
    await w.credentials.getAccessToken(gmail, "alice");
    const grants = w.sandbox.requests.filter(({ method }) => method === "oauth.token").length;
    expect(grants).toBe(4); // Bob, the service account, Alice, and Alice's renewal by her own refresh token
  });

  it.each([
    ["no JSON", () => "nothing", "config.invalid_file"],
    ["a client file", (w: World) => JSON.stringify(w.sandbox.clientFile()), "config.invalid_file"],
    [
      "a file that names another server",
      (w: World) => JSON.stringify({ ...w.sandbox.serviceAccountFile(robot), token_uri: "https://evil.example/token" }),
      "config.untrusted_endpoint",
    ],
    [
      "a key that is cut off",
      (w: World) =>
        JSON.stringify({ ...w.sandbox.serviceAccountFile(robot), private_key: "-----BEGIN PRIVATE KEY-----\nMII" }),
      "config.invalid_file",
    ],
  ])("is refused with %s", async (_, content, code) => {
    await using w = await openStudio();
    await writeFile(w.keyFile, content(w));
    const link = w.credentials.linkServiceAccount(gmail, { userId, keyFile: w.keyFile, subject: alice });
    await expect(link).rejects.toMatchObject({ code });
    expect(w.sandbox.requests).toEqual([]);
    expect(await w.credentials.hasCredentials(gmail, userId)).toBe(false);
    await expect(w.credentials.beginConsent(gmail, { userId, redirectUri })).rejects.toMatchObject({
      code: "config.invalid_file",
    });
  });
});
