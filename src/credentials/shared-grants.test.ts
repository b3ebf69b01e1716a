import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { movedClock, type MovedClock } from "../../test/support/moved-clock.js";
import { openWorld, redirectUri, type World } from "../../test/support/world.js";
import { createCalendarClient, createEmailClient, getRegistry } from "../integrations.js";

const gmail = "google_gmail";
const calendar = "google_calendar";
const alice = "alice@example.com";
const bob = "bob@example.com";
const work = "work";
const hour = 3600_000;

const openPeople = (clock: MovedClock = movedClock(Date.now())): Promise<World> =>
  openWorld({ seed: { users: [{ email: alice }, { email: bob }] }, clock });
const tokenRequests = ({ sandbox }: World) => sandbox.requests.filter(({ method }) => method === "oauth.token").length;
const tokenOf = async (w: World, service: string, userId = work) =>
  (await w.credentials.getAccessToken(service, userId)).reveal();

/** Signs in once for Gmail and calendar. */
async function signInTogether(
  w: World,
  user: string = alice,
  options: { userId?: string; scopes?: string[]; access?: "read" } = {},
): Promise<URL> {
  const { userId = work, scopes, access } = options;
  const begun = { userId, redirectUri, clientFile: w.clientFile, alsoFor: ["calendar"], ...(access && { access }) };
  const { url } = await w.credentials.beginConsent(gmail, begun);
  const callback = await w.sandbox.approve(url, { user, ...(scopes && { scopes }) });
  await w.credentials.completeConsent(callback, { userId });
  return new URL(url);
}

describe("a sign-in for several services", () => {
  it("asks for what each needs, and is one grant that all of them use", async () => {
    const clock = movedClock(Date.now());
    await using w = await openPeople(clock);
    const url = await signInTogether(w);
    expect(url.searchParams.get("scope")).toMatch(/gmail\.modify.*auth\/calendar/);
    expect(url.searchParams.has("include_granted_scopes")).toBe(false);
    expect(await tokenOf(w, calendar)).toBe(await tokenOf(w, gmail));
    clock.advance(hour);
    const [one, other] = await Promise.all([tokenOf(w, gmail), tokenOf(w, calendar)]);
    expect(one).toBe(other);
    expect(tokenRequests(w)).toBe(2); // the sign-in and one renewal
    expect(await w.credentials.listProfiles()).toMatchObject([
      { service: calendar, state: "ready", account: alice, sharesWith: { service: gmail, userId: work } },
      { service: gmail, state: "ready", account: alice },
    ]);
    const options = { config: w.config, credentials: w.credentials, endpoints: w.sandbox.url, userId: work, clock };
    await using mail = createEmailClient(gmail, options);
    await using events = createCalendarClient(calendar, options);
    expect((await mail.getAccountInfo()).address).toBe(alice);
    expect(await events.getCalendars()).not.toHaveLength(0);
  });

  it("shares nothing unless that was said", async () => {
    await using w = await openPeople();
    await w.signIn(gmail, alice, { userId: work });
    await w.signIn(calendar, alice, { userId: work });
    expect(await tokenOf(w, calendar)).not.toBe(await tokenOf(w, gmail));
  });

  it("names what was not allowed for each of them", async () => {
    await using w = await openPeople();
    const scopes = ["openid", "email", "https://www.googleapis.com/auth/gmail.modify"];
    await signInTogether(w, alice, { scopes });
    expect(await w.credentials.listProfiles()).toMatchObject([
      { service: calendar, state: "missing_scopes", reason: expect.stringContaining("auth/calendar") as string },
      { service: gmail, state: "ready" },
    ]);
  });

  it("is for the account that each of their profiles belongs to, or for none", async () => {
    await using w = await openPeople();
    await w.signIn(calendar, bob, { userId: work });
    const before = await tokenOf(w, calendar);
    await expect(signInTogether(w, alice)).rejects.toMatchObject({ code: "auth.wrong_account", service: calendar });
    expect(await w.credentials.hasCredentials(gmail, work)).toBe(false);
    expect(await tokenOf(w, calendar)).toBe(before);
  });

  it("keeps what they share when one of them signs in again, also for more", async () => {
    await using w = await openPeople();
    await signInTogether(w, alice, { access: "read" });
    await w.signIn(gmail, alice, { userId: work, access: "write" });
    expect(await w.credentials.listProfiles()).toMatchObject([
      { service: calendar, state: "ready", access: "read" },
      { service: gmail, state: "ready", access: "write" },
    ]);
    expect(await tokenOf(w, calendar)).toBe(await tokenOf(w, gmail));
    await w.signIn(calendar, alice, { userId: work }); // alone: from now on it has one of its own
    expect(await tokenOf(w, calendar)).not.toBe(await tokenOf(w, gmail));
  });

  it("is refused for services that sign in elsewhere or not at all", async () => {
    await using w = await openPeople();
    const begin = w.credentials.beginConsent(gmail, { userId: work, redirectUri, alsoFor: ["nothing"] });
    await expect(begin).rejects.toMatchObject({ code: "config.unknown_service" });
  });

  it("is not given to a pointer that somebody edited", async () => {
    await using w = await openPeople();
    await w.signIn(gmail, alice, { userId: work });
    await w.signIn(calendar, bob, { userId: "other" });
    const file = join(w.folder, "credentials", "795f3202_google_calendar.json");
    const pointer = JSON.parse(await readFile(file, "utf8")) as object;
    const stolen = { ...pointer, subject: undefined, grant: { service: gmail, user_id: work } };
    await writeFile(file, JSON.stringify(stolen), { mode: 0o600 });
    const reader = w.anotherProcess();
    const own = (await reader.getAccessToken(calendar, "other")).reveal();
    expect(own).not.toBe(await tokenOf(w, gmail));
    await reader.storeCredentials(calendar, { user_timezone: "Europe/Berlin" }, "other"); // signs the pointer anew
    expect((await w.anotherProcess().getAccessToken(calendar, "other")).reveal()).toBe(own);
  });

  it("goes on with the others when the profile that holds it is forgotten", async () => {
    const clock = movedClock(Date.now());
    await using w = await openPeople(clock);
    await signInTogether(w);
    await w.credentials.deleteCredentials(gmail, work);
    expect(await w.credentials.listProfiles()).toMatchObject([{ service: calendar, state: "ready" }]);
    expect((await w.credentials.listProfiles())[0]).not.toHaveProperty("sharesWith");
    clock.advance(hour);
    await expect(tokenOf(w, calendar)).resolves.toBeDefined();
  });

  it("ends for all of them when it is revoked, which can be asked first", async () => {
    await using w = await openPeople();
    await signInTogether(w);
    await w.signIn(gmail, alice, { userId: "second" });
    await w.signIn(gmail, bob, { userId: "bob" });
    const affected = [
      { service: calendar, userId: work },
      { service: gmail, userId: "second" },
    ];
    const preview = await w.credentials.deleteCredentials(gmail, work, { revoke: true, dryRun: true });
    expect(preview.alsoAffected).toMatchObject(affected.map((each) => ({ ...each, state: "ready" })));
    expect(await w.credentials.listProfiles()).toHaveLength(4);
    const { alsoAffected } = await w.credentials.deleteCredentials(gmail, work, { revoke: true });
    expect(alsoAffected).toMatchObject(affected.map((each) => ({ ...each, state: "revoked" })));
    expect(await w.anotherProcess().listProfiles()).toMatchObject([
      { service: calendar, userId: work, state: "revoked" },
      { service: gmail, userId: "bob", state: "ready" },
      { service: gmail, userId: "second", state: "revoked" },
    ]);
  });

  it("is shared on another machine as well, or copied where its holder stays behind", async () => {
    await using w = await openPeople();
    await signInTogether(w);
    const both = await w.credentials.exportProfiles();
    const one = await w.credentials.exportProfiles({ service: calendar });
    for (const { service } of await w.credentials.listProfiles()) await w.credentials.deleteCredentials(service, work);
    await w.credentials.importProfiles(one.document, { passphrase: one.passphrase });
    expect(await w.credentials.listProfiles()).toMatchObject([{ service: calendar, state: "ready" }]);
    await w.credentials.importProfiles(both.document, { passphrase: both.passphrase, replace: true });
    expect(await w.credentials.listProfiles()).toMatchObject([
      { service: calendar, state: "ready", sharesWith: { service: gmail, userId: work } },
      { service: gmail, state: "ready" },
    ]);
  });
});

describe("another process", () => {
  it("notices within seconds that a profile was linked to somebody else, although its token is good", async () => {
    const clock = movedClock(Date.now());
    await using w = await openPeople(clock);
    await w.signIn(gmail, alice, { userId: work });
    const other = w.anotherProcess();
    const before = (await other.getAccessToken(gmail, work)).reveal();
    await w.credentials.deleteCredentials(gmail, work);
    await w.signIn(gmail, bob, { userId: work });
    clock.advance(5_000);
    const after = (await other.getAccessToken(gmail, work)).reveal();
    expect(after).not.toBe(before);
    expect(after).toBe(await tokenOf(w, gmail));
  });
});

describe("a store that is out of reach for a moment", () => {
  it("takes no good token away, and a profile that is gone does", async () => {
    const clock = movedClock(Date.now());
    await using w = await openPeople(clock);
    await w.signIn(gmail, alice, { userId: work });
    const { createFileStore } = await import("./file-store.js");
    const { integrationError } = await import("../core/errors.js");
    const store = createFileStore(w.config.credentialsDir);
    let out = false;
    const manager = getRegistry(w.config).getCredentialManager({
      endpoints: w.sandbox.url,
      clock,
      store: {
        ...store,
        read: (key) => (out ? Promise.reject(integrationError("connection.unavailable")) : store.read(key)),
      },
    });
    const token = (await manager.getAccessToken(gmail, work)).reveal();
    out = true;
    clock.advance(5_000);
    expect((await manager.getAccessToken(gmail, work)).reveal()).toBe(token);
    clock.advance(hour);
    await expect(manager.getAccessToken(gmail, work)).rejects.toMatchObject({ code: "connection.unavailable" });
    out = false;
    await expect(manager.getAccessToken(gmail, work)).resolves.toBeDefined();
    await w.credentials.deleteCredentials(gmail, work);
    clock.advance(5_000);
    await expect(manager.getAccessToken(gmail, work)).rejects.toMatchObject({ code: "config.profile_not_found" });
  });
});

describe("renaming a profile", () => {
  it("takes its sign-in and settings along", async () => {
    await using w = await openPeople();
    await w.signIn(gmail, alice, { userId: work });
    await w.credentials.storeCredentials(gmail, { user_timezone: "Europe/Berlin" }, work);
    const token = await tokenOf(w, gmail);
    const renamed = await w.credentials.renameProfile("gmail", work, "job");
    const expected = { service: gmail, userId: "job", state: "ready", account: alice, userTimezone: "Europe/Berlin" };
    expect(renamed).toMatchObject(expected);
    expect(await w.credentials.listProfiles()).toEqual([renamed]);
    expect(await tokenOf(w, gmail, "job")).toBe(token);
    await expect(tokenOf(w, gmail)).rejects.toMatchObject({ code: "config.profile_not_found" });
  });

  it("keeps what is shared shared, under whichever name", async () => {
    const clock = movedClock(Date.now());
    await using w = await openPeople(clock);
    await signInTogether(w);
    await w.credentials.renameProfile(gmail, work, "job");
    await w.credentials.renameProfile(calendar, work, "plans");
    clock.advance(hour);
    expect(await tokenOf(w, calendar, "plans")).toBe(await tokenOf(w, gmail, "job"));
  });

  it("takes nobody's place", async () => {
    await using w = await openPeople();
    await w.signIn(gmail, alice, { userId: work });
    await w.signIn(gmail, bob, { userId: "job" });
    const token = await tokenOf(w, gmail, "job");
    await expect(w.credentials.renameProfile(gmail, work, "job")).rejects.toMatchObject({ code: "request.conflict" });
    expect(await tokenOf(w, gmail, "job")).toBe(token);
    await expect(w.credentials.renameProfile(gmail, work, "a/b")).rejects.toMatchObject({
      code: "config.invalid_profile",
    });
  });

  it.each([1, 2, 3, 4, 5])("is gone on with when it was interrupted after %i writes", async (writes) => {
    const clock = movedClock(Date.now());
    await using w = await openPeople(clock);
    await signInTogether(w);
    const { createFileStore } = await import("./file-store.js");
    const store = createFileStore(w.config.credentialsDir);
    let left = writes;
    const dying =
      <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        if (left-- <= 0) throw new Error("killed");
        return work(...args);
      };
    const killed = getRegistry(w.config).getCredentialManager({
      endpoints: w.sandbox.url,
      clock,
      store: {
        ...store,
        write: dying((...args: Parameters<typeof store.write>) => store.write(...args)),
        remove: dying((...args: Parameters<typeof store.remove>) => store.remove(...args)),
      },
    });
    await expect(killed.renameProfile(gmail, work, "job")).rejects.toThrow("killed");
    const begun = (await w.anotherProcess().listProfiles(gmail)).find(({ userId }) => userId === work);
    expect(begun).toMatchObject({ state: "needs_setup", reason: expect.stringContaining('"job"') as string });
    await w.credentials.renameProfile(gmail, work, "job");
    clock.advance(hour);
    expect(await w.anotherProcess().listProfiles()).toMatchObject([
      { service: calendar, userId: work, state: "ready" },
      { service: gmail, userId: "job", state: "ready" },
    ]);
    expect(await tokenOf(w, calendar)).toBe(await tokenOf(w, gmail, "job"));
  });
});
