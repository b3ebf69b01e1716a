import * as z from "zod/mini";

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

const text = z.optional(z.string());
const count = z.optional(z.number());

const part: z.ZodMiniType<WirePart> = z.object({
  partId: text,
  mimeType: text,
  filename: text,
  headers: z.optional(z.array(z.object({ name: z.string(), value: z.string() }))),
  body: z.optional(z.object({ attachmentId: text, size: count, data: text })),
  get parts() {
    return z.optional(z.array(part));
  },
});

export const message: z.ZodMiniType<WireMessage> = z.object({
  id: z.string(),
  threadId: z.string(),
  labelIds: z.optional(z.array(z.string())),
  snippet: text,
  internalDate: z.string(),
  sizeEstimate: count,
  payload: z.optional(part),
});

export const messageList: z.ZodMiniType<WireMessageList> = z.object({
  messages: z.optional(z.array(z.object({ id: z.string() }))),
  nextPageToken: text,
  resultSizeEstimate: count,
});

export const attachment: z.ZodMiniType<{ data: string }> = z.object({ data: z.string() });

export const label: z.ZodMiniType<WireLabel> = z.object({
  id: z.string(),
  name: z.string(),
  type: text,
  messagesTotal: count,
  messagesUnread: count,
});

export const labelList: z.ZodMiniType<{ labels?: WireLabel[] | undefined }> = z.object({
  labels: z.optional(z.array(label)),
});

export const profile: z.ZodMiniType<WireProfile> = z.object({
  emailAddress: z.string(),
  messagesTotal: z.number(),
  threadsTotal: z.number(),
});
