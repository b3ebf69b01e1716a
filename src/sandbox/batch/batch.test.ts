import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGoogleSandbox, type GoogleSandbox, type SandboxOptions } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const mail = "https://mail.google.com/";
const readonly = "https://www.googleapis.com/auth/gmail.readonly";
const calendar = "https://www.googleapis.com/auth/calendar";
const me = "/gmail/v1/users/me";

/** The answer to one part, taken apart by somebody else's reader of mails. */
interface Part {
  contentId: string | undefined;
  status: number;
  headers: string;
  json: Record<string, unknown> | undefined;
}

describe("batches", () => {
  let sandbox: GoogleSandbox;
  const open = async (options: SandboxOptions = {}): Promise<void> => {
    const messages = [{ subject: "One", from: bob }];
    sandbox = await createGoogleSandbox({ seed: { users: [{ email: alice, messages }, { email: bob }] }, ...options });
  };
  beforeEach(() => open());
  afterEach(() => sandbox.close());

  const bearer = (user = alice, scope = mail): string => `Bearer ${sandbox.issueToken(user, [scope]).accessToken}`;
  const call = (request: string, contentId?: string): string =>
    `Content-Type: application/http\r\n${contentId === undefined ? "" : `Content-ID: ${contentId}\r\n`}\r\n${request}`;
  const post = (parts: readonly string[], path = "/batch/gmail/v1", headers: Record<string, string> = {}) =>
    fetch(sandbox.url + path, {
      method: "POST",
      headers: { authorization: bearer(), "content-type": 'multipart/mixed; boundary="b=1"', ...headers },
      body: `${parts.map((part) => `--b=1\r\n${part}\r\n`).join("")}--b=1--\r\n`,
    });
  const read = async (response: Response): Promise<Part[]> => {
    expect(response.status).toBe(200);
    const type = response.headers.get("content-type") ?? "";
    expect(type).toMatch(/^multipart\/mixed; boundary=batch_\S+$/);
    const { attachments } = await PostalMime.parse(`Content-Type: ${type}\r\n\r\n${await response.text()}`);
    return attachments.map(({ mimeType, contentId, content }) => {
      expect(mimeType).toBe("application/http");
      // The reader makes of every line break the one of its own.
      const text = Buffer.from(content as ArrayBuffer).toString();
      const end = text.indexOf("\n\n");
      const body = text.slice(end + 2);
      return {
        contentId,
        status: Number(/^HTTP\/1\.1 (\d{3}) \w+/.exec(text)?.[1]),
        headers: text.slice(0, end),
        json: body.trim() === "" ? undefined : (JSON.parse(body) as Record<string, unknown>),
      };
    });
  };
  const batch = async (...args: Parameters<typeof post>): Promise<Part[]> => read(await post(...args));

  it("answers each call in its order, under its Content-ID", async () => {
    const body = JSON.stringify({ name: "Work" });
    const parts = await batch([
      call(`GET ${me}/profile HTTP/1.1\r\nHost: gmail.googleapis.com\r\n\r\n`, "<item1:1@x>"),
      call(
        `POST ${me}/labels?alt=json\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ),
      call(`GET ${me}/messages/19ffffffffffffff`, "<item + 3>"),
      call(`DELETE ${me}/labels/Label_9`, "4"),
    ]);
    expect(parts.map(({ contentId, status }) => [contentId, status])).toEqual([
      ["<response-item1:1@x>", 200],
      [undefined, 200],
      ["<response-item + 3>", 404],
      ["response-4", 404],
    ]);
    expect(parts[0]?.json).toMatchObject({ emailAddress: alice });
    expect(parts[0]?.headers).toContain("\nContent-Type: application/json; charset=UTF-8\n");
    expect(parts[1]?.json).toMatchObject({ name: "Work" });
    expect(parts[2]?.json).toMatchObject({ error: { errors: [{ reason: "notFound" }] } });
  });

  it("serves Gmail at its older address, and Calendar at its own", async () => {
    expect(await batch([call(`GET ${me}/profile`)], "/batch")).toMatchObject([{ status: 200 }]);
    const headers = { authorization: bearer(alice, calendar) };
    const event = { start: { date: "2026-11-23" }, end: { date: "2026-11-24" }, summary: "Trip" };
    const [made] = await batch(
      [call(`POST /calendar/v3/calendars/primary/events\ncontent-type: application/json\n\n${JSON.stringify(event)}`)],
      "/batch/calendar/v3",
      headers,
    );
    expect(made).toMatchObject({ status: 200, json: { summary: "Trip" } });
    expect(made?.headers).toMatch(/\nEtag: ".+"/);
    const [, gone] = await batch(
      [
        call("GET /calendar/v3/users/me/calendarList"),
        call(`DELETE /calendar/v3/calendars/primary/events/${String(made?.json?.["id"])}`),
      ],
      "/batch/calendar/v3",
      headers,
    );
    expect(gone).toMatchObject({ status: 204, json: undefined });
  });

  it("uses the outer token and parameters where a part has none of its own", async () => {
    const parts = await batch(
      [
        call(`GET ${me}/profile`),
        call(`GET ${me}/profile\r\nAuthorization: ${bearer(bob)}`),
        call(`GET ${me}/profile?fields=historyId\r\nauthorization: Bearer wrong`),
        call(`GET ${me}/profile?fields=messagesTotal`),
      ],
      "/batch/gmail/v1?fields=emailAddress",
    );
    expect(parts.map(({ json }) => json)).toMatchObject([
      { emailAddress: alice },
      { emailAddress: bob },
      { error: { code: 401 } },
      { messagesTotal: 1 },
    ]);
    expect(parts[0]?.json).toEqual({ emailAddress: alice });
    expect(await batch([call(`GET ${me}/profile`)], undefined, { authorization: "" })).toMatchObject([{ status: 401 }]);
  });

  it("refuses in a batch what does not belong there, part by part", async () => {
    const parts = await batch([
      call("GET /calendar/v3/colors"),
      call(`POST /upload${me}/messages?uploadType=media\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n`),
      call("POST /batch/gmail/v1\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--"),
      call("what is this"),
      `Content-Type: text/plain\r\n\r\nGET ${me}/profile`,
      call(`GET https://gmail.googleapis.com${me}/profile HTTP/1.1`),
    ]);
    expect(parts.map(({ status }) => status)).toEqual([404, 400, 400, 400, 400, 200]);
    expect(sandbox.inspect.messages(alice)).toHaveLength(1);
  });

  it.each([
    ["no multipart", "application/json", "{}", /0 items/],
    ["no boundary", "multipart/mixed", "--b--", /0 items/],
    ["no end", "multipart/mixed; boundary=b", "--b\r\n\r\nx", /0 items/],
    ["no parts", "multipart/mixed; boundary=b", "--b--", /0 items/],
  ])("refuses a whole batch with %s", async (_, type, body, message) => {
    const response = await fetch(`${sandbox.url}/batch/gmail/v1`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringMatching(message) as string, status: "INVALID_ARGUMENT" },
    });
  });

  it("takes 100 calls for Gmail and 50 for Calendar, unless the limits say otherwise", async () => {
    await sandbox.close();
    await open({ limits: { concurrent: 1000 } });
    const gmail = Array.from({ length: 101 }, () => call(`GET ${me}/profile`));
    expect(await batch(gmail.slice(1))).toHaveLength(100);
    const refused = await post(gmail);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: { message: "Inner request count exceeds the limit. Received: 101, Limit: 100" },
    });
    const colors = Array.from({ length: 51 }, () => call("GET /calendar/v3/colors"));
    expect((await post(colors, "/batch/calendar/v3")).status).toBe(400);
    await sandbox.close();
    await open({ limits: { calendarBatch: 51, concurrent: 1000 } });
    const headers = { authorization: bearer(alice, calendar) };
    expect(await batch(colors, "/batch/calendar/v3", headers)).toHaveLength(51);
  });

  it("counts each call for quota units, and all of them as under way at once", async () => {
    const calls = Array.from({ length: 50 }, () => call(`GET ${me}/messages`));
    const parts = await batch(calls);
    expect(parts.filter(({ status }) => status === 200)).toHaveLength(40);
    expect(parts.find(({ status }) => status === 429)?.json).toMatchObject({
      error: { message: "Too many concurrent requests for user.", errors: [{ reason: "rateLimitExceeded" }] },
    });
    expect(sandbox.requests.reduce((sum, { units }) => sum + units, 0)).toBe(200);
    await sandbox.close();
    await open({ limits: { gmailPerUser: 10 } });
    expect((await batch(calls.slice(0, 3))).map(({ status }) => status)).toEqual([200, 200, 403]);
  });

  it("logs the batch and what was in it", async () => {
    await batch([call(`GET ${me}/profile`), call(`GET ${me}/labels\r\nAuthorization: ${bearer(bob, readonly)}`)]);
    expect(sandbox.findRequests({ inBatch: true })).toMatchObject([
      { method: "gmail.users.getProfile", user: alice, status: 200, units: 1, scope: mail, inBatch: true },
      { method: "gmail.users.labels.list", user: bob, status: 200, scope: readonly, path: `${me}/labels` },
    ]);
    expect(sandbox.findRequests({ inBatch: false })).toMatchObject([{ method: "batch", status: 200, units: 0 }]);
  });

  it("meets faults, each part its own", async () => {
    sandbox.failNext({ method: "gmail.users.getProfile", after: 1, respond: "429-concurrent" });
    const calls = [call(`GET ${me}/profile`), call(`GET ${me}/profile`)];
    expect((await batch(calls)).map(({ status }) => status)).toEqual([200, 429]);
    sandbox.failNext({ method: "batch", respond: "503" });
    expect((await post(calls)).status).toBe(503);
    sandbox.failNext({ method: "gmail.users.getProfile", respond: "reset" });
    await expect(post(calls)).rejects.toThrow();
  });
});
