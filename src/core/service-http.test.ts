import { setMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { virtualClock } from "../../test/support/virtual-clock.js";
import { interpret } from "../providers/google/errors.js";
import { Governor } from "./governor.js";
import { integrationError } from "./errors.js";
import type { Http, HttpAnswer, HttpRequest } from "./http.js";
import { mapInOrder } from "./map-in-order.js";
import { collect } from "./pages.js";
import { Secret } from "./secret.js";
import { createServiceHttp, type ServiceRequest } from "./service-http.js";

type Answered = { status: number; headers?: Record<string, string>; body?: string };
type Scripted = Answered | Error;

/** A network that answers from a script, and a service on it. */
function scripted(...script: Scripted[]) {
  const clock = movedClock();
  const said: unknown[] = [];
  const note = (message: string, facts: unknown) => {
    said.push([message, facts]);
    throw new Error("the log is full");
  };
  const sent: HttpRequest[] = [];
  const refreshes: boolean[] = [];
  const http: Http = {
    close: () => Promise.resolve(),
    send: (request) => {
      sent.push(request);
      const next = script.length > 1 ? script.shift() : script[0];
      if (next instanceof Error) return Promise.reject(next);
      return Promise.resolve(answerOf(next ?? { status: 500 }));
    },
  };
  const service = createServiceHttp({
    http,
    clock,
    origin: "https://service.example",
    governor: new Governor(clock),
    logger: { debug: note, warn: note },
    random: () => 0.5,
    interpret: (answer) => interpret(answer, clock.now()),
    accessToken: ({ forceRefresh }) => {
      refreshes.push(forceRefresh);
      return Promise.resolve(new Secret(forceRefresh ? "fresh" : "stale"));
    },
  });
  const deadline = { endsAt: Infinity, signal: new AbortController().signal };
  const send = (request: Partial<ServiceRequest> = {}) =>
    service.send({ method: "GET", url: new URL("https://service.example/x"), repeatable: true, ...request }, deadline);
  return { send, sent, clock, refreshes, said };
}

/** A service that takes so many requests in each minute, and a client of it; times are the clock's own. */
function limited(perMinute: number, hint: boolean) {
  const clock = virtualClock(Date.parse("2026-11-23T08:00:20Z"));
  let [minute, taken, refused] = [0, 0, 0];
  const answer = (): Answered => {
    const now = Math.floor(clock.now() / 60_000);
    if (now !== minute) [minute, taken] = [now, 0];
    if (taken++ < perMinute) return ok;
    refused += 1;
    const wait = Math.ceil(((now + 1) * 60_000 - clock.now()) / 1000);
    return { ...googleError(429, "rateLimitExceeded"), ...(hint && { headers: { "retry-after": String(wait) } }) };
  };
  const http: Http = {
    close: () => Promise.resolve(),
    send: async () => {
      await clock.sleep(50);
      return answerOf(answer());
    },
  };
  const service = createServiceHttp({
    http,
    clock,
    origin: "https://service.example",
    governor: new Governor(clock),
    random: () => 0.5,
    interpret: (given) => interpret(given, clock.now()),
    accessToken: () => Promise.resolve(new Secret("token")),
  });
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const deadline = { endsAt: Infinity, signal };
  const request = { method: "GET" as const, url: new URL("https://service.example/x"), repeatable: true };
  return { clock, send: () => service.send(request, deadline), refused: () => refused };
}

function answerOf({ status, headers = {}, body = "" }: Answered): HttpAnswer {
  return {
    status,
    headers,
    text: () => Promise.resolve(body),
    async *stream() {
      yield await Promise.resolve(Buffer.from(body));
    },
  };
}

async function* each(count: number): AsyncGenerator<number, void, undefined> {
  for (let index = 0; index < count; index += 1) yield await Promise.resolve(index);
}

const ok = { status: 200, body: '{"fine":true}' };
const googleError = (code: number, reason: string, message = "no") => ({
  status: code,
  body: JSON.stringify({ error: { code, message, errors: [{ reason }] } }),
});

describe("createServiceHttp", () => {
  it("tells the logger of answers and waits, without query, contents or token, and whatever the logger does", async () => {
    const { send, said } = scripted({ status: 503 }, ok);
    await send({ url: new URL("https://service.example/mails?q=salary") });
    expect(said).toEqual([
      ["GET /mails: 503", { method: "GET", path: "/mails", status: 503, ms: 0 }],
      [expect.stringContaining("Trying again"), { code: "connection.unavailable", waitMs: 500 }],
      ["GET /mails: 200", { method: "GET", path: "/mails", status: 200, ms: 0 }],
    ]);
  });

  it("waits as long as Retry-After says, in seconds or as a date, before it repeats", async () => {
    const date = new Date(Date.parse("2026-11-23T08:00:05Z") + 3000).toUTCString();
    const { send, clock } = scripted(
      { ...googleError(429, "rateLimitExceeded"), headers: { "retry-after": "3" } },
      { ...googleError(403, "userRateLimitExceeded"), headers: { "retry-after": date } },
      ok,
    );
    await expect(send()).resolves.toEqual({ fine: true });
    expect(clock.now()).toBe(Date.parse(date));
  });

  it.each(["0", "-1", "1.5", "soon", "Sun, 01 Nov 2020 10:00:00 GMT"])(
    "does not hammer a service that asks to retry after %s",
    async (wait) => {
      const slowDown = { ...googleError(429, "rateLimitExceeded"), headers: { "retry-after": wait } };
      const { send, clock } = scripted(slowDown, slowDown, slowDown, ok);
      await expect(send()).resolves.toEqual({ fine: true });
      expect(clock.sleeps).toEqual([750, 1500, 3000]);
    },
  );

  it("reads more than a minute's allowance, whether or not the service says how long to wait", async () => {
    for (const hint of [false, true]) {
      const { send, clock, refused } = limited(300, hint);
      const start = clock.now();
      const all = mapInOrder(each(1000), 64, () => send());
      expect(await collect(all)).toHaveLength(1000);
      expect(clock.now() - start).toBeLessThan(5 * 60_000);
      expect(refused()).toBeGreaterThan(0);
    }
  });

  it("reads the wait out of Gmail's message when there is no header", async () => {
    const text = "User-rate limit exceeded.  Retry after 2026-11-23T08:00:07.000Z";
    const { send, clock } = scripted(googleError(429, "rateLimitExceeded", text), ok);
    await send();
    expect(clock.now()).toBe(Date.parse("2026-11-23T08:00:07Z"));
  });

  it("backs off with full jitter over a doubling window when nobody says how long", async () => {
    const { send, clock } = scripted({ status: 503 }, { status: 500 }, { status: 502 }, ok);
    await send();
    expect(clock.sleeps).toEqual([500, 1000, 2000]);
  });

  it("gives up at once, naming the wait, when it would outlast the budget", async () => {
    const { send, sent } = scripted({ ...googleError(429, "rateLimitExceeded"), headers: { "retry-after": "600" } });
    await expect(send()).rejects.toMatchObject({ code: "connection.rate_limited", retryAfterMs: 600_000 });
    expect(sent).toHaveLength(1);
  });

  it("says so at once, and does not hang, while a long pause that the service asked for lasts", async () => {
    const { send, sent, clock } = scripted(
      { ...googleError(429, "rateLimitExceeded"), headers: { "retry-after": "600" } },
      ok,
    );
    await expect(send()).rejects.toMatchObject({ code: "connection.rate_limited" });
    await expect(send()).rejects.toMatchObject({ code: "connection.rate_limited", retryAfterMs: 600_000 });
    expect([sent.length, clock.sleeps]).toEqual([1, []]);
    clock.advance(590_000);
    await expect(send()).resolves.toEqual({ fine: true });
    expect(clock.sleeps).toEqual([10_000]);
  });

  it("does not repeat a write whose outcome is unknown, but one that was refused for being too fast", async () => {
    const lost = scripted({ status: 503 }, ok);
    await expect(lost.send({ method: "POST", repeatable: false })).rejects.toMatchObject({
      code: "connection.unavailable",
    });
    expect(lost.sent).toHaveLength(1);
    const broken = scripted(integrationError("connection.network"), ok);
    await expect(broken.send({ method: "POST", repeatable: false })).rejects.toMatchObject({
      code: "connection.network",
    });
    const refused = scripted({ status: 429, headers: { "retry-after": "1" } }, ok);
    await expect(refused.send({ method: "POST", repeatable: false })).resolves.toEqual({ fine: true });
  });

  it("repeats a read whose connection broke", async () => {
    const { send, sent } = scripted(integrationError("connection.network"), ok);
    await expect(send()).resolves.toEqual({ fine: true });
    expect(sent).toHaveLength(2);
  });

  it("forces one refresh on a 401, tries once more, and then says that the access has expired", async () => {
    const cured = scripted(googleError(401, "authError"), ok);
    await expect(cured.send()).resolves.toEqual({ fine: true });
    expect(cured.refreshes).toEqual([false, true]);
    expect(cured.sent.map((request) => request.headers?.["authorization"])).toEqual(["Bearer stale", "Bearer fresh"]);
    const refused = scripted(googleError(401, "authError"));
    await expect(refused.send()).rejects.toMatchObject({ code: "auth.expired" });
    expect(refused.sent).toHaveLength(2);
  });

  it.each(["https://evil.example/x", "http://service.example/x", "https://u:p@service.example/x"])(
    "asks for no token and sends nothing to %s",
    async (address) => {
      const { send, sent, refreshes } = scripted(ok);
      await expect(async () => send({ url: new URL(address) })).rejects.toMatchObject({
        code: "config.untrusted_endpoint",
      });
      expect([sent, refreshes]).toEqual([[], []]);
    },
  );

  it.each([
    ["a captive portal's page", { status: 200, body: "<html>Sign in to Wi-Fi</html>" }, "connection.unavailable"],
    ["a redirect", { status: 302, headers: { location: "https://evil.example" } }, "connection.unavailable"],
    ["a 404 without Google's error object", { status: 404, body: "<h1>404</h1>" }, "connection.unavailable"],
    ["a 404 with it", googleError(404, "notFound"), "request.not_found"],
    ["a used-up daily quota", googleError(403, "dailyLimitExceeded"), "connection.quota_exceeded"],
    ["a missing scope", googleError(403, "insufficientPermissions"), "auth.scope_missing"],
    ["a changed etag", googleError(412, "conditionNotMet"), "request.conflict"],
    ["a bad request", googleError(400, "invalid"), "request.invalid"],
  ] as const)("takes %s for what it is, without repeating", async (_, answer, code) => {
    const { send, sent } = scripted(answer, ok);
    await expect(send()).rejects.toMatchObject({ code });
    expect(sent).toHaveLength(1);
  });

  it("says when a used-up quota is renewed, if the service does", async () => {
    const { send } = scripted({ ...googleError(403, "quotaExceeded"), headers: { "retry-after": "100" } });
    await expect(send()).rejects.toMatchObject({ code: "connection.quota_exceeded", retryAfterMs: 100_000 });
  });

  it("reads an answer again that broke off in the middle of its JSON", async () => {
    const { send, sent } = scripted({ status: 200, body: '{"fine":tr' }, ok);
    await expect(send()).resolves.toEqual({ fine: true });
    expect(sent).toHaveLength(2);
  });

  it("links to Google's console, and nowhere else, when the API is not switched on", async () => {
    const notEnabled = (activationUrl: string) => ({
      status: 403,
      body: JSON.stringify({
        error: { code: 403, message: "off", details: [{ reason: "SERVICE_DISABLED", metadata: { activationUrl } }] },
      }),
    });
    const real = "https://console.developers.google.com/apis/api/gmail.googleapis.com/overview?project=1";
    await expect(scripted(notEnabled(real)).send()).rejects.toMatchObject({
      hint: expect.stringContaining(real) as string,
    });
    await expect(scripted(notEnabled("https://evil.example/")).send()).rejects.toMatchObject({
      hint: expect.not.stringContaining("evil") as string,
    });
  });
});
