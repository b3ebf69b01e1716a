import assert from "node:assert/strict";
import { refused, shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import { usualSeed, type Google } from "./google.js";
import { find, header, newest, raw, read, send, userId } from "./mail.js";

const threading = "https://developers.google.com/workspace/gmail/api/guides/threads";
const drafts = "https://developers.google.com/workspace/gmail/api/guides/drafts";
const toBob = "To: bob@example.com";

/** Mails that leave, threads and drafts. */
export const gmailSending: Chapter = {
  title: "Gmail: sending, threads, drafts",
  source: "https://developers.google.com/workspace/gmail/api/guides/sending",
  behaviours: [
    {
      says: "a sent mail is under SENT and arrives unread in the inbox of who it is for",
      check: async ({ alice, bob }) => {
        const { id, labelIds } = await send(alice, toBob, "Subject: Hello");
        assert.deepEqual(labelIds, ["SENT"]);
        const arrived = await newest(bob);
        assert.notEqual(arrived.id, id);
        assert.equal(header(arrived, "Subject"), "Hello");
        assert.ok(arrived.labelIds?.includes("INBOX") && arrived.labelIds.includes("UNREAD"));
      },
    },
    {
      says: "Bcc reaches its person and is shown to nobody but the sender",
      check: async ({ alice, bob }) => {
        const { id } = await send(alice, "To: someone@elsewhere.example", "Bcc: bob@example.com", "Subject: Quiet");
        assert.equal(header(await newest(bob), "Bcc"), undefined);
        assert.equal(header(await newest(bob), "Subject"), "Quiet");
        assert.equal(header(await read(alice, id), "Bcc"), "bob@example.com");
      },
    },
    {
      says: "nobody sends as an address that is not their own",
      check: async ({ alice, bob }) => {
        await send(alice, toBob, "From: boss@example.com", "Subject: Pay");
        assert.match(header(await newest(bob), "From") ?? "", /alice@example\.com/);
      },
    },
    {
      says: "a mail without anybody to send it to is refused",
      check: async ({ alice }) => {
        await refused(send(alice, "Subject: Nobody"), 400, "invalidArgument", /Recipient address required/);
        assert.deepEqual(await find(alice, "in:sent"), []);
      },
    },
    ...[false, true].map((replaceMessageIds) => ({
      says: `a client's Message-ID is ${replaceMessageIds ? "replaced" : "kept"}`,
      certainty: "setting" as const,
      check: async (google: Google) => {
        const { alice } = await google.open({ seed: { ...usualSeed, gmail: { replaceMessageIds } } });
        const { id } = await send(alice, toBob, "Message-ID: <mine@example.com>", "Subject: Id");
        const kept = header(await read(alice, id), "Message-ID") ?? "";
        assert.match(kept, replaceMessageIds ? /@mail\.gmail\.com>$/ : /^<mine@example\.com>$/);
      },
    })),
    {
      says: "an answer joins its thread by threadId, references and subject",
      source: threading,
      check: async ({ alice }) => {
        const first = await send(alice, toBob, "Subject: Boards", "Message-ID: <b1@example.com>");
        const answer = [toBob, "Subject: Re: Boards", "In-Reply-To: <b1@example.com>", "References: <b1@example.com>"];
        const requestBody = { raw: raw(...answer), threadId: first.threadId ?? "" };
        const { data } = await alice.gmail.users.messages.send({ userId, requestBody });
        assert.ok(data.threadId);
        assert.equal(data.threadId, first.threadId);
      },
    },
    {
      says: "an answer arrives in the recipient's own thread",
      source: threading,
      check: async ({ alice, bob }) => {
        await send(alice, toBob, "Subject: Boards", "Message-ID: <b1@example.com>");
        const arrived = await newest(bob);
        await send(
          alice,
          toBob,
          "Subject: Re: Boards",
          "In-Reply-To: <b1@example.com>",
          "References: <b1@example.com>",
        );
        assert.ok(arrived.threadId);
        assert.equal((await newest(bob)).threadId, arrived.threadId);
      },
    },
    {
      says: "a mail with another subject begins a thread of its own",
      source: threading,
      check: async ({ alice, bob }) => {
        await send(alice, toBob, "Subject: Boards", "Message-ID: <b1@example.com>");
        const arrived = await newest(bob);
        await send(alice, toBob, "Subject: Sails", "References: <b1@example.com>");
        assert.notEqual((await newest(bob)).threadId, arrived.threadId);
      },
    },
    {
      says: "a thread that is not there cannot be joined",
      source: threading,
      check: async ({ alice: { gmail } }) => {
        const requestBody = { raw: raw(toBob, "Subject: s"), threadId: "0000000000000000" };
        await refused(gmail.users.messages.send({ userId, requestBody }), 404, "notFound");
      },
    },
    {
      says: "threads.get shows the mails of a thread, oldest first",
      source: threading,
      check: async ({ alice }) => {
        const first = await send(alice, toBob, "Subject: Boards", "Message-ID: <b1@example.com>");
        const second = await send(alice, toBob, "Subject: Re: Boards", "References: <b1@example.com>");
        const { data } = await alice.gmail.users.threads.get({ userId, id: first.threadId ?? "", format: "minimal" });
        assert.deepEqual(
          data.messages?.map(({ id }) => id),
          [first.id, second.id],
        );
      },
    },
    {
      says: "threads.list shows a thread once, with a snippet and a history id",
      source: threading,
      check: async ({ alice }) => {
        const { threadId } = await send(alice, toBob, "Subject: Boards", "Message-ID: <b1@example.com>");
        await send(alice, toBob, "Subject: Re: Boards", "References: <b1@example.com>");
        const { data } = await alice.gmail.users.threads.list({ userId, q: "subject:boards" });
        assert.deepEqual(
          data.threads?.map(({ id }) => id),
          [threadId],
        );
        assert.deepEqual(Object.keys(data.threads[0] ?? {}).sort(), ["historyId", "id", "snippet"]);
      },
    },
    {
      says: "threads.modify and threads.trash change every mail of the thread",
      source: threading,
      check: async ({ alice }) => {
        const { threadId } = await send(alice, toBob, "Subject: Boards", "Message-ID: <b1@example.com>");
        await send(alice, toBob, "Subject: Re: Boards", "References: <b1@example.com>");
        const id = threadId ?? "";
        await alice.gmail.users.threads.modify({ userId, id, requestBody: { addLabelIds: ["STARRED"] } });
        assert.equal((await find(alice, "is:starred subject:boards")).length, 2);
        await alice.gmail.users.threads.trash({ userId, id });
        assert.equal((await find(alice, "in:trash subject:boards")).length, 2);
      },
    },
    {
      says: "a draft is a mail with the label DRAFT and an id of its own",
      source: drafts,
      check: async ({ alice: { gmail } }) => {
        const { data } = await gmail.users.drafts.create({
          userId,
          requestBody: { message: { raw: raw(toBob, "Subject: Begun") } },
        });
        shows(data, { message: { labelIds: ["DRAFT"] } });
        assert.notEqual(data.id, data.message?.id);
        const listed = await gmail.users.drafts.list({ userId });
        shows(listed.data.drafts, [{ id: data.id, message: { id: data.message?.id } }]);
      },
    },
    {
      says: "a changed draft keeps its id, and its mail is another one",
      source: drafts,
      check: async ({ alice }) => {
        const { drafts } = alice.gmail.users;
        const made = await drafts.create({ userId, requestBody: { message: { raw: raw("Subject: One") } } });
        const id = made.data.id ?? "";
        const changed = await drafts.update({ userId, id, requestBody: { message: { raw: raw("Subject: Two") } } });
        assert.equal(changed.data.id, id);
        assert.notEqual(changed.data.message?.id, made.data.message?.id);
        await refused(read(alice, made.data.message?.id), 404, "notFound");
      },
    },
    {
      says: "a sent draft is gone, and what was sent is under SENT with another id",
      source: drafts,
      check: async ({ alice, bob }) => {
        const { drafts } = alice.gmail.users;
        const made = await drafts.create({ userId, requestBody: { message: { raw: raw(toBob, "Subject: Sent") } } });
        const id = made.data.id ?? "";
        const { data } = await drafts.send({ userId, requestBody: { id } });
        assert.deepEqual(data.labelIds, ["SENT"]);
        assert.notEqual(data.id, made.data.message?.id);
        await refused(drafts.get({ userId, id }), 404, "notFound");
        assert.equal(header(await newest(bob), "Subject"), "Sent");
      },
    },
    {
      says: "a deleted draft does not go to the trash",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/delete",
      check: async ({ alice }) => {
        const { drafts } = alice.gmail.users;
        const made = await drafts.create({ userId, requestBody: { message: { raw: raw("Subject: Begun") } } });
        assert.equal((await drafts.delete({ userId, id: made.data.id ?? "" })).status, 204);
        assert.deepEqual(await find(alice, "in:anywhere subject:begun"), []);
      },
    },
  ],
};
