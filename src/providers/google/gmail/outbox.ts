import type { Deadline } from "../../../core/deadline.js";
import type { ComposedMail } from "../../../email/compose/compose.js";
import type { SendEntry } from "../../../email/sending/journal.js";
import type { Outbox, PlacedDraft, Sighting } from "../../../email/sending/send-once.js";
import { unlessGone } from "./gone.js";
import { uploadBody } from "./mail-upload.js";
import type { Mailbox } from "./mailbox.js";
import { listPage } from "./messages.js";
import { cost } from "./quota.js";
import { quoted } from "./search-text.js";
import { draft, draftList, message, nothing, sentMessage, thread, type WireMessage } from "./wire.js";

/** A mail to make a draft of. */
export interface OutboxMail {
  readonly compose: (rfcMessageId: string) => ComposedMail;
  /** The conversation that it belongs to. */
  readonly threadId: string | undefined;
}

/**
 * Gmail as what mails are sent by.
 *
 * @param mail - undefined where there is nothing to make a draft of
 * @see https://developers.google.com/workspace/gmail/api/guides/drafts
 */
export function gmailOutbox(mailbox: Mailbox, mail: OutboxMail | undefined, deadline: Deadline): Outbox {
  const { api } = mailbox;
  return {
    async createDraft(rfcMessageId) {
      const composed = mail?.compose(rfcMessageId);
      const media = uploadBody(composed, { message: mail?.threadId === undefined ? {} : { threadId: mail.threadId } });
      return placed(
        await api.upload(
          {
            method: "POST",
            path: "/drafts",
            query: { uploadType: "multipart" },
            media,
            cost: cost["drafts.create"],
            answer: draft,
          },
          deadline,
        ),
      );
    },
    async findDraft(rfcMessageId) {
      const query = { q: `rfc822msgid:${quoted(rfcMessageId)}` };
      const call = { path: "/drafts", query, cost: cost["drafts.list"], answer: draftList };
      const [found] = (await api.call(call, deadline)).drafts ?? [];
      return found && placed(found);
    },
    async sendDraft(draftId) {
      const sent = await api.call(
        { method: "POST", path: "/drafts/send", body: { id: draftId }, cost: cost["drafts.send"], answer: sentMessage },
        deadline,
      );
      return { messageId: sent.id, threadId: sent.threadId };
    },
    look: (entry) => look(mailbox, entry, deadline),
    async discardDraft(draftId) {
      const path = `/drafts/${encodeURIComponent(draftId)}`;
      await api.call({ method: "DELETE", path, cost: cost["drafts.delete"], answer: nothing }, deadline);
    },
  };
}

function placed({ id, message: { threadId } }: { id: string; message: { threadId: string } }): PlacedDraft {
  return { draftId: id, threadId };
}

/** A draft that is there was not sent; when it is gone, the mail that it became is looked for. */
async function look(mailbox: Mailbox, entry: SendEntry, deadline: Deadline): Promise<Sighting> {
  if (await isThere(mailbox, entry.draftId ?? "", deadline)) return { found: "draft" };
  const selection = { search: `rfc822msgid:${quoted(entry.rfcMessageId)}`, labelIds: ["SENT"], includeSpamTrash: true };
  const { items } = await listPage(mailbox, selection, { token: undefined, size: 2 }, deadline);
  const [id] = items;
  const wire = id === undefined ? await sentInThread(mailbox, entry, deadline) : await fetchName(mailbox, id, deadline);
  return wire ? { found: "sent", messageId: wire.id, threadId: wire.threadId } : { found: "nothing" };
}

async function isThere({ api }: Mailbox, draftId: string, deadline: Deadline): Promise<boolean> {
  const path = `/drafts/${encodeURIComponent(draftId)}`;
  const call = { path, query: { format: "minimal" }, cost: cost["drafts.get"], answer: draft };
  return (await unlessGone(api.call(call, deadline))) !== undefined;
}

async function fetchName({ api }: Mailbox, id: string, deadline: Deadline): Promise<WireMessage> {
  const path = `/messages/${encodeURIComponent(id)}`;
  return api.call({ path, query: { format: "minimal" }, cost: cost["messages.get"], answer: message }, deadline);
}

/** Headers that name a mail. Quirk(google): Gmail may give it another Message-ID, and keeps the first one aside. */
const names = ["Message-ID", "X-Google-Original-Message-ID"];

/** A mail stays in its draft's conversation, and is there before the search knows it. */
async function sentInThread(
  { api }: Mailbox,
  { draftThreadId, rfcMessageId }: SendEntry,
  deadline: Deadline,
): Promise<WireMessage | undefined> {
  if (draftThreadId === undefined) return undefined;
  const path = `/threads/${encodeURIComponent(draftThreadId)}`;
  const query = { format: "metadata", metadataHeaders: names };
  const call = { path, query, cost: cost["threads.get"], answer: thread };
  const wire = await unlessGone(api.call(call, deadline));
  return (wire?.messages ?? []).find(
    ({ labelIds = [], payload }) =>
      labelIds.includes("SENT") && (payload?.headers ?? []).some(({ value }) => value.trim() === rfcMessageId),
  );
}
