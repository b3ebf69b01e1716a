import { auth as googleAuth, gmail as gmailApi, type gmail_v1 } from "@googleapis/gmail";
import { afterEach, describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { gmailScopes } from "./oauth/scopes.js";
import { createGoogleSandbox, type GoogleSandbox, type SandboxOptions } from "./index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const clock = movedClock(Date.parse("2026-11-23T12:00:00Z"));
const messages = [{ subject: "One", from: bob }, { subject: "Two" }];

describe("what the sandbox checks of every call", () => {
  let sandbox: GoogleSandbox;
  afterEach(() => sandbox.close());

  const open = async (options: SandboxOptions = {}): Promise<void> => {
    sandbox = await createGoogleSandbox({
      seed: {
        users: [
          { email: alice, messages },
          { email: bob, messages },
        ],
      },
      clock,
      ...options,
    });
  };
  const clientOf = (user = alice, scopes: string[] = [gmailScopes.readonly]): gmail_v1.Gmail => {
    const auth = new googleAuth.OAuth2();
    auth.setCredentials({ access_token: sandbox.issueToken(user, scopes).accessToken });
    return gmailApi({ version: "v1", auth, rootUrl: `${sandbox.url}/`, retryConfig: { retry: 0 } });
  };
  const get = async (path: string): Promise<{ status: number; json: unknown }> => {
    const token = sandbox.issueToken(alice, [gmailScopes.readonly]).accessToken;
    const response = await fetch(`${sandbox.url}/gmail/v1/users/me/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, json: await response.json() };
  };
  /** Lists once, then reads the same mail. @returns how often it was let */
  const spend = async (api: gmail_v1.Gmail, calls: number): Promise<number> => {
    const { data } = await api.users.messages.list({ userId: "me" });
    const id = data.messages?.[0]?.id ?? "";
    let allowed = 0;
    for (; allowed < calls; allowed += 1) {
      try {
        await api.users.messages.get({ userId: "me", id });
      } catch {
        return allowed;
      }
    }
    return allowed;
  };
  const limited = { gmailPerUser: 105, retryAfter: true };

  it("allows so many units a minute to each person, and then says no until they are free again", async () => {
    await open({ limits: limited });
    expect(await spend(clientOf(), 9)).toBe(5); // 5 for the list, 20 for each mail
    await expect(clientOf().users.messages.list({ userId: "me" })).rejects.toMatchObject({
      status: 403,
      response: { data: { error: { errors: [{ domain: "usageLimits", reason: "rateLimitExceeded" }] } } },
    });
    expect(await spend(clientOf(bob), 5)).toBe(5);
    sandbox.clock.advance(60_000);
    expect(await spend(clientOf(), 9)).toBe(5);
    expect(sandbox.findRequests({ user: alice, method: "gmail.users.messages.get", status: 200 })).toHaveLength(10);
  });

  it("names the wait, refuses with 429, and counts by the older table where it is told to", async () => {
    await open({ limits: { ...limited, gmailUnits: "before-2026", status: 429 } });
    expect(await spend(clientOf(), 99)).toBe(20); // 5 for each mail
    await expect(clientOf().users.messages.list({ userId: "me" })).rejects.toMatchObject({ status: 429 });
    const token = sandbox.issueToken(alice, [gmailScopes.readonly]).accessToken;
    const refused = await fetch(`${sandbox.url}/gmail/v1/users/me/messages?access_token=${token}`);
    expect(refused.headers.get("retry-after")).toBe("60");
  });

  it("keeps a limit for the whole project, and one for each quotaUser", async () => {
    await open({ limits: { gmailPerProject: 105 } });
    expect(await spend(clientOf(), 3)).toBe(3);
    await expect(
      clientOf(bob)
        .users.messages.list({ userId: "me" })
        .then(() => spend(clientOf(bob), 9)),
    ).resolves.toBe(1);
    await sandbox.close();
    await open({ limits: limited });
    expect(await spend(clientOf(), 9)).toBe(5);
    await expect(clientOf().users.messages.list({ userId: "me" })).rejects.toMatchObject({ status: 403 });
    await expect(clientOf().users.labels.list({ userId: "me", quotaUser: "another" })).resolves.toBeDefined();
  });

  it("refuses one more than the calls that may be under way at once", async () => {
    await open({ limits: { concurrent: 3 }, latencyMs: 30 });
    const api = clientOf();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => api.users.labels.list({ userId: "me" })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { status: 429, message: "Too many concurrent requests for user." },
    });
    await expect(api.users.labels.list({ userId: "me" })).resolves.toBeDefined();
  });

  it("has no limits where none are wanted", async () => {
    await open({ limits: "none" });
    expect(await spend(clientOf(), 320)).toBe(320);
  });

  it("shows what `fields` selects, and refuses what it cannot read", async () => {
    await open();
    const { data } = await clientOf().users.messages.list({ userId: "me", fields: "messages/id,resultSizeEstimate" });
    expect(data).toEqual({
      messages: [{ id: expect.any(String) as string }, { id: expect.any(String) as string }],
      resultSizeEstimate: 2,
    });
    const { data: message } = await clientOf().users.messages.get({
      userId: "me",
      id: data.messages?.[0]?.id ?? "",
      fields: "id,payload(mimeType,headers(name)),labelIds",
    });
    expect(Object.keys(message)).toEqual(["id", "labelIds", "payload"]);
    expect(Object.keys(message.payload ?? {})).toEqual(["mimeType", "headers"]);
    expect(message.payload?.headers?.[0]).toEqual({ name: "Date" });
    expect((await get("messages?fields=messages(id")).json).toMatchObject({ error: { code: 400 } });
    expect((await get("messages?fields=*/id")).json).toMatchObject({ messages: [{}, {}] });
  });

  it("refuses a parameter that the method does not know, and an alt that is not JSON", async () => {
    await open();
    expect(await get("messages?maxResult=3")).toMatchObject({
      status: 400,
      json: { error: { errors: [{ location: "maxResult" }] } },
    });
    expect((await get("labels?q=x")).status).toBe(400);
    expect((await get("messages?alt=proto")).status).toBe(400);
    expect((await get("messages?alt=json&prettyPrint=true&key=AIza")).status).toBe(200);
  });

  it("logs who did what by which scope at what price, without secrets", async () => {
    await open();
    await clientOf(alice, [gmailScopes.full, gmailScopes.metadata]).users.messages.list({ userId: "me" });
    const token = sandbox.issueToken(bob, [gmailScopes.readonly]).accessToken;
    await fetch(`${sandbox.url}/gmail/v1/users/me/labels?access_token=${token}`);
    expect(sandbox.findRequests({ user: alice })).toEqual([
      expect.objectContaining({ method: "gmail.users.messages.list", status: 200, scope: gmailScopes.full, units: 5 }),
    ]);
    expect(sandbox.findRequests({ method: "gmail.users.labels.*", scope: gmailScopes.readonly })).toMatchObject([
      { user: bob, units: 1 },
    ]);
    expect(JSON.stringify(sandbox.requests)).not.toContain(token);
    expect(sandbox.findRequests({ fault: true })).toEqual([]);
    expect(sandbox.findRequests({ since: clock.now() + 3_600_000 * 24 })).toEqual([]);
  });

  it("has a clock that a test moves: what expires by it has expired", async () => {
    await open();
    const api = clientOf();
    sandbox.clock.advance(3_598_000);
    await expect(api.users.labels.list({ userId: "me" })).resolves.toBeDefined();
    sandbox.clock.advance(2000);
    await expect(api.users.labels.list({ userId: "me" })).rejects.toMatchObject({ status: 401 });
  });
});
