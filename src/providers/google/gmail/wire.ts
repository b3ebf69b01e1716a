import * as v from "valibot";

/** What is read of Gmail's answers: tolerant of whatever else they hold. */

/** A MIME part as Gmail shows it; its parts have the same shape. */
export interface WirePart {
  /** Empty at the top of a message. */
  partId?: string | undefined;
  mimeType?: string | undefined;
  filename?: string | undefined;
  headers?: { name: string; value: string }[] | undefined;
  /** Small contents come along in base64url, large ones and files behind an id. */
  body?: { attachmentId?: string | undefined; size?: number | undefined; data?: string | undefined } | undefined;
  parts?: WirePart[] | undefined;
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages */
export interface WireMessage {
  id: string;
  threadId: string;
  labelIds?: string[] | undefined;
  snippet?: string | undefined;
  /** Milliseconds since the epoch, as text. */
  internalDate: string;
  sizeEstimate?: number | undefined;
  payload?: WirePart | undefined;
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels */
export interface WireLabel {
  id: string;
  name: string;
  type?: string | undefined;
  messagesTotal?: number | undefined;
  messagesUnread?: number | undefined;
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads */
export interface WireThread {
  id: string;
  messages?: WireMessage[] | undefined;
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts */
export interface WireDraft {
  id: string;
  message: { id: string; threadId: string };
}

/** What happened to one message; its labels are those after it. */
export interface WireHistoryMessage {
  message: { id: string; threadId: string; labelIds?: string[] | undefined };
  /** The labels that it got or lost. */
  labelIds?: string[] | undefined;
}

/** @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list */
export interface WireHistory {
  id: string;
  messagesAdded?: WireHistoryMessage[] | undefined;
  messagesDeleted?: WireHistoryMessage[] | undefined;
  labelsAdded?: WireHistoryMessage[] | undefined;
  labelsRemoved?: WireHistoryMessage[] | undefined;
}

/** An address that the account may send from. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs */
export interface WireSendAs {
  sendAsEmail: string;
  displayName?: string | undefined;
  replyToAddress?: string | undefined;
  isPrimary?: boolean | undefined;
  isDefault?: boolean | undefined;
  verificationStatus?: string | undefined;
}

interface WireMessageList {
  messages?: { id: string }[] | undefined;
  nextPageToken?: string | undefined;
  resultSizeEstimate?: number | undefined;
}

interface WireThreadList {
  threads?: { id: string }[] | undefined;
  nextPageToken?: string | undefined;
  resultSizeEstimate?: number | undefined;
}

interface WireHistoryList {
  history?: WireHistory[] | undefined;
  nextPageToken?: string | undefined;
  /** The mailbox's state now. */
  historyId: string;
}

interface WireDraftList {
  drafts?: WireDraft[] | undefined;
  nextPageToken?: string | undefined;
}

interface WireProfile {
  emailAddress: string;
  messagesTotal: number;
  threadsTotal: number;
  /** The mailbox's state, to ask what changed after it. */
  historyId: string;
}

const text = v.optional(v.string());
const count = v.optional(v.number());

const part: v.GenericSchema<unknown, WirePart> = v.object({
  partId: text,
  mimeType: text,
  filename: text,
  headers: v.optional(v.array(v.object({ name: v.string(), value: v.string() }))),
  body: v.optional(v.object({ attachmentId: text, size: count, data: text })),
  parts: v.optional(v.array(v.lazy(() => part))),
});

/** users.messages.get, in any format. */
export const message: v.GenericSchema<unknown, WireMessage> = v.object({
  id: v.string(),
  threadId: v.string(),
  labelIds: v.optional(v.array(v.string())),
  snippet: text,
  internalDate: v.string(),
  sizeEstimate: count,
  payload: v.optional(part),
});

/** One page of users.messages.list. */
export const messageList: v.GenericSchema<unknown, WireMessageList> = v.object({
  messages: v.optional(v.array(v.object({ id: v.string() }))),
  nextPageToken: text,
  resultSizeEstimate: count,
});

/** users.messages.attachments.get: contents in base64url. */
export const attachment: v.GenericSchema<unknown, { data: string }> = v.object({ data: v.string() });

/** users.labels.get. */
export const label: v.GenericSchema<unknown, WireLabel> = v.object({
  id: v.string(),
  name: v.string(),
  type: text,
  messagesTotal: count,
  messagesUnread: count,
});

/** users.labels.list. */
export const labelList: v.GenericSchema<unknown, { labels?: WireLabel[] | undefined }> = v.object({
  labels: v.optional(v.array(label)),
});

/** users.getProfile. */
export const profile: v.GenericSchema<unknown, WireProfile> = v.object({
  emailAddress: v.string(),
  messagesTotal: v.number(),
  threadsTotal: v.number(),
  historyId: v.string(),
});

/** One page of users.threads.list. */
export const threadList: v.GenericSchema<unknown, WireThreadList> = v.object({
  threads: v.optional(v.array(v.object({ id: v.string() }))),
  nextPageToken: text,
  resultSizeEstimate: count,
});

/** users.threads.get. */
export const thread: v.GenericSchema<unknown, WireThread> = v.object({
  id: v.string(),
  messages: v.optional(v.array(message)),
});

const changed = v.optional(
  v.array(
    v.object({
      message: v.object({ id: v.string(), threadId: v.string(), labelIds: v.optional(v.array(v.string())) }),
      labelIds: v.optional(v.array(v.string())),
    }),
  ),
);

/** One page of users.history.list. */
export const historyList: v.GenericSchema<unknown, WireHistoryList> = v.object({
  history: v.optional(
    v.array(
      v.object({
        id: v.string(),
        messagesAdded: changed,
        messagesDeleted: changed,
        labelsAdded: changed,
        labelsRemoved: changed,
      }),
    ),
  ),
  nextPageToken: text,
  historyId: v.string(),
});

const messageName = v.object({ id: v.string(), threadId: v.string() });

/** users.drafts.create, update and get without content. */
export const draft: v.GenericSchema<unknown, WireDraft> = v.object({ id: v.string(), message: messageName });

/** One page of users.drafts.list. */
export const draftList: v.GenericSchema<unknown, WireDraftList> = v.object({
  drafts: v.optional(v.array(v.object({ id: v.string(), message: messageName }))),
  nextPageToken: text,
});

/** users.drafts.send: the mail that was sent. */
export const sentMessage: v.GenericSchema<unknown, { id: string; threadId: string }> = messageName;

/** users.settings.sendAs.list. */
export const sendAsList: v.GenericSchema<unknown, { sendAs?: WireSendAs[] | undefined }> = v.object({
  sendAs: v.optional(
    v.array(
      v.object({
        sendAsEmail: v.string(),
        displayName: text,
        replyToAddress: text,
        isPrimary: v.optional(v.boolean()),
        isDefault: v.optional(v.boolean()),
        verificationStatus: text,
      }),
    ),
  ),
});

/** Answers with nothing in them. */
export const nothing: v.GenericSchema<unknown, unknown> = v.unknown();
