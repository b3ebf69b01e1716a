import { Readable } from "node:stream";
import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gmailClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const userId = "me";
const mimeType = "message/rfc822";

describe("uploading mail to the sandbox", () => {
  let sandbox: GoogleSandbox;
  let api: gmail_v1.Gmail;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed: { users: [{ email: alice }, { email: bob }] } });
    api = gmailClient(sandbox, alice);
  });
  afterEach(() => sandbox.close());

  const mail = (text = "x", subject = "Hi"): string => `To: ${bob}\r\nSubject: ${subject}\r\n\r\n${text}`;
  /** Google's client knows the address of its own as to uploads; each call has to say another. */
  const here = () => ({ rootUrl: `${sandbox.url}/` });
  const media = (text?: string, subject?: string) => ({ mimeType, body: mail(text, subject) });
  const rawOf = async (id: unknown): Promise<string> => {
    const { data } = await api.users.messages.get({ userId, id: String(id), format: "raw" });
    return Buffer.from(data.raw ?? "", "base64url").toString("latin1");
  };
  const post = async (query: string, headers: Record<string, string>, body: string | Buffer, path = "messages") => {
    const token = sandbox.issueToken(alice, ["https://mail.google.com/"]).accessToken;
    const response = await fetch(`${sandbox.url}/upload/gmail/v1/users/me/${path}?${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, ...headers },
      body: typeof body === "string" ? body : new Uint8Array(body),
    });
    return { status: response.status, json: (await response.json()) as { id?: string; error?: { message: string } } };
  };
  const related = { "content-type": 'multipart/related; boundary="b (1)"' };

  it("sends, inserts, imports and drafts what Google's client uploads", async () => {
    const { messages, drafts } = api.users;
    const { data: sent } = await messages.send({ userId, media: media("sent") }, here());
    expect(await rawOf(sent.id)).toContain("\r\n\r\nsent");
    expect(sandbox.inspect.messages(bob)).toHaveLength(1);
    const { data: inserted } = await messages.insert({ userId, media: media("inserted") }, here());
    expect(await rawOf(inserted.id)).toBe(mail("inserted"));
    const { data: imported } = await messages.import({ userId, neverMarkSpam: true, media: media("imported") }, here());
    expect(await rawOf(imported.id)).toContain("imported");
    const { data: draft } = await drafts.create({ userId, media: media("draft") }, here());
    const id = draft.id ?? "";
    const { data: updated } = await drafts.update({ userId, id, media: media("newer") }, here());
    expect(await rawOf(updated.message?.id)).toBe(mail("newer"));
    const { data: gone } = await drafts.send({ userId, requestBody: { id }, media: media("newest") }, here());
    expect(await rawOf(gone.id)).toContain("newest");
    expect(sandbox.requests.map(({ method, units }) => [method, units])).toEqual(
      expect.arrayContaining([
        ["gmail.users.messages.send", 100],
        ["gmail.users.messages.insert", 25],
        ["gmail.users.drafts.update", 15],
      ]),
    );
  });

  it("takes labels and threads from the JSON beside the mail", async () => {
    const { data: first } = await api.users.messages.insert({ userId, media: media() }, here());
    const requestBody = { threadId: first.threadId ?? "", labelIds: ["INBOX"] };
    const { data } = await api.users.messages.insert({ userId, requestBody, media: media() }, here());
    expect(data).toMatchObject(requestBody);
  });

  it("keeps every byte of a mail, streamed or not", async () => {
    const bytes = Buffer.concat([Buffer.from("Subject: s\r\n\r\n--not the boundary\r\n"), Buffer.alloc(300, 0xfe)]);
    const streamed = { mimeType, body: Readable.from([bytes]) };
    const { data } = await api.users.messages.insert({ userId, requestBody: {}, media: streamed }, here());
    expect(await rawOf(data.id)).toBe(bytes.toString("latin1"));
    const { json } = await post("uploadType=media", { "content-type": mimeType }, bytes);
    expect(await rawOf(json.id)).toBe(bytes.toString("latin1"));
  });

  it("reads parts whose lines end as they like, and a part in base64", async () => {
    const part = `Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${Buffer.from(mail()).toString("base64")}`;
    const body = `preamble\n--b (1)\ncontent-type: application/json; charset=UTF-8\n\n{"labelIds":["STARRED"]}\n--b (1)  \n${part}\n--b (1)--\nepilogue`;
    const { json } = await post("uploadType=multipart", related, body);
    expect(json).toMatchObject({ labelIds: ["STARRED"] });
    expect(await rawOf(json.id)).toBe(mail());
  });

  it.each([
    [
      "a mail that is said to be a picture",
      "uploadType=media",
      { "content-type": "image/png" },
      "x",
      /Media type 'image\/png'/,
    ],
    ["no type of upload", "", { "content-type": mimeType }, "x", /uploadType/],
    ["an unknown type of upload", "uploadType=pigeon", { "content-type": mimeType }, "x", /uploadType/],
    ["nothing at all", "uploadType=media", { "content-type": mimeType }, "", /raw/],
    ["parts without a boundary", "uploadType=multipart", { "content-type": "multipart/related" }, "--b--", /boundary/],
    ["parts without an end", "uploadType=multipart", related, "--b (1)\r\n\r\n{}\r\n--b (1)\r\n\r\nx", /end boundary/],
    ["one part", "uploadType=multipart", related, "--b (1)\r\n\r\n{}\r\n--b (1)--", /1 mime parts/],
    [
      "the mail before its JSON",
      "uploadType=multipart",
      related,
      "--b (1)\r\nContent-Type: message/rfc822\r\n\r\nx\r\n--b (1)\r\nContent-Type: application/json\r\n\r\n{}\r\n--b (1)--",
      /Media type 'application\/json'/,
    ],
    [
      "JSON that is none",
      "uploadType=multipart",
      related,
      "--b (1)\r\n\r\n{\r\n--b (1)\r\nContent-Type: message/rfc822\r\n\r\nx\r\n--b (1)--",
      /Parse Error/,
    ],
  ])("refuses %s", async (_, query, headers, body, message) => {
    const { status, json } = await post(query, headers, body);
    expect(status).toBe(400);
    expect(json.error?.message).toMatch(message);
    expect(sandbox.inspect.messages(alice)).toEqual([]);
  });

  it("refuses to send more than 35 MB, and puts up to 50 MB into a mailbox", async () => {
    const large = Buffer.concat([Buffer.from(mail()), Buffer.alloc(35 * 1024 * 1024, "x")]);
    const headers = { "content-type": mimeType };
    const sent = await post("uploadType=media", headers, large, "messages/send");
    expect(sent).toMatchObject({ status: 413, json: { error: { errors: [{ reason: "uploadTooLarge" }] } } });
    expect(sandbox.inspect.messages(bob)).toEqual([]);
    expect((await post("uploadType=media", headers, large)).status).toBe(200);
  });

  it("takes uploads only where Gmail does, from whoever may", async () => {
    expect((await fetch(`${sandbox.url}/upload/gmail/v1/users/me/labels`, { method: "POST", body: "x" })).status).toBe(
      404,
    );
    const reader = gmailClient(sandbox, alice, ["readonly"]);
    const refused = reader.users.messages.send({ userId, media: media() }, here());
    await expect(refused).rejects.toMatchObject(refusal(403, "insufficientPermissions"));
  });
});
