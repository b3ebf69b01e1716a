import assert from "node:assert/strict";
import { refused, shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import { usualSeed, type Google, type Person } from "./google.js";
import { find, newest, read, send, userId } from "./mail.js";

const labels = "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels";
const sync = "https://developers.google.com/workspace/gmail/api/guides/sync";
const push = "https://developers.google.com/workspace/gmail/api/guides/push";
const settings = "https://developers.google.com/workspace/gmail/api/guides/alias_and_signature_settings";

async function historyId({ gmail }: Person): Promise<string> {
  return (await gmail.users.getProfile({ userId })).data.historyId ?? "";
}

/** What a mailbox is beside its mails. */
export const gmailMailbox: Chapter = {
  title: "Gmail: profile, labels, history, push, settings",
  source: sync,
  behaviours: [
    {
      says: "the profile tells address, totals and the history id of now",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile",
      check: async ({ alice }) => {
        const { data } = await alice.gmail.users.getProfile({ userId });
        shows(data, { emailAddress: alice.email, messagesTotal: 2, threadsTotal: 2 });
        assert.match(data.historyId ?? "", /^\d+$/);
      },
    },
    {
      says: "labels.list shows the system's labels and the person's own",
      source: labels,
      check: async ({ alice: { gmail } }) => {
        const { data } = await gmail.users.labels.list({ userId });
        const ids = data.labels?.filter(({ type }) => type === "system").map(({ id }) => id) ?? [];
        for (const id of ["INBOX", "SENT", "TRASH", "SPAM", "DRAFT", "UNREAD", "STARRED"])
          assert.ok(ids.includes(id), id);
        assert.ok(data.labels?.some(({ name, type }) => name === "Invoices" && type === "user"));
      },
    },
    {
      says: "labels.get counts mails and threads, unread ones as well",
      source: labels,
      check: async ({ alice: { gmail } }) => {
        const { data } = await gmail.users.labels.get({ userId, id: "INBOX" });
        shows(data, { messagesTotal: 2, messagesUnread: 1, threadsTotal: 2, threadsUnread: 1 });
      },
    },
    {
      says: "two labels cannot have one name",
      source: labels,
      check: async ({ alice: { gmail } }) => {
        await refused(gmail.users.labels.create({ userId, requestBody: { name: "Invoices" } }), 409, "aborted");
      },
    },
    {
      says: "a label's colour must be one of Gmail's palette",
      source: labels,
      check: async ({ alice: { gmail } }) => {
        const colored = (backgroundColor: string): Promise<unknown> =>
          gmail.users.labels.create({
            userId,
            requestBody: { name: backgroundColor, color: { backgroundColor, textColor: "#ffffff" } },
          });
        await colored("#fb4c2f");
        await refused(colored("#123456"), 400, "invalidArgument");
      },
    },
    {
      says: "a deleted label is taken off all mails",
      source: labels,
      check: async ({ alice }) => {
        const [id] = await find(alice, "label:invoices");
        const { data } = await alice.gmail.users.labels.list({ userId });
        const label = data.labels?.find(({ name }) => name === "Invoices")?.id ?? "";
        await alice.gmail.users.labels.delete({ userId, id: label });
        assert.equal((await read(alice, id)).labelIds?.includes(label), false);
      },
    },
    {
      says: "a system label cannot be deleted",
      source: labels,
      check: async ({ alice: { gmail } }) => {
        await refused(gmail.users.labels.delete({ userId, id: "INBOX" }), 400, "invalidArgument");
      },
    },
    {
      says: "history tells what came, what went and which labels changed, in order",
      check: async ({ alice, bob }) => {
        const startHistoryId = await historyId(alice);
        await send(bob, "To: alice@example.com", "Subject: New");
        const { id = "" } = await newest(alice);
        await alice.gmail.users.messages.modify({ userId, id: id ?? "", requestBody: { addLabelIds: ["STARRED"] } });
        await alice.gmail.users.messages.delete({ userId, id: id ?? "" });
        const { data } = await alice.gmail.users.history.list({ userId, startHistoryId });
        const kinds = data.history?.map((each) =>
          Object.keys(each).filter((key) => /ed$|Added|Removed|Deleted/.test(key)),
        );
        assert.deepEqual(kinds, [["messagesAdded"], ["labelsAdded"], ["messagesDeleted"]]);
        assert.equal(data.historyId, await historyId(alice));
      },
    },
    {
      says: "history since now is an id and nothing else",
      check: async ({ alice }) => {
        const startHistoryId = await historyId(alice);
        const { data } = await alice.gmail.users.history.list({ userId, startHistoryId });
        assert.deepEqual(data, { historyId: startHistoryId });
      },
    },
    {
      says: "historyTypes and labelId say which changes are wanted",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list",
      check: async ({ alice }) => {
        const startHistoryId = await historyId(alice);
        const [id = ""] = await find(alice);
        await alice.gmail.users.messages.modify({ userId, id, requestBody: { addLabelIds: ["STARRED"] } });
        await alice.gmail.users.messages.trash({ userId, id });
        const count = async (wanted: { historyTypes?: string[]; labelId?: string }): Promise<number> =>
          (await alice.gmail.users.history.list({ userId, startHistoryId, ...wanted })).data.history?.length ?? 0;
        assert.equal(await count({ historyTypes: ["messageDeleted"] }), 0);
        assert.equal(await count({ historyTypes: ["labelAdded"], labelId: "STARRED" }), 2);
      },
    },
    {
      says: "history that is too old is 404",
      check: async ({ alice, sandbox }) => {
        const startHistoryId = await historyId(alice);
        sandbox.expireHistory(alice.email);
        await refused(alice.gmail.users.history.list({ userId, startHistoryId }), 404, "notFound");
      },
    },
    {
      says: "history is kept for at least a week",
      certainty: "setting",
      check: async (google) => {
        const startHistoryId = await historyId(google.alice);
        await send(google.alice, "To: bob@example.com", "Subject: Now");
        const list = (): Promise<{ data: object }> => google.alice.gmail.users.history.list({ userId, startHistoryId });
        google.sandbox.clock.advance(6.9 * 86_400_000);
        assert.ok("history" in (await list()).data);
        google.sandbox.clock.advance(0.2 * 86_400_000);
        await refused(list(), 404, "notFound");
      },
    },
    {
      says: "history ids fill an unsigned 64-bit number",
      source: "https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history",
      check: async (google) => {
        const historyStart = "18446744060000000000";
        const { alice } = await google.open({ seed: { ...usualSeed, gmail: { historyStart } } });
        assert.ok(BigInt(await historyId(alice)) >= BigInt(historyStart));
      },
    },
    {
      says: "watch answers with a history id and its end in a week, and publishes what changes",
      source: push,
      check: async ({ alice, sandbox }) => {
        const { topicName, data } = await watch(alice, sandbox);
        assert.ok(topicName);
        const days = (Number(data.expiration) - sandbox.clock.now()) / 86_400_000;
        assert.ok(days > 6.9 && days <= 7, String(days));
        const before = sandbox.inspect.published(alice.email).length;
        await send(alice, "To: alice@example.com", "Subject: Note");
        const published = sandbox.inspect.published(alice.email);
        assert.ok(published.length > before);
        assert.equal(String(published.at(-1)?.data.historyId), await historyId(alice));
      },
    },
    {
      says: "stop ends what is published",
      source: push,
      check: async ({ alice, sandbox }) => {
        await watch(alice, sandbox);
        await send(alice, "To: alice@example.com", "Subject: Note");
        const before = sandbox.inspect.published(alice.email).length;
        assert.ok(before > 0);
        await alice.gmail.users.stop({ userId });
        await send(alice, "To: alice@example.com", "Subject: Note");
        assert.equal(sandbox.inspect.published(alice.email).length, before);
      },
    },
    {
      says: "who never wrote a signature or an alias has one address to send as, the default one",
      source: settings,
      check: async ({ alice }) => {
        const { data } = await alice.gmail.users.settings.sendAs.list({ userId });
        shows(data.sendAs, [{ sendAsEmail: alice.email, isPrimary: true, isDefault: true }]);
      },
    },
    {
      says: "the vacation reply is off until it is turned on",
      source: "https://developers.google.com/workspace/gmail/api/guides/vacation_settings",
      check: async ({ alice }) => {
        const { data } = await alice.gmail.users.settings.getVacation({ userId });
        shows(data, { enableAutoReply: false });
      },
    },
    {
      says: "a filter labels mails that arrive",
      source: "https://developers.google.com/workspace/gmail/api/guides/filter_settings",
      check: async (google) => {
        const filters = [
          { criteria: { from: "bob@example.com" }, action: { addLabelIds: ["STARRED"], removeLabelIds: ["INBOX"] } },
        ];
        const { alice, bob } = await google.open({
          seed: { users: [{ email: "alice@example.com", mailSettings: { filters } }, { email: "bob@example.com" }] },
        });
        await send(bob, "To: alice@example.com", "Subject: Sorted");
        const { labelIds } = await newest(alice);
        assert.deepEqual([labelIds?.includes("STARRED"), labelIds?.includes("INBOX")], [true, false]);
      },
    },
  ],
};

async function watch(
  { gmail }: Person,
  sandbox: Google["sandbox"],
): Promise<{ topicName: string; data: { expiration?: string | null } }> {
  const { project_id } = sandbox.clientFile()["installed"] as { project_id: string };
  const topicName = `projects/${project_id}/topics/mail`;
  const { data } = await gmail.users.watch({ userId, requestBody: { topicName } });
  return { topicName, data };
}
