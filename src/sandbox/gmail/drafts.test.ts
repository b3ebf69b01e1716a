import type { gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gmailClient, refusal } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const userId = "me";
const now = Date.parse("2026-11-23T12:00:00Z");

describe("drafts in the sandbox's Gmail", () => {
  let sandbox: GoogleSandbox;
  let api: gmail_v1.Gmail;
  beforeEach(async () => {
    const messages = [
      { subject: "Plan", from: bob, headers: { "Message-ID": "<plan@x>" }, date: now - 1000 },
      { subject: "Begun", labels: ["DRAFT"], date: now - 2000 },
    ];
    sandbox = await createGoogleSandbox({
      seed: { users: [{ email: alice, messages }, { email: bob }] },
      clock: movedClock(now),
    });
    api = gmailClient(sandbox, alice, ["compose"]);
  });
  afterEach(() => sandbox.close());

  const message = (...lines: string[]): gmail_v1.Schema$Message => ({
    raw: Buffer.from([...lines, "", "Text"].join("\r\n")).toString("base64url"),
  });
  const create = async (...lines: string[]) =>
    (await api.users.drafts.create({ userId, requestBody: { message: message(...lines) } })).data;
  const stored = (user = alice) => sandbox.inspect.messages(user).map(({ id, labelIds }) => [id, labelIds]);

  it("begin with an id of their own and a mail that is labelled as one", async () => {
    const made = await create(`To: ${bob}`, "Subject: New");
    expect(made).toEqual({
      id: expect.stringMatching(/^r\d+$/) as string,
      message: { id: expect.any(String) as string, threadId: made.message?.id, labelIds: ["DRAFT"] },
    });
    const { data } = await api.users.drafts.get({ userId, id: made.id ?? "", format: "metadata" });
    expect(data.message?.payload?.headers).toContainEqual({ name: "Subject", value: "New" });
    expect(stored(bob)).toEqual([]);
  });

  it("are listed by pages, newest first, a seed's among them, and found by a search", async () => {
    const made = await create("Subject: New");
    const { data } = await api.users.drafts.list({ userId, maxResults: 1 });
    expect(data.drafts).toEqual([{ id: made.id, message: { id: made.message?.id, threadId: made.message?.threadId } }]);
    const next = { userId, maxResults: 1, pageToken: data.nextPageToken ?? "" };
    const { data: last } = await api.users.drafts.list(next);
    expect(last.drafts).toHaveLength(1);
    expect(last).not.toHaveProperty("nextPageToken");
    expect((await api.users.drafts.list({ userId, q: "subject:begun" })).data.drafts).toEqual(last.drafts);
  });

  it("keep their id when they are changed, while another mail takes the place of the old one", async () => {
    const made = await create("Subject: First");
    const id = made.id ?? "";
    const { data } = await api.users.drafts.update({
      userId,
      id,
      requestBody: { message: message("Subject: Second") },
    });
    expect(data.id).toBe(id);
    expect(data.message?.id).not.toBe(made.message?.id);
    expect(sandbox.inspect.message(alice, made.message?.id ?? "")).toBeUndefined();
    expect((await api.users.drafts.list({ userId })).data.drafts).toHaveLength(2);
  });

  it("are gone when they are sent, and what was sent is another mail", async () => {
    const made = await create(`To: ${bob}`, "Subject: New");
    const { data } = await api.users.drafts.send({ userId, requestBody: { id: made.id ?? "" } });
    expect(data.labelIds).toEqual(["SENT"]);
    expect(data.id).not.toBe(made.message?.id);
    await expect(api.users.drafts.get({ userId, id: made.id ?? "" })).rejects.toMatchObject(refusal(404, "notFound"));
    await expect(api.users.drafts.send({ userId, requestBody: { id: made.id ?? "" } })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
    expect(stored(bob)).toHaveLength(1);
  });

  it("can be sent with other content than they had", async () => {
    const made = await create(`To: ${bob}`, "Subject: First");
    const requestBody = { id: made.id ?? "", message: message(`To: ${bob}`, "Subject: Last") };
    await api.users.drafts.send({ userId, requestBody });
    const [received] = sandbox.inspect.messages(bob);
    expect(JSON.stringify(received)).toContain('"value":"Last"');
  });

  it("stay when they cannot be sent", async () => {
    const made = await create("Subject: To whom?");
    await expect(api.users.drafts.send({ userId, requestBody: { id: made.id ?? "" } })).rejects.toMatchObject(
      refusal(400, "invalidArgument"),
    );
    expect((await api.users.drafts.get({ userId, id: made.id ?? "" })).data.message?.id).toBe(made.message?.id);
    await expect(api.users.drafts.send({ userId, requestBody: {} })).rejects.toMatchObject(
      refusal(400, "invalidArgument"),
    );
  });

  it("answer in a conversation, which the sent mail stays in", async () => {
    const threadId = String(sandbox.inspect.messages(alice)[0]?.["threadId"]);
    const answer = message(`To: ${bob}`, "Subject: Re: Plan", "In-Reply-To: <plan@x>");
    const { data: made } = await api.users.drafts.create({ userId, requestBody: { message: { ...answer, threadId } } });
    expect(made.message?.threadId).toBe(threadId);
    const { data } = await api.users.drafts.send({ userId, requestBody: { id: made.id ?? "" } });
    expect(data.threadId).toBe(threadId);
  });

  it("are deleted at once and not put into the trash", async () => {
    const made = await create("Subject: New");
    expect((await api.users.drafts.delete({ userId, id: made.id ?? "" })).status).toBe(204);
    expect(stored()).toHaveLength(2);
    await expect(api.users.drafts.delete({ userId, id: made.id ?? "" })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
  });

  it("may be read, and not written, by who may only read", async () => {
    const reader = gmailClient(sandbox, alice, ["readonly"]);
    expect((await reader.users.drafts.list({ userId })).data.drafts).toHaveLength(1);
    await expect(
      reader.users.drafts.create({ userId, requestBody: { message: message("Subject: x") } }),
    ).rejects.toMatchObject(refusal(403, "insufficientPermissions"));
    const sender = gmailClient(sandbox, alice, ["send"]);
    await expect(sender.users.drafts.list({ userId })).rejects.toMatchObject(refusal(403, "insufficientPermissions"));
  });
});
