import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { movedClock, type MovedClock } from "../../test/support/moved-clock.js";
import { openWorld, redirectUri, type World } from "../../test/support/world.js";
import { createHttp, type Http } from "../core/http.js";
import { atOrigin } from "../oauth/endpoints.js";
import { createManager } from "./manager.js";
import type { CredentialManager } from "./types.js";

const gmail = "google_gmail";
const alice = "alice@example.com";
const hour = 3600_000;
const modify = "https://www.googleapis.com/auth/gmail.modify";
const seed = { users: [{ email: alice }, { email: "bob@example.com" }] };
const tokenFile = ({ folder }: World) => join(folder, "credentials", gmail, "token.json");
const tokenRequests = ({ sandbox }: World) => sandbox.requests.filter(({ method }) => method === "oauth.token").length;

/** A manager of another process whose requests wait until they are let go. */
function heldManager(
  w: World,
  clock: MovedClock,
): { manager: CredentialManager; arrived: Promise<void>; letGo: () => void } {
  let letGo = (): void => undefined;
  let arrive = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const network = createHttp();
  const http: Http = {
    async send(request) {
      arrive();
      await gate;
      return network.send(request);
    },
    close: () => network.close(),
  };
  const setups = (service: string) => {
    const { credentials } = w.registry.getProvider(service).setup;
    if (credentials.kind !== "oauth") return credentials;
    return { ...credentials, endpoints: atOrigin(credentials.endpoints, w.sandbox.url) };
  };
  return {
    manager: createManager({ config: w.config, clock, http, setups, nameOf: (service) => service }),
    arrived,
    letGo,
  };
}

/** A world with somebody signed in, whose token has run out. */
async function expiredWorld(clock: MovedClock = movedClock(Date.now())): Promise<World> {
  const w = await openWorld({ seed, clock });
  await w.signIn(gmail, alice);
  clock.advance(hour);
  return w;
}

describe("a refresh under way", () => {
  it("does not mark a sign-in as revoked that came after its question", async () => {
    const clock = movedClock(Date.now());
    await using w = await expiredWorld(clock);
    const { manager, arrived, letGo } = heldManager(w, clock);
    const asking = manager.getAccessToken(gmail);
    await arrived;
    w.sandbox.revokeAccess(alice);
    await w.signIn(gmail, alice);
    const signedIn = await readFile(tokenFile(w));
    letGo();
    expect((await asking).reveal()).toBe((await w.credentials.getAccessToken(gmail)).reveal());
    expect(await readFile(tokenFile(w))).toEqual(signedIn);
  });

  it("does not put the old grant in the place of a newer one", async () => {
    const clock = movedClock(Date.now());
    await using w = await expiredWorld(clock);
    const { manager, arrived, letGo } = heldManager(w, clock);
    const asking = manager.getAccessToken(gmail);
    await arrived;
    await w.signIn(gmail, alice, { access: "full" });
    const signedIn = await readFile(tokenFile(w));
    letGo();
    await expect(asking).resolves.toBeDefined();
    expect(await readFile(tokenFile(w))).toEqual(signedIn);
  });

  it("does not bring a deleted profile back", async () => {
    const clock = movedClock(Date.now());
    await using w = await expiredWorld(clock);
    const { manager, arrived, letGo } = heldManager(w, clock);
    const asking = manager.getAccessToken(gmail);
    await arrived;
    await w.credentials.deleteCredentials(gmail);
    letGo();
    await expect(asking).rejects.toMatchObject({ code: "config.profile_not_found" });
    await expect(access(tokenFile(w))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("lets go of a caller who gives up, and goes on for the others", async () => {
    const clock = movedClock(Date.now());
    await using w = await expiredWorld(clock);
    const { manager, arrived, letGo } = heldManager(w, clock);
    const stop = new AbortController();
    const impatient = manager.getAccessToken(gmail, "default", { signal: stop.signal });
    const patient = manager.getAccessToken(gmail);
    await arrived;
    const reason = new DOMException("enough", "AbortError");
    stop.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    letGo();
    await expect(patient).resolves.toBeDefined();
    expect(tokenRequests(w)).toBe(2);
  });
});

describe("getAccessToken", () => {
  it("sees that another process was allowed more meanwhile", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice, { access: "read" });
    const other = w.anotherProcess();
    await expect(other.getAccessToken(gmail, "default", { scopes: [modify] })).rejects.toMatchObject({
      code: "auth.scope_missing",
    });
    await w.signIn(gmail, alice, { access: "write" });
    await expect(other.getAccessToken(gmail, "default", { scopes: [modify] })).resolves.toBeDefined();
  });

  it("renews once when a hundred calls were refused with the same token", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    const manager = w.anotherProcess();
    const rejected = await manager.getAccessToken(gmail);
    const force = { forceRefresh: true, rejected };
    const tokens = await Promise.all(
      Array.from({ length: 100 }, () => manager.getAccessToken(gmail, "default", force)),
    );
    expect(new Set(tokens.map((token) => token.reveal())).size).toBe(1);
    expect(tokens[0]?.reveal()).not.toBe(rejected.reveal());
    expect(tokenRequests(w)).toBe(2);
  });

  it("does not answer a refused token with the same one, although it is being read from disk just then", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    const rejected = await w.credentials.getAccessToken(gmail);
    const manager = w.anotherProcess();
    const reading = manager.getAccessToken(gmail);
    const fresh = await manager.getAccessToken(gmail, "default", { forceRefresh: true, rejected });
    expect(fresh.reveal()).not.toBe(rejected.reveal());
    await reading;
  });

  it("names a service that nobody provides before it looks for profiles", async () => {
    await using w = await openWorld({ seed });
    for (const call of [
      () => w.credentials.getAccessToken("acme_mail"),
      () => w.credentials.storeCredentials("acme_mail", {}),
      () => w.credentials.getAccessToken("../etc"),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "config.unknown_service" });
    }
    await expect(access(join(w.folder, "credentials"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("says whose OAuth client was refused, and marks nothing", async () => {
    await using w = await expiredWorld();
    const before = await readFile(tokenFile(w));
    w.sandbox.failNext({ method: "oauth.token", respond: { status: 401, body: { error: "invalid_client" } } });
    await expect(w.credentials.getAccessToken(gmail)).rejects.toMatchObject({
      code: "auth.invalid_credentials",
      service: gmail,
      profile: "default",
    });
    expect(await readFile(tokenFile(w))).toEqual(before);
    await expect(w.credentials.getAccessToken(gmail)).resolves.toBeDefined();
  });
});

describe("signing in again", () => {
  const begin = async (w: World, accessLevel: "read" | "write" = "write"): Promise<URL> => {
    const { url } = await w.credentials.beginConsent(gmail, { userId: "default", access: accessLevel, redirectUri });
    return new URL(url);
  };

  it("asks for a new grant only where the stored one does not do: every grant more pushes an old one out", async () => {
    const clock = movedClock(Date.now());
    await using w = await openWorld({ seed, clock });
    await w.signIn(gmail, alice);
    const again = await begin(w);
    expect(again.searchParams.get("prompt")).toBeNull();
    expect(again.searchParams.has("include_granted_scopes")).toBe(false);
    await w.credentials.completeConsent(await w.sandbox.approve(again.href, { user: alice }), { userId: "default" });
    clock.advance(hour);
    await expect(w.credentials.getAccessToken(gmail)).resolves.toBeDefined();
    expect((await begin(w, "read")).searchParams.get("prompt")).toBe("consent");
    w.sandbox.revokeAccess(alice);
    clock.advance(hour);
    await expect(w.credentials.getAccessToken(gmail)).rejects.toMatchObject({ code: "auth.revoked" });
    expect((await begin(w)).searchParams.get("prompt")).toBe("consent");
  });

  it("refuses an answer that does not say whose it is, where the profile belongs to somebody", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    const before = await readFile(tokenFile(w));
    const callback = await w.sandbox.approve((await begin(w)).href, { user: "bob@example.com" });
    const anonymous = { access_token: "ya29.someone", token_type: "Bearer", expires_in: 3599, refresh_token: "1//0x" };
    w.sandbox.failNext({ method: "oauth.token", respond: { status: 200, body: anonymous } });
    await expect(w.credentials.completeConsent(callback, { userId: "default" })).rejects.toMatchObject({
      code: "auth.wrong_account",
    });
    expect(await readFile(tokenFile(w))).toEqual(before);
  });
});

describe("signing in over a token that cannot be read", () => {
  it("replaces it, with a grant of its own", async () => {
    await using w = await openWorld({ seed });
    await w.signIn(gmail, alice);
    await writeFile(tokenFile(w), "damaged");
    await w.signIn(gmail, alice);
    await expect(w.anotherProcess().getAccessToken(gmail, "default", { forceRefresh: true })).resolves.toBeDefined();
  });
});

describe("deleteCredentials", () => {
  it("sends a token that was issued at one place to no other place, not even to end it", async () => {
    await using w = await openWorld({ seed });
    await using elsewhere = await openWorld({ seed });
    await w.signIn(gmail, alice);
    const manager = w.registry.getCredentialManager({ endpoints: elsewhere.sandbox.url });
    await manager.beginConsent(gmail, { userId: "other", redirectUri, clientFile: elsewhere.clientFile });
    await expect(manager.deleteCredentials(gmail, "default", { revoke: true })).rejects.toMatchObject({
      code: "auth.not_connected",
    });
    expect(elsewhere.sandbox.requests).toEqual([]);
    expect(await manager.hasCredentials(gmail)).toBe(true);
  });
});
