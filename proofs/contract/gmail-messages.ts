import assert from "node:assert/strict";
import { refused, shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import type { Google, Person } from "./google.js";
import { find, header, newest, raw, read, send, userId } from "./mail.js";

const reference = "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages";

/** Somebody with 501 mails. */
async function withMany(google: Google): Promise<Person> {
  const { person } = await google.open({
    seed: { users: [{ email: "many@example.com", generatedMessages: 800 }] },
    limits: "none",
  });
  return person("many@example.com", ["https://mail.google.com/"]);
}

/** Reading and changing single mails. */
export const gmailMessages: Chapter = {
  title: "Gmail: messages",
  source: reference,
  behaviours: [
    {
      says: "a list shows ids of mails and threads, and nothing else of them",
      check: async ({ alice: { gmail } }) => {
        const { data } = await gmail.users.messages.list({ userId });
        assert.equal(data.messages?.length, 2);
        assert.deepEqual(Object.keys(data.messages[0] ?? {}).sort(), ["id", "threadId"]);
        assert.equal(typeof data.resultSizeEstimate, "number");
      },
    },
    {
      says: "a page has 100 mails unless more are asked for",
      check: async (google) => {
        const { gmail } = await withMany(google);
        const { data } = await gmail.users.messages.list({ userId });
        assert.equal(data.messages?.length, 100);
        assert.ok(data.nextPageToken);
      },
    },
    {
      says: "a page has 500 mails at most",
      check: async (google) => {
        const { gmail } = await withMany(google);
        const { data } = await gmail.users.messages.list({ userId, maxResults: 500 });
        assert.equal(data.messages?.length, 500);
        const last = await gmail.users.messages.list({ userId, maxResults: 500, pageToken: data.nextPageToken ?? "" });
        assert.equal(last.data.nextPageToken, undefined);
        const all = [...data.messages, ...(last.data.messages ?? [])].map(({ id }) => id);
        assert.equal(new Set(all).size, all.length);
      },
    },
    {
      says: "a list without mails has no messages at all",
      certainty: "observed",
      check: async ({ bob: { gmail } }) => {
        const { data } = await gmail.users.messages.list({ userId });
        assert.deepEqual(data, { resultSizeEstimate: 0 });
      },
    },
    {
      says: "spam and trash are listed when they are asked for",
      check: async ({ alice }) => {
        const [id = ""] = await find(alice);
        await alice.gmail.users.messages.trash({ userId, id });
        assert.equal((await find(alice)).includes(id), false);
        const { data } = await alice.gmail.users.messages.list({ userId, includeSpamTrash: true });
        assert.ok(data.messages?.some((each) => each.id === id));
      },
    },
    {
      says: "labelIds finds mails that have all of them",
      check: async ({ alice: { gmail } }) => {
        const labels = await gmail.users.labels.list({ userId });
        const invoices = labels.data.labels?.find(({ name }) => name === "Invoices")?.id ?? "";
        const count = async (...labelIds: string[]): Promise<number> =>
          (await gmail.users.messages.list({ userId, labelIds })).data.messages?.length ?? 0;
        assert.deepEqual(
          [await count("INBOX"), await count("INBOX", invoices), await count("SENT", invoices)],
          [2, 1, 0],
        );
      },
    },
    {
      says: "a made-up page token is 400",
      check: async ({ alice: { gmail } }) => {
        await refused(gmail.users.messages.list({ userId, pageToken: "made-up" }), 400, "invalid", /pageToken/);
      },
    },
    {
      says: "minimal shows ids, labels, snippet and sizes, and no payload",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/Format",
      check: async ({ alice }) => {
        const shown = await read(alice, (await find(alice))[0], "minimal");
        assert.deepEqual(Object.keys(shown).sort(), [
          "historyId",
          "id",
          "internalDate",
          "labelIds",
          "sizeEstimate",
          "snippet",
          "threadId",
        ]);
      },
    },
    {
      says: "metadata shows headers without bodies, and only those that are asked for",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/Format",
      check: async ({ alice }) => {
        const [id = ""] = await find(alice);
        const options = { userId, id, format: "metadata", metadataHeaders: ["subject", "X-None"] };
        const { data } = await alice.gmail.users.messages.get(options);
        assert.deepEqual(
          data.payload?.headers?.map(({ name }) => name),
          ["Subject"],
        );
        assert.equal(data.payload.body?.data, undefined);
      },
    },
    {
      says: "full shows the tree of parts, with ids and headers of each",
      check: async ({ alice }) => {
        const [id] = await find(alice, "subject:invoice");
        const { payload } = await read(alice, id);
        shows(payload, {
          partId: "",
          mimeType: "multipart/mixed",
          parts: [{ partId: "0" }, { partId: "1", filename: "seven.txt" }],
        });
        assert.match(Buffer.from(payload?.parts?.[0]?.body?.data ?? "", "base64url").toString(), /Attached\./);
      },
    },
    {
      says: "raw is the whole mail in base64url, and comes without a payload",
      check: async ({ alice, bob }) => {
        await send(bob, "To: alice@example.com", "Subject: As it came");
        const [id] = await find(alice, "subject:came");
        const { raw: text, payload } = await read(alice, id, "raw");
        assert.equal(payload, undefined);
        assert.match(text ?? "", /^[\w-]+=*$/);
        assert.match(Buffer.from(text ?? "", "base64url").toString(), /Subject: As it came\r\n/);
      },
    },
    {
      says: "a file stands behind an attachment id, and comes in base64url with its size",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages.attachments/get",
      check: async ({ alice }) => {
        const [messageId = ""] = await find(alice, "subject:invoice");
        const { payload } = await read(alice, messageId);
        const body = payload?.parts?.[1]?.body;
        assert.equal(body?.data, undefined);
        const { data } = await alice.gmail.users.messages.attachments.get({
          userId,
          messageId,
          id: body?.attachmentId ?? "",
        });
        assert.deepEqual([data.size, Buffer.from(data.data ?? "", "base64url").toString()], [1, "7"]);
      },
    },
    {
      says: "internalDate is when Google received a mail, in milliseconds as a text",
      check: async ({ alice, sandbox }) => {
        const { id } = await send(alice, "To: bob@example.com", "Subject: Old", "Date: Mon, 1 Jan 2001 00:00:00 +0000");
        const { internalDate } = await read(alice, id);
        assert.match(internalDate ?? "", /^\d+$/);
        assert.ok(Math.abs(Number(internalDate) - sandbox.clock.now()) < 60_000, internalDate ?? "");
      },
    },
    {
      says: "modify adds and removes labels and answers with those that are left",
      check: async ({ alice }) => {
        const [id = ""] = await find(alice);
        const requestBody = { addLabelIds: ["STARRED"], removeLabelIds: ["UNREAD", "INBOX"] };
        const { data } = await alice.gmail.users.messages.modify({ userId, id, requestBody });
        assert.equal(data.labelIds?.includes("STARRED"), true);
        assert.equal(
          data.labelIds.some((label) => label === "UNREAD" || label === "INBOX"),
          false,
        );
      },
    },
    {
      says: "a label that is not there cannot be added",
      check: async ({ alice }) => {
        const [id = ""] = await find(alice);
        await refused(
          alice.gmail.users.messages.modify({ userId, id, requestBody: { addLabelIds: ["Nope"] } }),
          400,
          "invalidArgument",
        );
      },
    },
    {
      says: "batchModify changes many mails and answers with nothing",
      check: async ({ alice }) => {
        const ids = await find(alice);
        const { status } = await alice.gmail.users.messages.batchModify({
          userId,
          requestBody: { ids, addLabelIds: ["STARRED"] },
        });
        assert.equal(status, 204);
        assert.deepEqual(await find(alice, "is:starred"), ids);
      },
    },
    {
      says: "batchModify takes 1,000 ids at most",
      check: async ({ alice: { gmail } }) => {
        const ids = Array.from({ length: 1001 }, () => "0000000000000000");
        await refused(
          gmail.users.messages.batchModify({ userId, requestBody: { ids, addLabelIds: ["STARRED"] } }),
          400,
          "invalidArgument",
        );
      },
    },
    {
      says: "batchDelete deletes many mails for good",
      check: async ({ alice }) => {
        const ids = await find(alice);
        await alice.gmail.users.messages.batchDelete({ userId, requestBody: { ids } });
        await refused(read(alice, ids[0]), 404, "notFound");
      },
    },
    {
      says: "trash and untrash move a mail there and back",
      check: async ({ alice }) => {
        const [id = ""] = await find(alice);
        const trashed = await alice.gmail.users.messages.trash({ userId, id });
        assert.ok(trashed.data.labelIds?.includes("TRASH"));
        const back = await alice.gmail.users.messages.untrash({ userId, id });
        assert.equal(back.data.labelIds?.includes("TRASH"), false);
      },
    },
    {
      says: "a deleted mail is gone at once",
      check: async ({ alice }) => {
        const [id = ""] = await find(alice);
        assert.equal((await alice.gmail.users.messages.delete({ userId, id })).status, 204);
        await refused(read(alice, id), 404, "notFound");
      },
    },
    {
      says: "import dates a mail by its own header, insert by when it came",
      check: async ({ alice, sandbox }) => {
        const requestBody = { raw: raw("From: bob@example.com", "Date: Mon, 1 Jan 2001 00:00:00 +0000") };
        const imported = await alice.gmail.users.messages.import({ userId, requestBody });
        assert.equal((await read(alice, imported.data.id)).internalDate, String(Date.UTC(2001, 0, 1)));
        const inserted = await alice.gmail.users.messages.insert({ userId, requestBody });
        const { internalDate } = await read(alice, inserted.data.id);
        assert.ok(Math.abs(Number(internalDate) - sandbox.clock.now()) < 60_000, internalDate ?? "");
      },
    },
    {
      says: "internalDateSource=dateHeader dates an inserted mail by its own header",
      check: async ({ alice }) => {
        const requestBody = { raw: raw("Subject: Old", "Date: Mon, 1 Jan 2001 00:00:00 +0000") };
        const { data } = await alice.gmail.users.messages.insert({
          userId,
          requestBody,
          internalDateSource: "dateHeader",
        });
        assert.equal((await read(alice, data.id)).internalDate, String(Date.UTC(2001, 0, 1)));
      },
    },
    {
      says: "the newest mail is first",
      check: async ({ alice, bob }) => {
        await send(bob, "To: alice@example.com", "Subject: Newest");
        assert.equal(header(await newest(alice), "Subject"), "Newest");
      },
    },
  ],
};
