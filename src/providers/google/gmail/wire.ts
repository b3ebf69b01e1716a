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

interface WireMessageList {
  messages?: { id: string }[] | undefined;
  nextPageToken?: string | undefined;
  resultSizeEstimate?: number | undefined;
}

interface WireProfile {
  emailAddress: string;
  messagesTotal: number;
  threadsTotal: number;
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
});
