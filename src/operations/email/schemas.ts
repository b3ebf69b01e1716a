import * as v from "valibot";
import type { ChangePage } from "../../core/change-page.js";
import type {
  Attachment,
  Email,
  EmailAddress,
  EmailChange,
  EmailFolder,
  EmailSearchResult,
  EmailStats,
  EmailThread,
  EmailThreadPage,
  RemovedContent,
} from "../../email/models.js";
import type { EmailDraft, EmailDraftPage, SendResult } from "../../email/outgoing.js";

/** An object of which TypeScript notices when it has another field than its model. */
type FieldsOf<Model> = Record<keyof Model, v.GenericSchema>;

const text = v.string();
const maybeText = v.exactOptional(text);
const texts = v.array(text);
const count = v.number();
const flag = v.boolean();

const address = v.object({ name: maybeText, address: text } satisfies FieldsOf<EmailAddress>);
const people = v.array(address);

/** A file in a mail. */
export const attachment: v.GenericSchema<unknown, Attachment> = v.object({
  id: text,
  filename: text,
  mimeType: text,
  type: v.picklist(["document", "image", "audio", "video", "archive", "other"]),
  sizeBytes: count,
  inline: flag,
  contentId: maybeText,
} satisfies FieldsOf<Attachment>);

/** A mail. */
export const email: v.GenericSchema<unknown, Email> = v.object({
  ...{ id: text, threadId: text, messageId: maybeText, inReplyTo: maybeText, references: texts },
  ...{ from: v.exactOptional(address), to: people, cc: people, bcc: people, replyTo: people },
  ...{ subject: text, snippet: text, receivedAt: text, sentAt: maybeText },
  ...{ bodyText: maybeText, bodyHtml: maybeText, labels: texts },
  status: v.picklist(["unread", "read", "replied", "forwarded", "draft", "sent", "deleted"]),
  priority: v.picklist(["low", "normal", "high", "urgent"]),
  ...{ unread: flag, starred: flag, important: flag },
  removed: v.exactOptional(v.object({ hiddenTexts: count, trackingPixels: count } satisfies FieldsOf<RemovedContent>)),
  attachments: v.exactOptional(v.array(attachment)),
  sizeBytes: count,
} satisfies FieldsOf<Email>);

/** A conversation. */
export const thread: v.GenericSchema<unknown, EmailThread> = v.object({
  ...{ id: text, subject: text, participants: people, emails: v.array(email) },
  ...{ unreadCount: count, lastReceivedAt: text, labels: texts, snippet: text },
} satisfies FieldsOf<EmailThread>);

/** A folder or label. */
export const folder: v.GenericSchema<unknown, EmailFolder> = v.object({
  ...{ id: text, name: text, kind: v.picklist(["system", "label"]) },
  ...{ totalMessages: count, unreadMessages: count },
} satisfies FieldsOf<EmailFolder>);

/** A mail that was not sent yet. */
export const draft: v.GenericSchema<unknown, EmailDraft> = v.object({ id: text, email } satisfies FieldsOf<EmailDraft>);

/** One page of mails. */
export const searchResult: v.GenericSchema<unknown, EmailSearchResult> = v.object({
  ...{ emails: v.array(email), cursor: maybeText, estimatedTotal: v.exactOptional(count) },
} satisfies FieldsOf<EmailSearchResult>);

/** One page of conversations. */
export const threadPage: v.GenericSchema<unknown, EmailThreadPage> = v.object({
  ...{ threads: v.array(thread), cursor: maybeText, estimatedTotal: v.exactOptional(count) },
} satisfies FieldsOf<EmailThreadPage>);

/** One page of drafts. */
export const draftPage: v.GenericSchema<unknown, EmailDraftPage> = v.object({
  ...{ drafts: v.array(draft), cursor: maybeText },
} satisfies FieldsOf<EmailDraftPage>);

const change = v.object({
  ...{ type: v.picklist(["added", "removed", "relabelled"]), id: text, threadId: text, labels: v.exactOptional(texts) },
} satisfies FieldsOf<EmailChange>);

/** What changed since a cursor. */
export const changePage: v.GenericSchema<unknown, ChangePage<EmailChange>> = v.object({
  ...{ changes: v.array(change), cursor: text, hasMore: flag, reset: flag },
} satisfies FieldsOf<ChangePage<EmailChange>>);

/** What an account holds. */
export const stats: v.GenericSchema<unknown, EmailStats> = v.object({
  ...{ address: text, unreadCount: count, totalMessages: count, totalThreads: count, folders: v.array(folder) },
} satisfies FieldsOf<EmailStats>);

/** What became of sending a mail. */
export const sendResult: v.GenericSchema<unknown, SendResult> = v.object({
  ...{ sendId: text, outcome: v.picklist(["sent", "unknown", "not_sent"]) },
  ...{ messageId: maybeText, threadId: maybeText },
} satisfies FieldsOf<SendResult>);
