import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { movedClock, type MovedClock } from "../../test/support/moved-clock.js";
import { openWorld, type World } from "../../test/support/world.js";
import { createEmailClient } from "../integrations.js";

const gmail = "google_gmail";
const alice = "alice@example.com";
const scopes = ["https://www.googleapis.com/auth/gmail.modify"];
const hour = 3600_000;

interface PythonWorld extends World {
  readonly root: string;
  readonly clock: MovedClock;
  /** The token in clear. */
  readonly tokenFile: string;
}

const pointerName = (userId: string) =>
  `${createHash("sha256").update(userId).digest("hex").slice(0, 8)}_${gmail}.json`;

/** A folder as the original Python package left it: pointers by sha256, one token in clear for all profiles. */
async function openPythonWorld(profiles = ["default", "work"]): Promise<PythonWorld> {
  const clock = movedClock(Date.now());
  const w = await openWorld({ seed: { users: [{ email: alice }, { email: "bob@example.com" }] }, clock });
  const root = join(w.folder, "credentials");
  const tokenFile = join(root, gmail, "token.json");
  await mkdir(join(root, gmail), { recursive: true, mode: 0o700 });
  const client = w.sandbox.clientFile()["installed"] as Record<string, string>;
  const grant = w.sandbox.issueToken(alice, scopes);
  const token = {
    token: grant.accessToken,
    refresh_token: grant.refreshToken,
    token_uri: client["token_uri"],
    client_id: client["client_id"],
    client_secret: client["client_secret"],
    scopes,
    universe_domain: "googleapis.com",
    expiry: new Date(clock.now() + hour).toISOString().replace("Z", ""),
  };
  await writeFile(tokenFile, JSON.stringify(token), { mode: 0o600 });
  await writeFile(join(root, gmail, "credentials.json"), JSON.stringify(w.sandbox.clientFile()), { mode: 0o600 });
  for (const userId of profiles) {
    const pointer = {
      user_id: userId,
      service: gmail,
      credentials_path: `${gmail}/credentials.json`,
      token_path: `${gmail}/token.json`,
      application_name: "mAIgic",
      user_timezone: "Europe/Berlin",
      read_only: false,
    };
    await writeFile(join(root, pointerName(userId)), JSON.stringify(pointer), { mode: 0o600 });
  }
  return { ...w, root, clock, tokenFile };
}

describe("a folder of the original Python package", () => {
  it("is used as it is: the shared token stays with the default profile, and the others say why they have none", async () => {
    await using w = await openPythonWorld();
    expect(await w.credentials.listProfiles()).toMatchObject([
      { userId: "work", state: "needs_consent", reason: expect.stringContaining("profile default's") as string },
      { userId: "default", state: "ready", userTimezone: "Europe/Berlin" },
    ]);
    const before = await readFile(w.tokenFile, "utf8");
    await using email = createEmailClient(gmail, {
      config: w.config,
      credentials: w.credentials,
      endpoints: w.sandbox.url,
      clock: w.clock,
    });
    expect(await email.getAccountInfo()).toMatchObject({ address: alice });
    expect(await readFile(w.tokenFile, "utf8")).toBe(before); // reading changes nothing
    await expect(w.credentials.getAccessToken(gmail, "work")).rejects.toMatchObject({ code: "auth.not_connected" });
  });

  it("is sealed at the first renewal, in the same place, and nothing is left in clear", async () => {
    await using w = await openPythonWorld();
    const { refresh_token: secret } = JSON.parse(await readFile(w.tokenFile, "utf8")) as { refresh_token: string };
    w.clock.advance(hour);
    await w.credentials.getAccessToken(gmail);
    const text = await readFile(w.tokenFile, "utf8");
    expect(text).toContain("wrappedKey");
    for (const file of await readdir(w.root, { recursive: true, withFileTypes: true })) {
      if (file.isFile()) expect(await readFile(join(file.parentPath, file.name), "utf8")).not.toContain(secret);
    }
    w.clock.advance(hour);
    await expect(w.anotherProcess().getAccessToken(gmail)).resolves.toBeDefined();
  });

  it("keeps the token in clear while the sealed one cannot be written", async () => {
    await using w = await openPythonWorld();
    const before = await readFile(w.tokenFile, "utf8");
    await mkdir(join(w.root, "vault.json")); // no vault can be made
    w.clock.advance(hour);
    await expect(w.credentials.getAccessToken(gmail)).rejects.toMatchObject({ code: "config.invalid_file" });
    expect(await readFile(w.tokenFile, "utf8")).toBe(before);
  });

  it("takes no token in clear any more once the profile is the vault's", async () => {
    await using w = await openPythonWorld();
    const planted = await readFile(w.tokenFile, "utf8");
    w.clock.advance(hour);
    await w.credentials.getAccessToken(gmail);
    await writeFile(w.tokenFile, planted);
    await expect(w.anotherProcess().getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.unreadable" });
    expect(await readFile(w.tokenFile, "utf8")).toBe(planted);
  });

  it("counts less than today's names", async () => {
    await using w = await openPythonWorld();
    await w.signIn(gmail, "bob@example.com", { userId: "work" });
    const own = join(w.root, `67e92c87_${gmail}.json`);
    await expect(access(own)).rejects.toThrow(); // it goes on under the name that it had
    await writeFile(own, JSON.stringify({ user_id: "work", service: gmail }), { mode: 0o600 });
    const work = (await w.anotherProcess().listProfiles()).filter(({ userId }) => userId === "work");
    expect(work).toMatchObject([{ state: "needs_consent" }]);
  });

  it("sends a token in clear to no other server than the service's own", async () => {
    await using w = await openPythonWorld(["default"]);
    const token = JSON.parse(await readFile(w.tokenFile, "utf8")) as object;
    await writeFile(w.tokenFile, JSON.stringify({ ...token, token_uri: "https://evil.example/token" }));
    w.clock.advance(hour);
    await expect(w.credentials.getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.not_connected" });
    expect(w.sandbox.requests).toEqual([]);
  });
});
