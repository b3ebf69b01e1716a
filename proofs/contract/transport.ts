import assert from "node:assert/strict";
import { shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import { usualSeed, type Google, type Person, type WireAnswer } from "./google.js";

const batching = "https://developers.google.com/workspace/gmail/api/guides/batch";
const calendarBatching = "https://developers.google.com/workspace/calendar/api/guides/batch";
const upload = "/upload/gmail/v1/users/me/messages/send";
const piece = 256 * 1024;
const mailHead = Buffer.from("To: bob@example.com\r\nSubject: Up\r\n\r\n");

function mail(bytes = 0): Buffer {
  const whole = Buffer.alloc(mailHead.length + bytes, "y");
  mailHead.copy(whole);
  return whole;
}

function batch(person: Person, requests: readonly string[], path: string = "/batch/gmail/v1"): Promise<WireAnswer> {
  const part = (request: string, index: number): string =>
    `--b\r\nContent-Type: application/http\r\nContent-ID: <item-${index}>\r\n\r\n${request}\r\n`;
  return person.fetch(path, {
    method: "POST",
    headers: { "content-type": "multipart/mixed; boundary=b" },
    body: `${requests.map(part).join("")}--b--\r\n`,
  });
}

/** Opens an upload in pieces. @returns its address */
async function announce({ alice }: Google): Promise<string> {
  const headers = { "x-upload-content-type": "message/rfc822" };
  const { status, headers: answered } = await alice.fetch(`${upload}?uploadType=resumable`, {
    method: "POST",
    headers,
  });
  assert.equal(status, 200);
  return answered.get("location") ?? "";
}

const profile = "GET /gmail/v1/users/me/profile";

/** Batches and uploads. */
export const transport: Chapter = {
  title: "Batches and uploads",
  source: "https://developers.google.com/workspace/gmail/api/guides/uploads",
  behaviours: [
    {
      says: "a batch answers each call in a part of its own, under response- and its Content-ID",
      source: batching,
      check: async ({ alice }) => {
        const { headers, text } = await batch(alice, [profile, "GET /gmail/v1/users/me/labels/NOPE"]);
        assert.match(headers.get("content-type") ?? "", /^multipart\/mixed; boundary=/);
        assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g), ["HTTP/1.1 200", "HTTP/1.1 404"]);
        assert.match(text, /response-item-0[^]*response-item-1/);
      },
    },
    {
      says: "calls in a batch may have bodies",
      source: batching,
      check: async ({ alice }) => {
        const json = '{"name":"Plans"}';
        const request = `POST /gmail/v1/users/me/labels\r\nContent-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`;
        assert.match((await batch(alice, [request])).text, /HTTP\/1\.1 200[^]*"name":\s*"Plans"/);
      },
    },
    {
      says: "a batch has 100 calls at most",
      source: batching,
      check: async (google) => {
        const { alice } = await google.open({ seed: usualSeed, limits: { concurrent: 1000 } });
        const calls = (count: number): string[] => Array.from({ length: count }, () => profile);
        assert.equal((await batch(alice, calls(100))).text.match(/HTTP\/1\.1 200/g)?.length, 100);
        assert.equal((await batch(alice, calls(101))).status, 400);
      },
    },
    {
      says: "a batch is of one API",
      source: batching,
      check: async ({ alice }) => {
        const { text } = await batch(alice, [profile, "GET /calendar/v3/colors"]);
        assert.match(text, /HTTP\/1\.1 200[^]*HTTP\/1\.1 4\d\d/);
      },
    },
    {
      says: "Calendar takes batches at its own address",
      source: calendarBatching,
      check: async ({ alice }) => {
        const { text } = await batch(alice, ["GET /calendar/v3/colors"], "/batch/calendar/v3");
        assert.match(text, /HTTP\/1\.1 200[^]*calendar#colors/);
      },
    },
    {
      says: "each call of a batch costs its own quota units",
      source: batching,
      check: async (google) => {
        const { alice } = await google.open({ seed: usualSeed, limits: { gmailPerUser: 2 } });
        const { text } = await batch(alice, [profile, profile, profile]);
        assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g)?.sort(), ["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 403"]);
      },
    },
    {
      says: "the calls of a batch count as under way at once",
      certainty: "observed",
      source: "https://developers.google.com/workspace/gmail/api/guides/handle-errors",
      check: async (google) => {
        const { alice } = await google.open({ seed: usualSeed, limits: { concurrent: 10 } });
        const { text } = await batch(
          alice,
          Array.from({ length: 50 }, () => profile),
        );
        assert.equal(text.match(/HTTP\/1\.1 429/g)?.length, 40);
        assert.match(text, /Too many concurrent requests for user/);
      },
    },
    {
      says: "a mail can be uploaded by itself",
      check: async ({ alice, sandbox }) => {
        const headers = { "content-type": "message/rfc822" };
        const answer = await alice.fetch(`${upload}?uploadType=media`, { method: "POST", headers, body: mail() });
        shows([answer.status, answer.json], [200, { labelIds: ["SENT"] }]);
        assert.equal(sandbox.inspect.messages("bob@example.com").length, 1);
      },
    },
    {
      says: "a mail can be uploaded with JSON beside it",
      check: async ({ alice }) => {
        const parts = [
          `Content-Type: application/json\r\n\r\n{"labelIds":["STARRED"]}`,
          `Content-Type: message/rfc822\r\n\r\n${mail().toString()}`,
        ];
        const answer = await alice.fetch("/upload/gmail/v1/users/me/messages?uploadType=multipart", {
          method: "POST",
          headers: { "content-type": "multipart/related; boundary=b" },
          body: `${parts.map((part) => `--b\r\n${part}\r\n`).join("")}--b--\r\n`,
        });
        shows([answer.status, answer.json], [200, { labelIds: ["STARRED"] }]);
      },
    },
    {
      says: "an upload in pieces answers 308 with what has come, and the mail at the end",
      check: async (google) => {
        const address = await announce(google);
        const whole = mail(piece);
        const put = (from: number, to: number): Promise<WireAnswer> =>
          google.fetch(address, {
            method: "PUT",
            headers: { "content-range": `bytes ${from}-${to - 1}/${whole.length}` },
            body: whole.subarray(from, to),
          });
        const first = await put(0, piece);
        assert.deepEqual([first.status, first.headers.get("range")], [308, `bytes=0-${piece - 1}`]);
        const last = await put(piece, whole.length);
        shows([last.status, last.json], [200, { labelIds: ["SENT"] }]);
      },
    },
    {
      says: "who lost the connection can ask how far an upload has come",
      check: async (google) => {
        const address = await announce(google);
        const asked = await google.fetch(address, { method: "PUT", headers: { "content-range": "bytes */1000" } });
        assert.deepEqual([asked.status, asked.headers.get("range")], [308, null]);
      },
    },
    {
      says: "a mail of more than 35 MB cannot be sent",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send",
      check: async ({ alice }) => {
        const headers = { "content-type": "message/rfc822" };
        const { status } = await alice.fetch(`${upload}?uploadType=media`, {
          method: "POST",
          headers,
          body: mail(36_700_161),
        });
        assert.equal(status, 413);
      },
    },
  ],
};
