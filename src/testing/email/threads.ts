import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import { rawMail, type EmailTests, type EmailWorld } from "./world.js";

async function conversation(world: EmailWorld): Promise<string[]> {
  const first = { "Message-ID": "<first@example.org>" };
  const second = {
    "Message-ID": "<second@example.org>",
    "In-Reply-To": "<first@example.org>",
    References: "<first@example.org>",
  };
  return [
    await world.receive(
      rawMail(world, { subject: "Paint", from: "Ann <ann@example.org>", headers: first, agoMs: 120_000 }),
    ),
    await world.receive(
      rawMail(world, {
        subject: "Re: Paint",
        from: "bo@example.org",
        headers: { ...second, Cc: "ann@example.org" },
        agoMs: 60_000,
      }),
      { unread: true },
    ),
    await world.receive(rawMail(world, { subject: "Something else", agoMs: 30_000 })),
  ];
}

/** How mails belong together. */
export const threads: EmailTests = {
  async "puts a mail and its answer into one conversation, oldest first, with everybody in it"(world) {
    const [first = "", second = ""] = await conversation(world);
    const { threadId } = await world.client.getEmail(second);
    const thread = await world.client.getThread(threadId);
    assert.deepEqual(
      thread.emails.map(({ id }) => id),
      [first, second],
    );
    assert.deepEqual(
      [thread.subject, thread.unreadCount, thread.emails[1]?.bodyText?.trim()],
      ["Paint", 1, "How are you?"],
    );
    assert.deepEqual(
      thread.participants.map(({ address }) => address),
      ["ann@example.org", world.address, "bo@example.org"],
    );
    assert.equal(thread.lastReceivedAt, thread.emails[1]?.receivedAt);
  },

  async "lists conversations, that with the newest mail first"(world) {
    await conversation(world);
    const { threads: listed } = await world.client.listThreads();
    assert.deepEqual(
      listed.map(({ subject, emails }) => [subject, emails.length]),
      [
        ["Something else", 1],
        ["Paint", 2],
      ],
    );
    assert.ok(listed.every(({ emails }) => emails.every((email) => !("bodyText" in email))));
    const page = await world.client.listThreads("in:inbox", { limit: 1 });
    assert.ok(page.cursor);
    const rest = await world.client.listThreads("in:inbox", { limit: 1, cursor: page.cursor });
    assert.deepEqual([page.threads[0]?.subject, rest.threads[0]?.subject], ["Something else", "Paint"]);
    assert.equal((await world.client.listThreads("from:bo@example.org")).threads[0]?.emails.length, 2);
  },

  async "says that a conversation does not exist"(world) {
    const id = await world.receive(rawMail(world));
    const { threadId } = await world.client.getEmail(id);
    await world.client.deleteEmails([id]);
    await assert.rejects(world.client.getThread(threadId), (error) => isIntegrationError(error, "request.not_found"));
  },
};
