import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calls, kickoff, type Side } from "../../test/support/compared-calls.js";
import { clientsAt } from "../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "./index.js";

const alice = "alice@example.com";
const redirectUri = "http://127.0.0.1:1/";
const client = { client_id: "emulated.apps.googleusercontent.com", client_secret: "GOCSPX-emulated" };
const scope = "openid email profile https://mail.google.com/ https://www.googleapis.com/auth/calendar";
const withFile = [
  "From: Bob <bob@example.com>",
  "To: alice@example.com",
  "Subject: List",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "See the list.",
  "--b",
  'Content-Type: text/csv; name="list.csv"',
  'Content-Disposition: attachment; filename="list.csv"',
  "",
  "a,b",
  "--b--",
].join("\r\n");

async function openEmulator(): Promise<Emulator> {
  const mail = { to: alice, label_ids: ["INBOX", "UNREAD"] };
  const google = {
    users: [{ email: alice, name: "Alice" }],
    oauth_clients: [{ ...client, redirect_uris: [redirectUri] }],
    messages: [
      {
        ...mail,
        from: "Bob <bob@example.com>",
        subject: "One",
        body_text: "Text",
        internal_date: "2026-11-20T09:00:00.000Z",
      },
      { ...mail, raw: Buffer.from(withFile).toString("base64url"), internal_date: "2026-11-21T09:00:00.000Z" },
    ],
    calendars: [{ id: "primary", user_email: alice, summary: alice, primary: true, selected: true, time_zone: "UTC" }],
    calendar_events: [
      {
        id: "kickoff0",
        user_email: alice,
        calendar_id: "primary",
        summary: "Kickoff",
        start_date_time: kickoff.start.dateTime,
        end_date_time: kickoff.end.dateTime,
      },
    ],
  };
  return createEmulator({ service: "google", port: 0, seed: { google } });
}

async function openSandbox(): Promise<GoogleSandbox> {
  const messages = [
    { from: "Bob <bob@example.com>", to: alice, subject: "One", text: "Text", date: "2026-11-20T09:00:00Z" },
    { raw: withFile, date: "2026-11-21T09:00:00Z" },
  ];
  const calendars = [{ events: [{ id: "kickoff0", ...kickoff }] }];
  return createGoogleSandbox({ seed: { users: [{ email: alice, name: "Alice", messages, calendars }] } });
}

/** The emulator's consent page has one button for each person. */
async function tokensOfEmulator(url: string): Promise<Record<string, unknown>> {
  const asked = {
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: "code",
    scope,
    access_type: "offline",
  };
  const body = new URLSearchParams({ ...asked, email: alice, state: "s" });
  const back = await fetch(`${url}/o/oauth2/v2/auth/callback`, { method: "POST", body, redirect: "manual" });
  const code = new URL(back.headers.get("location") ?? "").searchParams.get("code") ?? "";
  return exchange(`${url}/oauth2/token`, { ...client, code });
}

async function tokensOfSandbox(sandbox: GoogleSandbox): Promise<Record<string, unknown>> {
  const { client_id, client_secret } = sandbox.clientFile()["installed"] as typeof client;
  const url = new URL("/o/oauth2/v2/auth", sandbox.url);
  const asked = { client_id, redirect_uri: redirectUri, response_type: "code", scope, access_type: "offline" };
  url.search = new URLSearchParams(asked).toString();
  const code = new URL(await sandbox.approve(url.href, { user: alice })).searchParams.get("code") ?? "";
  return exchange(`${sandbox.url}/token`, { client_id, client_secret, code });
}

async function exchange(url: string, parameters: Record<string, string>): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({ grant_type: "authorization_code", redirect_uri: redirectUri, ...parameters });
  return (await (await fetch(url, { method: "POST", body })).json()) as Record<string, unknown>;
}

/** The names and types of a value; of a list, those of its items, each once. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))]
      .sort()
      .map((text): unknown => JSON.parse(text));
  }
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([name, part]) => [name, shapeOf(part)]),
  );
}

/** What both show must be of the same types. */
function disagreements(ours: unknown, theirs: unknown, path = "answer"): string[] {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.length === 0 || theirs.length === 0 ? [] : disagreements(ours[0], theirs[0], `${path}[0]`);
  }
  if (typeof ours !== typeof theirs) return [`${path}: ${typeof ours} here, ${typeof theirs} there`];
  if (typeof ours !== "object" || ours === null || typeof theirs !== "object" || theirs === null) return [];
  return Object.entries(ours).flatMap(([name, part]) =>
    name in theirs ? disagreements(part, Reflect.get(theirs, name), `${path}.${name}`) : [],
  );
}

describe("the sandbox beside an emulator that somebody else wrote", () => {
  let emulator: Emulator;
  let sandbox: GoogleSandbox;
  let tokens: readonly [ours: Record<string, unknown>, theirs: Record<string, unknown>];
  let sides: readonly [ours: Side, theirs: Side];

  beforeAll(async () => {
    [sandbox, emulator] = await Promise.all([openSandbox(), openEmulator()]);
    tokens = [await tokensOfSandbox(sandbox), await tokensOfEmulator(emulator.url)];
    const [ours, theirs] = tokens.map((each) => String(each["access_token"])) as [string, string];
    sides = [
      { ...clientsAt(sandbox.url, ours), ids: {} },
      { ...clientsAt(emulator.url, theirs), ids: {} },
    ];
  });
  afterAll(() => Promise.all([sandbox.close(), emulator.close()]));

  it("gives tokens of the same shape for a code", () => {
    expect(shapeOf(tokens[0])).toEqual(shapeOf(tokens[1]));
  });

  it.each(calls.map(([name, call, difference]) => ({ name, call, difference })))(
    "answers alike: $name",
    async ({ call, difference }) => {
      const [ours, theirs] = [await call(sides[0]), await call(sides[1])];
      expect(ours.status).toBe(theirs.status);
      expect(disagreements(ours.data, theirs.data)).toEqual([]);
      if (difference === undefined) expect(shapeOf(ours.data)).toEqual(shapeOf(theirs.data));
      else expect(shapeOf(ours.data), "they do not differ any more").not.toEqual(shapeOf(theirs.data));
    },
  );
});
