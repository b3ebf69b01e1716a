import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gmailClient, refusal } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, type GoogleSandbox, type SandboxSeed } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const now = Date.parse("2026-11-23T12:00:00Z");
const userId = "me";
const seed: SandboxSeed = {
  users: [
    { email: alice, name: "Alice Moreau", labels: ["Work"], messages: [{ subject: "One", from: bob }] },
    { email: bob, name: "Bob", messages: [{ subject: "Plan", from: alice, headers: { "Message-ID": "<plan@x>" } }] },
  ],
};

describe("writing to the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  let api: gmail_v1.Gmail;
  const open = async (change: Partial<SandboxSeed> = {}): Promise<void> => {
    sandbox = await createGoogleSandbox({ seed: { ...seed, ...change }, clock: movedClock(now) });
    api = gmailClient(sandbox, alice);
  };
  beforeEach(() => open());
  afterEach(() => sandbox.close());

  const raw = (...lines: string[]): string => Buffer.from(lines.join("\r\n")).toString("base64url");
  const send = async (lines: string[], message: gmail_v1.Schema$Message = {}) =>
    (await api.users.messages.send({ userId, requestBody: { raw: raw(...lines), ...message } })).data;
  const read = async (id: unknown, client = api) => (await client.users.messages.get({ userId, id: String(id) })).data;
  const newest = async (user: string) => {
    const client = gmailClient(sandbox, user);
    const { data } = await client.users.messages.list({ userId, maxResults: 1 });
    return read(data.messages?.[0]?.id, client);
  };
  const header = ({ payload }: gmail_v1.Schema$Message, name: string) =>
    payload?.headers?.find((each) => each.name?.toLowerCase() === name.toLowerCase())?.value;

  it("sends to whoever lives here, keeps the sender's copy, and shows nobody the Bcc", async () => {
    const sent = await send(["To: Bob <bob@example.com>", "Bcc: who@elsewhere.example", "Subject: Hi", "", "Hello"]);
    expect(sent).toEqual({ id: expect.any(String) as string, threadId: sent.id, labelIds: ["SENT"] });
    const own = await read(sent.id);
    expect(header(own, "Bcc")).toBe("who@elsewhere.example");
    expect(header(own, "From")).toBe('"Alice Moreau" <alice@example.com>');
    expect(header(own, "Date")).toBe("Mon, 23 Nov 2026 12:00:00 +0000");
    expect(header(own, "Message-ID")).toMatch(/^<CA.+@mail\.gmail\.com>$/);
    const received = await newest(bob);
    expect(received.id).not.toBe(sent.id);
    expect(received.labelIds).toEqual(["UNREAD", "CATEGORY_PERSONAL", "INBOX"]);
    expect(header(received, "Bcc")).toBeUndefined();
    expect(header(received, "Delivered-To")).toBe(bob);
    expect(header(received, "Message-ID")).toBe(header(own, "Message-ID"));
    expect(Buffer.from(received.payload?.body?.data ?? "", "base64url").toString()).toBe("Hello");
  });

  it("has a mail to oneself under sent and in the inbox, once", async () => {
    const sent = await send([`To: ${alice}`, "Subject: Note", "", "x"]);
    expect(sent.labelIds).toEqual(["UNREAD", "SENT", "INBOX"]);
    expect(sandbox.inspect.messages(alice)).toHaveLength(2);
  });

  it("writes the account's address for a sender that it may not use", async () => {
    const sent = await send([`To: ${bob}`, "From: boss@example.com", "Subject: Pay", "", "x"]);
    const own = await read(sent.id);
    expect(header(own, "From")).toBe('"Alice Moreau" <alice@example.com>');
    expect(header(own, "X-Google-Original-From")).toBe("boss@example.com");
  });

  it("lets somebody send as a verified alias", async () => {
    await sandbox.close();
    const sendAs = [
      { sendAsEmail: "info@example.com" },
      { sendAsEmail: "new@example.com", verificationStatus: "pending" as const },
    ];
    await open({ users: [{ email: alice, mailSettings: { sendAs } }, { email: bob }] });
    const from = async (address: string) =>
      header(await read((await send([`To: ${bob}`, `From: ${address}`, "Subject: s", "", ""])).id), "From");
    expect(await from("info@example.com")).toBe("info@example.com");
    expect(await from("new@example.com")).toBe('"alice" <alice@example.com>');
  });

  it("keeps a client's Message-ID, or replaces it where the world says so", async () => {
    const lines = [`To: ${bob}`, "Message-ID: <mine@x>", "Subject: s", "", ""];
    expect(header(await read((await send(lines)).id), "Message-ID")).toBe("<mine@x>");
    await sandbox.close();
    await open({ gmail: { replaceMessageIds: true } });
    const own = await read((await send(lines)).id);
    expect(header(own, "Message-ID")).toMatch(/@mail\.gmail\.com>$/);
    expect(header(own, "X-Google-Original-Message-ID")).toBe("<mine@x>");
  });

  it("refuses what cannot be sent, and keeps nothing of it", async () => {
    const refused = refusal(400, "invalidArgument");
    await expect(send(["Subject: To whom?", "", "x"])).rejects.toMatchObject(refused);
    await expect(send(["To: nobody at all", "", "x"])).rejects.toMatchObject({ message: "Invalid To header" });
    const list = Array.from({ length: 501 }, (_, index) => `p${index}@example.com`).join(", ");
    await expect(send([`To: ${list}`, "", "x"])).rejects.toMatchObject(refused);
    await expect(api.users.messages.send({ userId, requestBody: {} })).rejects.toMatchObject(refused);
    await expect(api.users.messages.send({ userId, requestBody: { raw: "%%" } })).rejects.toMatchObject(refused);
    const to = [`To: ${bob}`, "", "x"];
    await expect(send(to, { threadId: "no id" })).rejects.toMatchObject(refused);
    await expect(send(to, { threadId: "19ffffffffffffff" })).rejects.toMatchObject(refusal(404, "notFound"));
    await expect(api.users.messages.send({ userId: bob, requestBody: { raw: raw(...to) } })).rejects.toMatchObject({
      code: 403,
    });
    expect(sandbox.inspect.messages(alice)).toHaveLength(1);
    expect(sandbox.inspect.messages(bob)).toHaveLength(1);
  });

  it("threads an answer by what it refers to and its subject, on both sides", async () => {
    const [plan] = sandbox.inspect.messages(bob);
    const bobs = gmailClient(sandbox, bob);
    const answer = (subject: string): gmail_v1.Schema$Message => ({
      raw: raw(`To: ${alice}`, `Subject: ${subject}`, "In-Reply-To: <plan@x>", "References: <plan@x>", "", "Yes"),
    });
    const { data: fits } = await bobs.users.messages.send({ userId, requestBody: answer("Re: Plan") });
    expect(fits.threadId).toBe(plan?.["threadId"]);
    const { data: other } = await bobs.users.messages.send({ userId, requestBody: answer("Another matter") });
    expect(other.threadId).toBe(other.id);
    const threadId = String(plan?.["threadId"]);
    const wanted = { ...answer("Another matter"), threadId };
    expect((await bobs.users.messages.send({ userId, requestBody: wanted })).data.threadId).not.toBe(threadId);
    const { data: first } = await api.users.messages.list({ userId, q: "subject:plan" });
    const [received] = first.messages ?? [];
    const back = [
      `To: ${bob}`,
      "Subject: AW: Re: Plan",
      `References: ${header(await read(received?.id), "Message-ID")}`,
    ];
    expect((await send([...back, "", "Good"])).threadId).toBe(received?.threadId);
    expect((await newest(bob)).threadId).toBe(threadId);
  });

  it("begins another conversation after a hundred mails", async () => {
    await sandbox.close();
    const messages = Array.from({ length: 100 }, (_, index) => ({
      thread: "long",
      subject: "Long",
      date: now - index * 1000,
      headers: { "Message-ID": `<${index}@x>` },
    }));
    await open({ users: [{ email: alice, messages }, { email: bob }] });
    const sent = await send([`To: ${bob}`, "Subject: Re: Long", "In-Reply-To: <5@x>", "", ""]);
    expect(sent.threadId).toBe(sent.id);
  });

  it("takes mails from elsewhere, dated as wanted, with labels and in a thread", async () => {
    const [one] = sandbox.inspect.messages(alice);
    const old = { raw: raw("Date: Thu, 01 Jan 2026 08:00:00 +0100", "Subject: Old", "", "x") };
    const { data: inserted } = await api.users.messages.insert({
      userId,
      requestBody: { ...old, labelIds: ["INBOX", "Label_1"], threadId: String(one?.["threadId"]) },
    });
    expect(inserted).toMatchObject({ labelIds: ["INBOX", "Label_1"], threadId: one?.["threadId"] });
    expect((await read(inserted.id)).internalDate).toBe(String(now));
    const { data: imported } = await api.users.messages.import({ userId, requestBody: old });
    expect((await read(imported.id)).internalDate).toBe(String(Date.parse("2026-01-01T07:00:00Z")));
    const { data: gone } = await api.users.messages.insert({ userId, deleted: true, requestBody: old });
    await expect(read(gone.id)).rejects.toMatchObject(refusal(404, "notFound"));
    const made = { ...old, labelIds: ["Label_9"] };
    await expect(api.users.messages.insert({ userId, requestBody: made })).rejects.toMatchObject(
      refusal(400, "invalidArgument"),
    );
    const source = { userId, internalDateSource: "sundial", requestBody: old };
    await expect(api.users.messages.import(source)).rejects.toMatchObject({ code: 400 });
  });

  it("sorts what arrives by the person's filters", async () => {
    await sandbox.close();
    const filters = [
      {
        criteria: { from: "bob", subject: "invoice", negatedQuery: "draft" },
        action: { addLabelIds: ["Work", "STARRED"], removeLabelIds: ["INBOX"] },
      },
    ];
    await open({ users: [{ email: alice, labels: ["Work"], mailSettings: { filters } }, { email: bob }] });
    const bobs = gmailClient(sandbox, bob);
    for (const subject of ["Invoice 7", "Invoice draft", "Hello"]) {
      await bobs.users.messages.send({
        userId,
        requestBody: { raw: raw(`To: ${alice}`, `Subject: ${subject}`, "", "") },
      });
    }
    const labels = sandbox.inspect.messages(alice).map(({ labelIds }) => labelIds);
    const asArrived = ["UNREAD", "CATEGORY_PERSONAL", "INBOX"];
    expect(labels).toHaveLength(3);
    expect(labels).toContainEqual(["UNREAD", "CATEGORY_PERSONAL", "Label_1", "STARRED"]);
    expect(labels.filter((each) => JSON.stringify(each) === JSON.stringify(asArrived))).toHaveLength(2);
  });

  it("needs the scope of each call", async () => {
    const sender = gmailClient(sandbox, alice, ["send"]);
    const body = { raw: raw(`To: ${bob}`, "Subject: s", "", "") };
    expect((await sender.users.messages.send({ userId, requestBody: body })).data.labelIds).toEqual(["SENT"]);
    const refused = refusal(403, "insufficientPermissions");
    await expect(sender.users.messages.insert({ userId, requestBody: body })).rejects.toMatchObject(refused);
    const inserter = gmailClient(sandbox, alice, ["insert"]);
    expect((await inserter.users.messages.insert({ userId, requestBody: body })).status).toBe(200);
    const modifier = gmailClient(sandbox, alice, ["modify"]);
    const id = String(sandbox.inspect.messages(alice)[0]?.["id"]);
    await expect(modifier.users.messages.delete({ userId, id })).rejects.toMatchObject(refused);
    await expect(modifier.users.messages.batchDelete({ userId, requestBody: { ids: [id] } })).rejects.toMatchObject(
      refused,
    );
  });
});
