import { gmail as gmailApi, auth as googleAuth } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { calendarScopes, gmailScopes } from "./oauth/scopes.js";
import { faultCatalogue, faultNames, type FaultName } from "./fault-catalogue.js";
import { createGoogleSandbox, type FaultRule, type GoogleSandbox } from "./index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const nowMs = Date.parse("2026-11-23T12:00:00Z");
const message = "gmail.users.messages.list";
const insert = "calendar.events.insert";

describe("the sandbox's faults", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({
      seed: { users: [{ email: alice, messages: [{ subject: "One" }] }, { email: bob }] },
      clock: movedClock(nowMs),
    });
  });
  afterEach(() => sandbox.close());

  const headers = (user: string): Record<string, string> => ({
    authorization: `Bearer ${sandbox.issueToken(user, [gmailScopes.readonly, calendarScopes.events]).accessToken}`,
    connection: "close",
  });
  const listMails = (user = alice, signal?: AbortSignal): Promise<Response> =>
    fetch(`${sandbox.url}/gmail/v1/users/me/messages`, { headers: headers(user), ...(signal && { signal }) });
  const insertEvent = (signal?: AbortSignal): Promise<Response> =>
    fetch(`${sandbox.url}/calendar/v3/calendars/primary/events`, {
      method: "POST",
      headers: headers(alice),
      body: JSON.stringify({ start: { date: "2026-11-24" }, end: { date: "2026-11-25" } }),
      ...(signal && { signal }),
    });
  const statuses = async (count: number, user = alice): Promise<number[]> => {
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) found.push((await listMails(user)).status);
    return found;
  };

  const refusals = faultNames.filter((name) => /^[a-z]+[A-Z]|^[A-Z]|^(forbidden|duplicate|deleted)$/.test(name));

  it.each(refusals)("refuses as Google does: %s", async (name) => {
    sandbox.failNext({ method: message, respond: name });
    const api = gmailApi({ version: "v1", auth: signedIn(), rootUrl: `${sandbox.url}/`, retryConfig: { retry: 0 } });
    const facts = { method: message, nowMs, seconds: 1 };
    const answer = faultCatalogue[name].answer?.(facts);
    const body = JSON.parse(String(answer?.body)) as { error: { code: number; message: string } };
    await expect(api.users.messages.list({ userId: "me" })).rejects.toMatchObject({
      status: answer?.status,
      response: { data: body },
    });
    expect(body.error.code).toBe(answer?.status);
    expect((await listMails()).status).toBe(200); // once
  });

  function signedIn(): InstanceType<typeof googleAuth.OAuth2> {
    const auth = new googleAuth.OAuth2();
    auth.setCredentials({ access_token: sandbox.issueToken(alice, [gmailScopes.readonly]).accessToken });
    return auth;
  }

  it("says when to come back in seconds, as a date and in Gmail's text", async () => {
    for (const respond of ["429-retry-after-seconds", "429-retry-after-date", "429-retry-after-text"] as const) {
      sandbox.failNext({ method: message, respond, seconds: 30 });
    }
    const [seconds, date, text] = [await listMails(), await listMails(), await listMails()];
    expect([seconds.status, date.status, text.status]).toEqual([429, 429, 429]);
    expect(seconds.headers.get("retry-after")).toBe("30");
    expect(date.headers.get("retry-after")).toBe("Mon, 23 Nov 2026 12:00:30 GMT");
    expect(await text.text()).toContain("Retry after 2026-11-23T12:00:30.000Z");
  });

  it("breaks answers on their way", async () => {
    const answers = async (respond: FaultName): Promise<Response> => {
      sandbox.failNext({ method: message, respond, seconds: 3600 });
      return listMails();
    };
    await expect(answers("reset")).rejects.toThrow();
    await expect(answers("truncated").then((response) => response.text())).rejects.toThrow();
    await expect(answers("garbled").then((response) => response.json())).rejects.toThrow(SyntaxError);
    expect((await answers("captive-portal")).headers.get("content-type")).toContain("text/html");
    expect(await (await answers("slow-drip")).json()).toMatchObject({ resultSizeEstimate: 1 });
    expect((await answers("clock-skew")).headers.get("date")).toBe("Mon, 23 Nov 2026 13:00:00 GMT");
    expect((await listMails()).headers.get("date")).toBe("Mon, 23 Nov 2026 12:00:00 GMT");
    sandbox.failNext({ method: message, respond: "hang" });
    await expect(listMails(alice, AbortSignal.timeout(50))).rejects.toThrow("timeout");
  });

  it.each([
    ["before-write", 0, "nothing"],
    ["reset-before-read", 0, "nothing"],
    ["5xx-not-accepted", 0, 503],
    ["accepted-no-answer", 1, "nothing"],
    ["accepted-5xx", 1, 503],
    ["accepted-truncated", 1, "nothing"],
    ["accepted-then-timeout", 1, "nothing"],
    ["accepted-then-client-killed", 1, "nothing"],
  ] as const)("around a write, at %s, holds %i events afterwards and answers %s", async (respond, held, answered) => {
    let heldWhenKilled: number | undefined;
    const events = (): number => sandbox.inspect.events(alice).length;
    sandbox.failNext({ method: insert, respond, killClient: () => void (heldWhenKilled = events()) });
    const read = async (): Promise<number | "nothing"> => {
      const response = await insertEvent(AbortSignal.timeout(200));
      await response.text();
      return response.status;
    };
    expect(await read().catch(() => "nothing")).toBe(answered);
    expect(events()).toBe(held);
    expect(heldWhenKilled).toBe(respond === "accepted-then-client-killed" ? 1 : undefined);
    expect(sandbox.findRequests({ method: insert, fault: respond })).toHaveLength(1);
  });

  it("meets the method, the person, the count and the turn that a rule names", async () => {
    sandbox.failNext({ method: "gmail.*", user: alice, after: 1, times: 2, respond: "503" });
    expect(await statuses(2, bob)).toEqual([200, 200]);
    expect((await insertEvent()).status).toBe(200);
    expect(await statuses(5)).toEqual([200, 503, 503, 200, 200]);
    sandbox.failNext({ method: message, times: 9, respond: { status: 418, body: { short: "stout" } } });
    expect(await (await listMails()).json()).toEqual({ short: "stout" });
    sandbox.clearFaults();
    expect(await statuses(1)).toEqual([200]);
  });

  it("draws by probability, alike in every run with the same seed", async () => {
    const draw = async (seed: number): Promise<number[]> => {
      sandbox.failNext({ method: message, probability: 0.3, seed, respond: "500" });
      const drawn = await statuses(40);
      sandbox.clearFaults();
      return drawn;
    };
    const first = await draw(7);
    expect(await draw(7)).toEqual(first);
    expect(await draw(8)).not.toEqual(first);
    const failed = first.filter((status) => status === 500).length;
    expect(failed).toBeGreaterThan(4);
    expect(failed).toBeLessThan(22);
  });

  it.each<[string, FaultRule, RegExp]>([
    ["fault", { respond: "explode" as FaultName }, /no fault called "explode"/],
    ["method", { method: "gmail.users.mails.list", respond: "500" }, /no method "gmail.users.mails.list"/],
    ["person", { user: "eve@example.com", respond: "500" }, /eve@example.com/],
    ["probability", { probability: 3, respond: "500" }, /probability 3/],
    ["count", { times: 0, respond: "500" }, /0 times/],
    ["status", { respond: { status: 9 } }, /9 is no HTTP status/],
    ["missing function", { respond: "accepted-then-client-killed" }, /needs killClient/],
  ])("names an unknown or impossible %s", (_, rule, text) => {
    expect(() => {
      sandbox.failNext(rule);
    }).toThrow(expect.objectContaining({ code: "request.invalid", message: expect.stringMatching(text) as string }));
  });
});
