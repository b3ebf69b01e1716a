import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient, gmailClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const userId = "me";

describe("query parameters of the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  let api: gmail_v1.Gmail;
  beforeEach(async () => {
    const messages = ["One", "Two", "Three"].map((subject) => ({ subject }));
    const thrown = { subject: "Four", labels: ["TRASH"] };
    sandbox = await createGoogleSandbox({ seed: { users: [{ email: alice, messages: [...messages, thrown] }] } });
    api = gmailClient(sandbox, alice);
  });
  afterEach(() => sandbox.close());

  const get = async (path: string): Promise<{ status: number; json: unknown }> => {
    const { accessToken } = sandbox.issueToken(alice, ["https://mail.google.com/"]);
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await fetch(`${sandbox.url}/gmail/v1/users/me/${path}`, { headers });
    return { status: answer.status, json: await answer.json() };
  };

  it.each([
    ["messages?includeSpamTrash=banana", `Invalid value at 'include_spam_trash' (TYPE_BOOL), "banana"`],
    ["drafts?includeSpamTrash=", `Invalid value at 'include_spam_trash' (TYPE_BOOL), ""`],
    ["threads?maxResults=0x2", `Invalid value at 'max_results' (TYPE_UINT32), "0x2"`],
    ["messages?maxResults=%201%20", `Invalid value at 'max_results' (TYPE_UINT32), " 1 "`],
    ["messages?maxResults=4294967296", `Invalid value at 'max_results' (TYPE_UINT32), "4294967296"`],
    [
      "history?startHistoryId=1&historyTypes=constructor",
      `Invalid value at 'history_types' (TYPE_ENUM), "constructor"`,
    ],
    ["threads/1?format=raw", `Invalid value at 'format' (TYPE_ENUM), "raw"`],
    ["messages/1?format=__proto__", `Invalid value at 'format' (TYPE_ENUM), "__proto__"`],
  ])("refuses %s", async (path, message) => {
    const { status, json } = await get(path);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { message, errors: [{ reason: "invalid" }], status: "INVALID_ARGUMENT" } });
  });

  it("names all that is wrong", async () => {
    const requestBody = { raw: Buffer.from("Subject: x\r\n\r\nx").toString("base64url") };
    const deleted = "banana" as unknown as boolean;
    const insert = api.users.messages.insert({ userId, requestBody, deleted, internalDateSource: "weather" });
    await expect(insert).rejects.toMatchObject({
      ...refusal(400, "invalid"),
      message: expect.stringMatching(/'deleted' \(TYPE_BOOL\), "banana"\n.*'internal_date_source'/) as string,
    });
    expect(sandbox.inspect.messages(alice)).toHaveLength(4);
  });

  it.each(["true", "TRUE", "1", "yes"])("takes %s for a switch that is on", async (word) => {
    expect((await get(`messages?includeSpamTrash=${word}`)).json).toMatchObject({ resultSizeEstimate: 4 });
  });

  it.each(["messages", "threads"])("takes a page token of %s however the answer is to be written", async (list) => {
    const { json } = await get(`${list}?maxResults=2&key=k&prettyPrint=true`);
    const { nextPageToken } = json as { nextPageToken: string };
    const written =
      "alt=json&fields=resultSizeEstimate&key=other&prettyPrint=false&quotaUser=x&$.xgafv=2&access_token=x";
    const next = await get(`${list}?pageToken=${nextPageToken}&${written}`);
    expect(next).toEqual({ status: 200, json: { resultSizeEstimate: 3 } });
    expect((await get(`${list}?pageToken=${nextPageToken}&q=one`)).status).toBe(400);
    const named = { userId: alice, pageToken: nextPageToken };
    expect((await api.users[list as "messages"].list(named)).status).toBe(200);
  });

  it("has page tokens as Calendar has", async () => {
    const calendar = calendarClient(sandbox, alice);
    const calendarId = "primary";
    const start = { date: "2026-11-23" };
    const end = { date: "2026-11-24" };
    for (const summary of ["One", "Two", "Three"]) {
      await calendar.events.insert({ calendarId, requestBody: { summary, start, end } });
    }
    const { data } = await calendar.events.list({ calendarId, maxResults: 2, prettyPrint: true, key: "k" });
    const next = { calendarId, pageToken: data.nextPageToken ?? "", prettyPrint: false, userIp: "127.0.0.1" };
    expect((await calendar.events.list(next)).data.items).toHaveLength(1);
    const list = calendar.events.list({ calendarId, maxResults: "0x2" as unknown as number });
    await expect(list).rejects.toMatchObject(refusal(400, "invalid"));
  });
});
