import { chmod, lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { openWorld, redirectUri, type World } from "../../test/support/world.js";
import { isIntegrationError } from "../core/errors.js";
import { IntegrationConfig } from "../config.js";
import { createEmailClient, getRegistry } from "../integrations.js";

const gmail = "google_gmail";
const calendar = "google_calendar";
const people = { users: [{ email: "alice@example.com" }, { email: "bob@example.com" }] };
const world = (options: Parameters<typeof openWorld>[0] = {}) => openWorld({ seed: people, ...options });
const tokenFile = ({ folder }: World) => join(folder, "credentials", gmail, "token.json");
const tokenRequests = ({ sandbox }: World) => sandbox.requests.filter(({ method }) => method === "oauth.token").length;

async function modesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true });
  const modes = await Promise.all(entries.map(async (name) => [name, (await lstat(join(folder, name))).mode & 0o777]));
  return Object.fromEntries(modes.map(([name, mode]) => [name, Number(mode).toString(8)])) as Record<string, string>;
}

describe("a sign-in", () => {
  it("lays the vault out as documented, readable by its owner alone", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    await w.signIn(calendar, "bob@example.com", { userId: "work" });
    expect(await modesBelow(join(w.folder, "credentials"))).toEqual({
      "vault.json": "600",
      "c21f969b_google_gmail.json": "600",
      "67e92c87_google_calendar.json": "600",
      consents: "700",
      locks: "700",
      [join("locks", "unfinished")]: "700",
      [join("locks", "ade2816ae6323c00fb35d83d5989bbea.lock")]: "600", // of whoever writes
      [gmail]: "700",
      [join(gmail, "credentials.json")]: "600",
      [join(gmail, "token.json")]: "600",
      [calendar]: "700",
      [join(calendar, "credentials.json")]: "600",
      [join(calendar, "67e92c87")]: "700",
      [join(calendar, "67e92c87", "token.json")]: "600",
    });
    expect(Object.values(await modesBelow(join(w.folder, "config")))).toEqual(["700", "600"]);
  });

  it("keeps tokens and codes out of every file, and the profile's facts in its pointer", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com", { access: "read" });
    const token = (await w.credentials.getAccessToken(gmail)).reveal();
    const files = await readdir(join(w.folder, "credentials"), { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const text = await readFile(join(file.parentPath, file.name), "utf8");
      expect(text).not.toContain(token);
      expect(text).not.toMatch(/ya29|1\/\/0|code_?verifier/i);
    }
    const pointer: unknown = JSON.parse(
      await readFile(join(w.folder, "credentials", "c21f969b_google_gmail.json"), "utf8"),
    );
    expect(pointer).toMatchObject({
      user_id: "default",
      service: gmail,
      account: "alice@example.com",
      access: "read",
      read_only: true,
      credentials_path: "google_gmail/credentials.json",
    });
  });

  it("may be completed by another process, once", async () => {
    await using w = await world();
    const { url } = await w.credentials.beginConsent(gmail, { userId: "ann", redirectUri, clientFile: w.clientFile });
    const callback = await w.sandbox.approve(url, { user: "alice@example.com" });
    const summary = await w.anotherProcess().completeConsent(callback, { userId: "ann" });
    expect(summary).toMatchObject({ service: gmail, userId: "ann", state: "ready", account: "alice@example.com" });
    await expect(w.credentials.completeConsent(callback, { userId: "ann" })).rejects.toMatchObject({
      code: "auth.invalid_credentials",
    });
    expect(tokenRequests(w)).toBe(1);
  });

  it("takes an answer that comes twice at the same moment once, and the access stays good", async () => {
    await using w = await world();
    const { url } = await w.credentials.beginConsent(gmail, { userId: "ann", redirectUri, clientFile: w.clientFile });
    const callback = await w.sandbox.approve(url, { user: "alice@example.com" });
    const processes = [w.credentials, w.anotherProcess(), w.anotherProcess()];
    const answers = await Promise.allSettled(
      processes.map((each) => each.completeConsent(callback, { userId: "ann" })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(tokenRequests(w)).toBe(1);
    await expect(w.anotherProcess().getAccessToken(gmail, "ann", { forceRefresh: true })).resolves.toBeDefined();
  });

  it("is the same under an alias", async () => {
    await using w = await world();
    const options = await w.signIn("gmail", "alice@example.com");
    expect(await w.credentials.listProfiles("gmail")).toMatchObject([{ service: gmail, state: "ready" }]);
    await using email = createEmailClient("gmail", options);
    expect(await email.getAccountInfo()).toMatchObject({ address: "alice@example.com" });
  });

  it("asks for reading only, where the profile was stored as read-only", async () => {
    await using w = await world();
    await w.credentials.storeCredentials(gmail, { credentials_path: w.clientFile, read_only: true });
    const { url } = await w.credentials.beginConsent(gmail, { userId: "default", redirectUri });
    expect(new URL(url).searchParams.get("scope")).toContain("gmail.readonly");
    await w.credentials.completeConsent(await w.sandbox.approve(url, { user: "alice@example.com" }), {
      userId: "default",
    });
    expect(await w.credentials.getCredentials(gmail)).toMatchObject({ readOnly: true });
  });

  it("replaces another client file only once somebody has signed in with the new one", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const kept = join(w.folder, "credentials", gmail, "credentials.json");
    const before = await readFile(kept, "utf8");
    const other = join(w.folder, "other.json");
    await writeFile(other, JSON.stringify({ ...w.sandbox.clientFile(), note: "downloaded again" }));
    const begin = async () =>
      (await w.credentials.beginConsent(gmail, { userId: "default", redirectUri, clientFile: other })).url;
    const wrong = await w.sandbox.approve(await begin(), { user: "bob@example.com" });
    await expect(w.credentials.completeConsent(wrong, { userId: "default" })).rejects.toMatchObject({
      code: "auth.wrong_account",
    });
    expect(await readFile(kept, "utf8")).toBe(before);
    const right = await w.sandbox.approve(await begin(), { user: "alice@example.com" });
    await w.credentials.completeConsent(right, { userId: "default" });
    expect(await readFile(kept, "utf8")).toContain("downloaded again");
  });

  it("rehearses with nothing that belongs to the service itself, and goes on to the service afterwards", async () => {
    await using w = await world();
    const real = join(w.folder, "real.json");
    const section = { ...(w.sandbox.clientFile()["installed"] as object) };
    const addresses = {
      auth_uri: "https://accounts.google.com/o/oauth2/auth",
      token_uri: "https://oauth2.googleapis.com/token",
    };
    await writeFile(real, JSON.stringify({ installed: { ...section, ...addresses } }));
    const atGoogle = getRegistry(w.config).getCredentialManager();
    const begun = { userId: "default", redirectUri, clientFile: real };
    await w.signIn(gmail, "alice@example.com");
    await expect(atGoogle.beginConsent(gmail, begun)).resolves.toMatchObject({
      url: expect.stringMatching(/^https:\/\/accounts\.google\.com\//) as string,
    });
    await atGoogle.storeCredentials(calendar, { credentials_path: real });
    const rehearsal = w.credentials.beginConsent(calendar, { ...begun, clientFile: w.clientFile });
    await expect(rehearsal).rejects.toMatchObject({
      code: "config.invalid",
      hint: expect.stringContaining("MAIGIC_CREDENTIALS_DIR") as string,
    });
    expect(await readFile(join(w.folder, "credentials", calendar, "credentials.json"), "utf8")).toContain(
      "oauth2.googleapis",
    );
  });

  it("knows an account by the place where it signed in", async () => {
    await using w = await world();
    await using elsewhere = await world();
    await w.signIn(gmail, "alice@example.com");
    const there = w.registry.getCredentialManager({ endpoints: elsewhere.sandbox.url });
    const begun = { userId: "default", redirectUri, clientFile: elsewhere.clientFile };
    const { url } = await there.beginConsent(gmail, begun);
    const callback = await elsewhere.sandbox.approve(url, { user: "bob@example.com" });
    await expect(there.completeConsent(callback, { userId: "default" })).resolves.toMatchObject({
      account: "bob@example.com",
    });
  });

  it.each([
    [{ redirectUri: "http://evil.example/callback" }, "config.invalid"],
    [{ redirectUri: "callback" }, "config.invalid"],
    [{ access: "admin" as "read" }, "config.invalid"],
    [{ userId: undefined as unknown as string }, "config.invalid_profile"],
  ])("does not begin with %j", async (wrong, code) => {
    await using w = await world();
    const begun = { userId: "ann", redirectUri, clientFile: w.clientFile, ...wrong };
    await expect(w.credentials.beginConsent(gmail, begun)).rejects.toMatchObject({ code });
    expect(await w.credentials.hasCredentials(gmail, "ann")).toBe(false);
  });

  it.each([
    ["a state that nobody gave", (url: URL) => url.searchParams.set("state", "made-up")],
    ["no state", (url: URL) => url.searchParams.delete("state")],
  ])("refuses an answer with %s before any exchange", async (_, spoil) => {
    await using w = await world();
    const { url } = await w.credentials.beginConsent(gmail, { userId: "ann", redirectUri, clientFile: w.clientFile });
    const callback = new URL(await w.sandbox.approve(url, { user: "alice@example.com" }));
    const true_ = callback.href;
    spoil(callback);
    await expect(w.credentials.completeConsent(callback.href, { userId: "ann" })).rejects.toMatchObject({
      code: "auth.invalid_credentials",
    });
    await expect(w.credentials.completeConsent(true_, { userId: "bob" })).rejects.toMatchObject({
      code: "auth.invalid_credentials",
    });
    expect(tokenRequests(w)).toBe(0);
    await expect(w.credentials.completeConsent(true_, { userId: "ann" })).resolves.toMatchObject({ state: "ready" });
  });

  it("is over after ten minutes", async () => {
    const clock = movedClock();
    await using w = await world({ clock });
    const { url, expiresAt } = await w.credentials.beginConsent(gmail, {
      userId: "ann",
      redirectUri,
      clientFile: w.clientFile,
    });
    expect(Date.parse(expiresAt) - clock.now()).toBe(600_000);
    const callback = await w.sandbox.approve(url, { user: "alice@example.com" });
    clock.advance(601_000);
    await expect(w.credentials.completeConsent(callback, { userId: "ann" })).rejects.toMatchObject({
      code: "auth.invalid_credentials",
    });
  });

  it("says that access was denied, and stores nothing", async () => {
    await using w = await world();
    const { url } = await w.credentials.beginConsent(gmail, { userId: "ann", redirectUri, clientFile: w.clientFile });
    const callback = await w.sandbox.approve(url, { user: "alice@example.com", deny: true });
    await expect(w.credentials.completeConsent(callback, { userId: "ann" })).rejects.toMatchObject({
      code: "auth.consent_denied",
    });
    expect(await w.credentials.hasCredentials(gmail, "ann")).toBe(false);
  });

  it("refuses another account than the profile's own, and changes nothing", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const before = await readFile(tokenFile(w));
    await expect(w.signIn(gmail, "bob@example.com")).rejects.toMatchObject({ code: "auth.wrong_account" });
    expect(await readFile(tokenFile(w))).toEqual(before);
  });

  it("names the permissions that were unticked", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com", { scopes: [] });
    const [profile] = await w.credentials.listProfiles(gmail);
    expect(profile).toMatchObject({
      state: "missing_scopes",
      reason: expect.stringContaining("gmail.modify") as string,
    });
    const scopes = ["https://www.googleapis.com/auth/gmail.modify"];
    await expect(w.credentials.getAccessToken(gmail, "default", { scopes })).rejects.toMatchObject({
      code: "auth.scope_missing",
      details: { missing: scopes },
    });
  });

  it("uses the client file of the other Google service when it has none of its own", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const { url } = await w.credentials.beginConsent(calendar, { userId: "default", redirectUri });
    const callback = await w.sandbox.approve(url, { user: "alice@example.com" });
    await expect(w.credentials.completeConsent(callback, { userId: "default" })).resolves.toMatchObject({
      service: calendar,
      state: "ready",
    });
  });

  it("keeps profiles apart", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com", { userId: "work" });
    await w.signIn(gmail, "bob@example.com", { userId: "personal" });
    const tokens = await Promise.all(["work", "personal"].map((user) => w.credentials.getAccessToken(gmail, user)));
    expect(tokens[0]?.reveal()).not.toBe(tokens[1]?.reveal());
    const accounts = (await w.credentials.listProfiles(gmail)).map(({ userId, account }) => [userId, account]);
    expect(Object.fromEntries(accounts)).toEqual({ work: "alice@example.com", personal: "bob@example.com" });
  });
});

describe("getAccessToken", () => {
  it("renews an expired token once, however many ask, and keeps the refresh token", async () => {
    const clock = movedClock(Date.now());
    await using w = await world({ clock });
    await w.signIn(gmail, "alice@example.com");
    for (let round = 0; round < 3; round += 1) {
      clock.advance(3600_000);
      const before = tokenRequests(w);
      const tokens = await Promise.all(Array.from({ length: 100 }, () => w.credentials.getAccessToken(gmail)));
      expect(tokenRequests(w) - before).toBe(1);
      expect(new Set(tokens.map((token) => token.reveal())).size).toBe(1);
    }
  });

  it("does not renew again when another call or process already did", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const rejected = await w.credentials.getAccessToken(gmail);
    const fresh = await w.credentials.getAccessToken(gmail, "default", { forceRefresh: true, rejected });
    const again = await w.credentials.getAccessToken(gmail, "default", { forceRefresh: true, rejected });
    const other = await w.anotherProcess().getAccessToken(gmail, "default", { forceRefresh: true, rejected });
    expect([again.reveal(), other.reveal()]).toEqual([fresh.reveal(), fresh.reveal()]);
    expect(tokenRequests(w)).toBe(2);
  });

  it.each([
    ["a captive portal", { status: 200, body: "<html>Sign in to Wi-Fi</html>" }],
    ["an outage", { status: 503, body: "<html>Sorry</html>" }],
    ["a broken connection", "reset" as const],
  ])("changes nothing when the token endpoint is behind %s", async (_, respond) => {
    const clock = movedClock(Date.now());
    await using w = await world({ clock });
    await w.signIn(gmail, "alice@example.com");
    clock.advance(3600_000);
    const before = await readFile(tokenFile(w));
    w.sandbox.failNext({ method: "oauth.token", times: 9, respond });
    const error: unknown = await w.credentials.getAccessToken(gmail).catch((failure: unknown) => failure);
    expect(isIntegrationError(error) && error.code.startsWith("connection.")).toBe(true);
    expect(await readFile(tokenFile(w))).toEqual(before);
  });

  it("goes on after an outage without a new sign-in", async () => {
    const clock = movedClock(Date.now());
    await using w = await world({ clock });
    await w.signIn(gmail, "alice@example.com");
    clock.advance(3600_000);
    w.sandbox.failNext({ method: "oauth.token", times: 2, respond: { status: 500, body: "<html>" } });
    await expect(w.credentials.getAccessToken(gmail)).resolves.toBeDefined();
  });

  it("remembers that access was taken back, says so from then on, and deletes nothing", async () => {
    const clock = movedClock(Date.now());
    await using w = await world({ clock });
    await w.signIn(gmail, "alice@example.com");
    w.sandbox.revokeAccess("alice@example.com");
    clock.advance(3600_000);
    await expect(w.credentials.getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.revoked" });
    const asked = tokenRequests(w);
    await expect(w.anotherProcess().getAccessToken(gmail)).rejects.toMatchObject({
      code: "auth.revoked",
      hint: expect.stringContaining("npx maigic-integrations-setup --service google_gmail") as string,
    });
    expect(tokenRequests(w)).toBe(asked);
    expect((await w.credentials.listProfiles(gmail))[0]?.state).toBe("revoked");
    expect((await readFile(tokenFile(w))).length).toBeGreaterThan(0);
  });

  it("tells an unknown profile from one that nobody has signed in to", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    await w.credentials.storeCredentials(gmail, { credentials_path: w.clientFile }, "work");
    await expect(w.credentials.getAccessToken(gmail, "nobody")).rejects.toMatchObject({
      code: "config.profile_not_found",
      details: { profiles: expect.arrayContaining(["default", "work"]) as string[] },
    });
    await expect(w.credentials.getAccessToken(gmail, "work")).rejects.toMatchObject({
      code: "auth.not_connected",
      message: expect.stringContaining(join(w.folder, "credentials")) as string,
      hint: expect.stringContaining("--service google_gmail --profile work") as string,
    });
  });

  it("hands a sandbox's token to no client of Google itself", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const google = getRegistry(w.config).getCredentialManager();
    await expect(google.getAccessToken(gmail)).rejects.toMatchObject({
      code: "auth.not_connected",
      hint: expect.stringContaining(`or give --sandbox ${w.sandbox.url} `) as string,
    });
    const issuedBy = "https://oauth2.googleapis.com";
    await expect(w.credentials.getAccessToken(gmail, "default", { issuedBy })).rejects.toMatchObject({
      code: "config.untrusted_endpoint",
    });
  });
});

describe("what is stored", () => {
  it("is refused after any change of a sealed token, and left byte for byte", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const sealed = await readFile(tokenFile(w), "utf8");
    const envelope = JSON.parse(sealed) as Record<string, string>;
    const flipped = (name: string): string => {
      const text = envelope[name] ?? "";
      return JSON.stringify({ ...envelope, [name]: (text.startsWith("A") ? "B" : "A") + text.slice(1) });
    };
    const damages = [
      ...["wrappedKey", "content", "clientId", "tokenOrigin"].map(flipped),
      sealed.slice(0, 100),
      "",
      "not json",
      JSON.stringify({ ...envelope, keyId: "0000000000000000" }),
    ];
    for (const damaged of damages) {
      await writeFile(tokenFile(w), damaged);
      await expect(w.anotherProcess().getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.unreadable" });
      expect(await readFile(tokenFile(w), "utf8")).toBe(damaged);
    }
    await writeFile(tokenFile(w), sealed);
    await expect(w.anotherProcess().getAccessToken(gmail)).resolves.toBeDefined();
  });

  it("opens in no other profile's or service's place", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    await w.signIn(gmail, "bob@example.com", { userId: "work" });
    const work = join(w.folder, "credentials", gmail, "67e92c87", "token.json");
    await writeFile(work, await readFile(tokenFile(w)));
    await expect(w.anotherProcess().getAccessToken(gmail, "work")).rejects.toMatchObject({ code: "auth.unreadable" });
  });

  it("stays closed without its key, with another's, or without vault.json, and no new key is made", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const [name = ""] = await readdir(join(w.folder, "config", "keys"));
    const keyFile = join(w.folder, "config", "keys", name);
    const key = await readFile(keyFile);
    for (const wrong of [Buffer.alloc(32, 7).toString("base64"), "short", ""]) {
      await writeFile(keyFile, wrong);
      await expect(w.anotherProcess().getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.key_unavailable" });
      expect((await w.anotherProcess().listProfiles())[0]?.state).toBe("key_unavailable");
    }
    await writeFile(keyFile, key);
    const vaultFile = join(w.folder, "credentials", "vault.json");
    const vault = await readFile(vaultFile);
    await writeFile(vaultFile, "{");
    await expect(w.anotherProcess().getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.key_unavailable" });
    await writeFile(vaultFile, vault);
    await expect(w.anotherProcess().getAccessToken(gmail)).resolves.toBeDefined();
    expect(await readdir(join(w.folder, "config", "keys"))).toEqual([name]);
  });

  it("is listed with every profile's true state, a damaged pointer spoiling its own line only", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    await w.signIn(gmail, "bob@example.com", { userId: "work" });
    const broken = join(w.folder, "credentials", "67e92c87_google_gmail.json");
    await writeFile(broken, '{"user_id":');
    const profiles = await w.anotherProcess().listProfiles();
    expect(profiles.map(({ userId, state }) => [userId, state])).toEqual([
      ["67e92c87_google_gmail.json", "unreadable"],
      ["default", "ready"],
    ]);
    expect(await readFile(broken, "utf8")).toBe('{"user_id":');
  });

  it("is listed although a pointer was written by hand for a name that nobody can have", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const pointer = { user_id: "\u001b[2Jevil", service: gmail };
    await writeFile(join(w.folder, "credentials", "00000000_google_gmail.json"), JSON.stringify(pointer));
    expect((await w.credentials.listProfiles()).map(({ userId, state }) => [userId, state])).toEqual([
      ["00000000_google_gmail.json", "unreadable"],
      ["default", "ready"],
    ]);
  });

  it("is never written through a link", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const treasure = join(w.folder, "treasure");
    await writeFile(treasure, "mine");
    const planted = join(w.folder, "credentials", "c21f969b_google_calendar.json");
    await symlink(treasure, planted);
    await expect(w.signIn(calendar, "alice@example.com")).rejects.toMatchObject({ code: "config.invalid_file" });
    expect(await readFile(treasure, "utf8")).toBe("mine");
  });

  it("is made private when it was readable by others", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    await chmod(tokenFile(w), 0o644);
    await w.anotherProcess().getAccessToken(gmail);
    expect((await lstat(tokenFile(w))).mode & 0o777).toBe(0o600);
  });

  it("comes back in camelCase with absolute paths, whichever spelling it came in", async () => {
    await using w = await world();
    await w.credentials.storeCredentials(
      gmail,
      { credentials_path: w.clientFile, user_timezone: "Asia/Tokyo", application_name: "mAIgic", read_only: true },
      "auth0|abc",
    );
    expect(await w.credentials.getCredentials(gmail, "auth0|abc")).toEqual({
      credentialsPath: join(w.folder, "credentials", gmail, "credentials.json"),
      tokenPath: expect.stringContaining(join(w.folder, "credentials", gmail)) as string,
      userTimezone: "Asia/Tokyo",
      applicationName: "mAIgic",
      readOnly: true,
    });
    expect(await w.credentials.getCredentials(gmail, "nobody")).toBeUndefined();
  });

  it("is forgotten on demand: the grant ends first, other profiles of the account are told, the client file stays", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    await w.signIn(calendar, "alice@example.com");
    const { alsoAffected } = await w.credentials.deleteCredentials(gmail, "default", { revoke: true });
    expect(alsoAffected).toMatchObject([{ service: calendar, userId: "default", state: "revoked" }]);
    expect(await w.credentials.hasCredentials(gmail)).toBe(false);
    await expect(w.credentials.getAccessToken(calendar)).rejects.toMatchObject({ code: "auth.revoked" });
    expect(await readdir(join(w.folder, "credentials", gmail))).toEqual(["credentials.json"]);
  });
});

describe("bad input", () => {
  it.each(["", "../../etc", "a/b", "a\\b", "a\u0000b", "x".repeat(201), "e\u0301", "\u202eevil"])(
    "refuses the profile name %j before anything is touched",
    async (userId) => {
      await using w = await world();
      for (const call of [
        () => w.credentials.getAccessToken(gmail, userId),
        () => w.credentials.storeCredentials(gmail, { credentialsPath: w.clientFile }, userId),
      ]) {
        await expect(call()).rejects.toMatchObject({ code: "config.invalid_profile" });
      }
      await expect(readdir(join(w.folder, "credentials"))).rejects.toMatchObject({ code: "ENOENT" });
    },
  );

  it("says what is wrong with a client file, and takes none of it", async () => {
    await using w = await world();
    const installed = w.sandbox.clientFile() as { installed: Record<string, unknown> };
    const cases: [string, string | undefined, string][] = [
      ["missing.json", undefined, "config.invalid_file"],
      ["cut.json", JSON.stringify(installed).slice(0, 50), "config.invalid_file"],
      ["empty.json", "{}", "config.invalid_file"],
      ["web.json", JSON.stringify(w.sandbox.clientFile("web")), "config.invalid_file"],
      [
        "foreign.json",
        JSON.stringify({ installed: { ...installed.installed, token_uri: "https://evil.example/token" } }),
        "config.untrusted_endpoint",
      ],
    ];
    for (const [name, text, code] of cases) {
      const clientFile = join(w.folder, name);
      if (text !== undefined) await writeFile(clientFile, text);
      const begun = w.anotherProcess().beginConsent(gmail, { userId: "ann", redirectUri, clientFile });
      await expect(begun, name).rejects.toMatchObject({ code, message: expect.stringContaining(name) as string });
      await expect(readdir(join(w.folder, "credentials", gmail)), name).rejects.toMatchObject({ code: "ENOENT" });
    }
    expect(w.sandbox.requests).toEqual([]);
  });

  it("names the profile in the command that a missing client file is brought with", async () => {
    await using world = await openWorld();
    const redirectUri = "http://127.0.0.1:8976/callback";
    const begun = world.credentials.beginConsent("google_gmail", { userId: "work", redirectUri });
    await expect(begun).rejects.toMatchObject({
      code: "config.invalid_file",
      hint: expect.stringContaining("--service google_gmail --profile work --credentials FILE") as string,
    });
  });

  it("says which folder cannot be written", async () => {
    await using w = await world();
    await writeFile(join(w.folder, "file"), "");
    const config = IntegrationConfig.fromEnv(
      { credentialsDir: join(w.folder, "file", "credentials"), configDir: join(w.folder, "config") },
      { env: {}, workingDir: w.folder },
    );
    const manager = getRegistry(config).getCredentialManager({ endpoints: w.sandbox.url });
    await expect(manager.storeCredentials(gmail, { credentialsPath: w.clientFile })).rejects.toMatchObject({
      code: "config.invalid_file",
      message: expect.stringContaining(join(w.folder, "file", "credentials")) as string,
      exitCode: 42,
    });
  });

  it("shows no secret in any error, however it is printed", async () => {
    await using w = await world();
    await w.signIn(gmail, "alice@example.com");
    const token = (await w.credentials.getAccessToken(gmail)).reveal();
    const { installed } = w.sandbox.clientFile() as { installed: { client_secret: string } };
    const failures: unknown[] = [];
    const failing = async (call: Promise<unknown>): Promise<void> => {
      failures.push(await call.catch((error: unknown) => error));
    };
    for (const respond of [
      { status: 400, body: { error: "invalid_client", error_description: token } },
      { status: 200, body: token },
      "reset" as const,
    ]) {
      w.sandbox.failNext({ method: "oauth.token", times: 3, respond });
      await failing(w.credentials.getAccessToken(gmail, "default", { forceRefresh: true }));
    }
    await failing(w.credentials.completeConsent(`${redirectUri}?state=x&code=${token}`, { userId: "default" }));
    const shown = failures
      .map((error) => inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error))
      .join("\n");
    expect(failures.every((error) => isIntegrationError(error))).toBe(true);
    expect(shown).not.toContain(token);
    expect(shown).not.toContain(installed.client_secret);
  });
});

describe("in production", () => {
  const production = (folder: string, more: object = {}) =>
    getRegistry(
      IntegrationConfig.fromEnv(
        {
          environment: "production",
          credentialsDir: join(folder, "credentials"),
          configDir: join(folder, "config"),
          ...more,
        },
        { env: {}, workingDir: folder },
      ),
    );

  it("refuses memory storage, folders that others may enter, git work trees, and sandboxes", async () => {
    await using w = await world();
    const memory = production(w.folder, { credentialStorage: "memory" }).getCredentialManager();
    await expect(memory.listProfiles()).rejects.toMatchObject({ code: "config.unsafe" });
    await mkdir(join(w.folder, "credentials"), { mode: 0o755 });
    await expect(production(w.folder).getCredentialManager().listProfiles()).rejects.toMatchObject({
      code: "config.unsafe",
    });
    await chmod(join(w.folder, "credentials"), 0o700);
    await expect(production(w.folder).getCredentialManager().listProfiles()).resolves.toEqual([]);
    await mkdir(join(w.folder, "credentials", ".git"));
    await expect(production(w.folder).getCredentialManager().listProfiles()).rejects.toMatchObject({
      code: "config.unsafe",
    });
    await rm(join(w.folder, "credentials", ".git"), { recursive: true });
    await mkdir(join(w.folder, ".git"));
    await expect(production(w.folder).getCredentialManager().listProfiles()).rejects.toMatchObject({
      code: "config.unsafe",
    });
    expect(() => production(w.folder).getCredentialManager({ endpoints: w.sandbox.url })).toThrow(
      expect.objectContaining({ code: "config.unsafe" }),
    );
  });
});

describe("a manager", () => {
  it("works once what was unsafe is mended", async () => {
    await using w = await world();
    const folder = join(w.folder, "credentials");
    await mkdir(folder, { mode: 0o755 });
    const config = IntegrationConfig.fromEnv(
      { environment: "production", credentialsDir: folder, configDir: join(w.folder, "config") },
      { env: {}, workingDir: w.folder },
    );
    const manager = getRegistry(config).getCredentialManager();
    await expect(manager.listProfiles()).rejects.toMatchObject({ code: "config.unsafe" });
    await chmod(folder, 0o700);
    await expect(manager.listProfiles()).resolves.toEqual([]);
  });
});

describe("memory storage", () => {
  it("does what files do, and leaves none", async () => {
    await using w = await world({ config: { credentialStorage: "memory" } });
    await w.signIn(gmail, "alice@example.com", { userId: "work" });
    await expect(w.credentials.getAccessToken(gmail, "work", { forceRefresh: true })).resolves.toBeDefined();
    expect((await w.credentials.listProfiles()).map(({ userId, state }) => [userId, state])).toEqual([
      ["work", "ready"],
    ]);
    expect(await readdir(w.folder)).toEqual(["client.json"]);
  });

  it("has one vault, however many calls are the first", async () => {
    await using w = await world({ config: { credentialStorage: "memory" } });
    const users = ["a", "b", "c"];
    const store = (user: string) => w.credentials.storeCredentials(gmail, { credentialsPath: w.clientFile }, user);
    await Promise.all(users.map(store));
    const listed = (await w.credentials.listProfiles()).map(({ userId, state }) => `${userId} ${state}`);
    expect(listed.sort()).toEqual(users.map((user) => `${user} needs_consent`));
  });
});
