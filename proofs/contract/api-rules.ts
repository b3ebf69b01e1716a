import assert from "node:assert/strict";
import { alice, events, readonly } from "../../test/support/oauth-client.js";
import { refused, shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import { usualSeed, type Google } from "./google.js";

const gmailErrors = "https://developers.google.com/workspace/gmail/api/guides/handle-errors";
const calendarErrors = "https://developers.google.com/workspace/calendar/api/guides/errors";
const partial = "https://developers.google.com/workspace/gmail/api/guides/performance#partial";
const metadata = "https://www.googleapis.com/auth/gmail.metadata";
const profile = "/gmail/v1/users/me/profile";
const calendars = "/calendar/v3/users/me/calendarList";

const errorIs = (code: number, reason: string): object => ({ error: { code, errors: [{ reason }] } });

/** What is checked of every call. */
export const apiRules: Chapter = {
  title: "Every call: tokens, scopes, parameters, answers",
  source: gmailErrors,
  behaviours: [
    {
      says: "a call without a token is 401, with a challenge in its headers",
      check: async ({ fetch }) => {
        const { status, headers } = await fetch(profile);
        assert.equal(status, 401);
        assert.match(headers.get("www-authenticate") ?? "", /^Bearer realm="https:\/\/accounts\.google\.com\/"/);
      },
    },
    {
      says: "a call with a made-up token is 401 authError",
      check: async ({ fetch }) => {
        const { status, json } = await fetch(profile, { headers: { authorization: "Bearer ya29.made-up" } });
        shows([status, json], [401, errorIs(401, "authError")]);
      },
    },
    {
      says: "Gmail refuses a token without the scope with 403 insufficientPermissions, and says which in its details",
      check: async ({ person }) => {
        const { status, json, headers } = await person(alice, [events]).fetch(profile);
        shows([status, json], [403, errorIs(403, "insufficientPermissions")]);
        const { error } = json as { error: { status: string; details: { reason: string }[] } };
        assert.equal(error.status, "PERMISSION_DENIED");
        assert.equal(error.details[0]?.reason, "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        assert.match(headers.get("www-authenticate") ?? "", /error="insufficient_scope"/);
      },
    },
    {
      says: "Calendar refuses a token without the scope with 403 insufficientPermissions",
      source: calendarErrors,
      check: async ({ person }) => {
        const { status, json } = await person(alice, [readonly]).fetch(calendars);
        shows([status, json], [403, errorIs(403, "insufficientPermissions")]);
      },
    },
    {
      says: "the scope gmail.readonly reads and does not write",
      source: "https://developers.google.com/workspace/gmail/api/auth/scopes",
      check: async ({ person }) => {
        const { gmail } = person(alice, [readonly]);
        const { data } = await gmail.users.messages.list({ userId: "me" });
        const id = data.messages?.[0]?.id ?? "";
        await refused(gmail.users.messages.trash({ userId: "me", id }), 403, "insufficientPermissions");
      },
    },
    {
      says: "the scope gmail.metadata reads headers, and neither bodies nor searches",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list",
      check: async ({ person }) => {
        const { gmail } = person(alice, [metadata]);
        const { data } = await gmail.users.messages.list({ userId: "me" });
        const id = data.messages?.[0]?.id ?? "";
        const shown = await gmail.users.messages.get({ userId: "me", id, format: "metadata" });
        assert.ok(shown.data.payload?.headers?.some(({ name }) => name === "Subject"));
        const full = gmail.users.messages.get({ userId: "me", id, format: "full" });
        await refused(full, 403, "forbidden");
        await refused(gmail.users.messages.list({ userId: "me", q: "invoice" }), 403, "forbidden");
      },
    },
    {
      says: "a token with the scope gmail.metadata neither reads bodies nor searches, whatever else it may",
      source: "https://github.com/googleapis/google-api-python-client/issues/582",
      certainty: "observed",
      check: async ({ person }) => {
        const { messages } = person(alice, [readonly, metadata]).gmail.users;
        const { data } = await messages.list({ userId: "me" });
        await refused(messages.get({ userId: "me", id: data.messages?.[0]?.id ?? "" }), 403, "forbidden");
        await refused(messages.list({ userId: "me", q: "invoice" }), 403, "forbidden");
      },
    },
    {
      says: "the scope gmail.send sends and does not read",
      source: "https://developers.google.com/workspace/gmail/api/auth/scopes",
      check: async ({ person }) => {
        const { gmail } = person(alice, ["https://www.googleapis.com/auth/gmail.send"]);
        const raw = Buffer.from("To: bob@example.com\r\nSubject: Hello\r\n\r\nHello").toString("base64url");
        const { data } = await gmail.users.messages.send({ userId: "me", requestBody: { raw } });
        assert.ok(data.id);
        await refused(gmail.users.messages.list({ userId: "me" }), 403, "insufficientPermissions");
      },
    },
    {
      says: "nobody reads another person's mailbox",
      check: async ({ bob }) => {
        const { status } = await bob.fetch(`/gmail/v1/users/${alice}/profile`);
        assert.equal(status, 403);
      },
    },
    {
      says: "me and the account's own address name the same mailbox",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile",
      check: async ({ alice }) => {
        const [byMe, byAddress] = [await alice.fetch(profile), await alice.fetch(profile.replace("me", alice.email))];
        shows(byMe.json, { emailAddress: alice.email });
        assert.deepEqual(byMe.json, byAddress.json);
      },
    },
    {
      says: "a parameter that a method does not have is refused",
      certainty: "observed",
      check: async ({ alice }) => {
        const { status, json } = await alice.fetch(`${profile}?colour=blue`);
        assert.equal(status, 400);
        assert.match(JSON.stringify(json), /colour/);
      },
    },
    {
      says: "fields selects what is answered, in lists and objects within",
      source: partial,
      check: async ({ alice }) => {
        const { json } = await alice.fetch("/gmail/v1/users/me/labels?fields=labels(id)");
        const { labels } = json as { labels: object[] };
        assert.ok(labels.length > 10);
        assert.deepEqual(Object.keys(json as object), ["labels"]);
        for (const label of labels) assert.deepEqual(Object.keys(label), ["id"]);
      },
    },
    {
      says: "a fields mask that names what a calendar's answer cannot have is 400",
      source: "https://github.com/googleapis/google-api-dotnet-client/issues/1444",
      certainty: "observed",
      check: async ({ alice }) => {
        const { status, json } = await alice.fetch("/calendar/v3/users/me/calendarList?fields=pageToken,items(id)");
        assert.equal(status, 400);
        shows(json, { error: { message: "Invalid field selection pageToken" } });
      },
    },
    {
      says: "a fields mask that cannot be read is 400",
      source: partial,
      check: async ({ alice }) => {
        shows(await alice.fetch("/gmail/v1/users/me/labels?fields=labels(id"), { status: 400 });
      },
    },
    {
      says: "a long answer is gzip for who accepts it",
      source: "https://developers.google.com/workspace/gmail/api/guides/performance#gzip",
      check: async ({ alice }) => {
        const { headers, text } = await alice.fetch("/calendar/v3/colors", {
          headers: { "accept-encoding": "gzip", "user-agent": "contract (gzip)" },
        });
        assert.equal(headers.get("content-encoding"), "gzip");
        assert.match(text, /"event"/); // fetch has unpacked it
      },
    },
    {
      says: "an address that is no method answers a page, without Google's error object",
      certainty: "observed",
      check: async ({ alice }) => {
        const { status, headers, text, json } = await alice.fetch("/gmail/v1/users/me/nonsense");
        assert.equal(status, 404);
        assert.match(headers.get("content-type") ?? "", /text\/html/);
        assert.match(text, /404/);
        assert.equal(json, undefined);
      },
    },
    {
      says: "a body that is no JSON is 400",
      check: async ({ alice }) => {
        const answer = await alice.fetch("/calendar/v3/calendars/primary/events", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: '{"summary":',
        });
        shows([answer.status, answer.json], [400, errorIs(400, "parseError")]);
      },
    },
    {
      says: "Gmail names what was not found in the error's message and status",
      check: async ({ alice: { gmail } }) => {
        const call = gmail.users.messages.get({ userId: "me", id: "0000000000000000" });
        await refused(call, 404, "notFound", /Requested entity was not found/);
      },
    },
    {
      says: "Calendar answers 404 notFound for a calendar that is not there",
      source: calendarErrors,
      check: async ({ alice: { calendar } }) => {
        await refused(calendar.events.list({ calendarId: "nobody@example.com" }), 404, "notFound", /Not Found/);
      },
    },
    ...(["before-2026", "2026"] as const).map((gmailUnits) => ({
      says: `a mail costs ${gmailUnits === "2026" ? 20 : 5} units in a project of ${gmailUnits}`,
      certainty: "setting" as const,
      source: "https://developers.google.com/workspace/gmail/api/reference/quota",
      check: async (google: Google) => {
        const limited = await google.open({ seed: usualSeed, limits: { gmailUnits, gmailPerUser: 45 } });
        assert.equal(await mailsUntilRefused(limited), gmailUnits === "2026" ? 2 : 8); // the list before costs 5
      },
    })),
    {
      says: "who used up the units of a minute gets 403 rateLimitExceeded, and goes on a minute later",
      check: async (google) => {
        const limited = await google.open({ seed: usualSeed, limits: { gmailPerUser: 45 } });
        await mailsUntilRefused(limited);
        const { gmail } = limited.alice;
        const list = (): Promise<unknown> => gmail.users.messages.list({ userId: "me" });
        await refused(list(), 403, "rateLimitExceeded");
        limited.sandbox.clock.advance(60_000);
        await list();
      },
    },
    {
      says: "what one person used up is no other person's concern",
      check: async (google) => {
        const limited = await google.open({ seed: usualSeed, limits: { gmailPerUser: 45 } });
        await mailsUntilRefused(limited);
        shows(await limited.bob.fetch(profile), { status: 200 });
        shows(await limited.alice.fetch("/gmail/v1/users/me/messages"), { status: 403 });
      },
    },
    {
      says: "being too fast may be 429, with Retry-After",
      certainty: "setting",
      check: async (google) => {
        const limits = { gmailPerUser: 45, status: 429, retryAfter: true } as const;
        const limited = await google.open({ seed: usualSeed, limits });
        await mailsUntilRefused(limited);
        const { status, headers } = await limited.alice.fetch("/gmail/v1/users/me/messages");
        assert.equal(status, 429);
        assert.match(headers.get("retry-after") ?? "", /^\d+$/);
      },
    },
    {
      says: "too many calls at once by one person are 429, and say so",
      certainty: "setting",
      source: gmailErrors,
      check: async (google) => {
        const { alice } = await google.open({ seed: usualSeed, limits: { concurrent: 3 }, latencyMs: 500 });
        const answers = await Promise.all(Array.from({ length: 8 }, () => alice.fetch(profile)));
        const refusals = answers.filter(({ status }) => status === 429);
        assert.equal(answers.filter(({ status }) => status === 200).length, 3);
        assert.match(refusals[0]?.text ?? "", /Too many concurrent requests for user/);
      },
    },
    {
      says: "Calendar counts calls by the minute and person",
      source: "https://developers.google.com/workspace/calendar/api/guides/quota",
      check: async (google) => {
        const { alice } = await google.open({ seed: usualSeed, limits: { calendarPerUser: 2 } });
        const statuses = [];
        for (let turn = 0; turn < 3; turn += 1) statuses.push((await alice.fetch(calendars)).status);
        assert.deepEqual(statuses, [200, 200, 403]);
      },
    },
    {
      says: "quotaUser counts calls for somebody else",
      source: "https://developers.google.com/workspace/calendar/api/guides/quota",
      check: async (google) => {
        const { alice } = await google.open({ seed: usualSeed, limits: { calendarPerUser: 1 } });
        const statuses = [];
        for (const each of ["", "?quotaUser=x", "?quotaUser=x"])
          statuses.push((await alice.fetch(calendars + each)).status);
        assert.deepEqual(statuses, [200, 200, 403]);
      },
    },
  ],
};

/** Reads the newest mail again and again. @returns how often it was let */
async function mailsUntilRefused({ alice: { gmail } }: Google): Promise<number> {
  const { data } = await gmail.users.messages.list({ userId: "me" });
  const id = data.messages?.[0]?.id ?? "";
  for (let read = 0; ; read += 1) {
    const isRefused = await gmail.users.messages.get({ userId: "me", id }).then(
      () => false,
      () => true,
    );
    if (isRefused || read > 100) return read;
  }
}
