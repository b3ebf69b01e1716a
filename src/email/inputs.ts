import * as v from "valibot";
import { callOptions, instantInput, requireInput } from "../core/input.js";
import type { emailClientShape, SearchInput } from "./client.js";
import type { EmailSearchQuery, EmailUpdate } from "./models.js";
import type { OutgoingAttachment, OutgoingEmail } from "./outgoing.js";

const text = v.optional(v.string());
const flag = v.optional(v.boolean());
const time = v.optional(instantInput);
const size = v.optional(v.number());

const searchFields: Record<keyof EmailSearchQuery, v.GenericSchema> = {
  ...{ text, from: text, to: text, cc: text, subject: text, folder: text, filename: text, messageId: text },
  ...{ unread: flag, starred: flag, important: flag, hasAttachment: flag },
  ...{ after: time, before: time, largerThanBytes: size, smallerThanBytes: size },
};

const names = v.optional(v.array(v.string()));
const updateFields: Record<keyof EmailUpdate, v.GenericSchema> = {
  ...{ addLabels: names, removeLabels: names, folder: text },
  ...{ read: flag, starred: flag, important: flag },
};

const address = v.union([v.string(), v.strictObject({ name: text, address: v.string() })]);
const people = v.optional(v.union([address, v.array(address)]));
const isContent = (value: unknown): boolean =>
  typeof value === "string" || value instanceof Uint8Array || value instanceof ReadableStream;
const fileFields = { filename: text, mimeType: text, contentId: text };
const file: v.GenericSchema<unknown, OutgoingAttachment> = v.union([
  v.strictObject({ ...fileFields, path: v.string() }),
  v.strictObject({ ...fileFields, content: v.custom<string>(isContent) }),
]) as v.GenericSchema<unknown, OutgoingAttachment>;
const messageFields: Record<keyof OutgoingEmail, v.GenericSchema> = {
  ...{ to: people, cc: people, bcc: people, from: v.optional(address), replyTo: people },
  ...{ subject: text, text, html: text, attachments: v.optional(v.array(file)) },
  priority: v.optional(v.picklist(["low", "normal", "high", "urgent"])),
  headers: v.optional(v.record(v.string(), v.string())),
};
const replyFields = { ...messageFields, subject: v.optional(v.never()) };

const call = v.strictObject(callOptions);
const reading = { ...callOptions, includeBody: flag };
const paging = { ...reading, limit: size, cursor: text };
const writing = { ...callOptions, dryRun: flag };
const sending = { ...writing, idempotencyKey: text };
const write = v.strictObject(writing);
const send = v.strictObject(sending);

/** The options of each method, as they may be given. */
export const emailOptions: Readonly<Record<keyof typeof emailClientShape, v.GenericSchema>> = {
  connect: call,
  getRecentEmails: v.strictObject({ ...reading, folder: text, days: size, count: size }),
  getEmails: v.strictObject({ ...reading, folder: text, limit: size, sinceDays: size }),
  searchEmails: v.strictObject(paging),
  iterateEmails: v.strictObject(reading),
  getEmail: v.strictObject(reading),
  getThread: v.strictObject(reading),
  listThreads: v.strictObject(paging),
  getAccountInfo: call,
  listFolders: call,
  downloadAttachment: call,
  saveAttachment: call,
  getChanges: call,
  sendEmail: send,
  replyToEmail: v.strictObject({ ...sending, all: flag }),
  forwardEmail: send,
  settleSend: call,
  createDraft: write,
  updateDraft: write,
  listDrafts: v.strictObject(paging),
  sendDraft: send,
  deleteDraft: write,
  updateEmails: write,
  trashEmails: write,
  untrashEmails: write,
  deleteEmails: write,
  createFolder: write,
  renameFolder: write,
  deleteFolder: write,
};

/** A search as it may be given. @throws RequestError `request.invalid` naming the field */
export function requireSearchQuery(query: SearchInput): SearchInput {
  return requireInput(typeof query === "string" ? v.string() : v.strictObject(searchFields), query, "search");
}

/** A mail as it may be given. @throws RequestError `request.invalid` naming the field */
export function requireMessage<T extends object>(message: T): T {
  return requireInput(v.strictObject(messageFields), message, "mail");
}

/** What is written above a mail that is answered or passed on. @throws RequestError `request.invalid` naming the field */
export function requireReply<T extends object>(message: T): T {
  return requireInput(v.strictObject(replyFields), message, "mail");
}

/** An update as it may be given. @throws RequestError `request.invalid` naming the field */
export function requireUpdate(changes: EmailUpdate): EmailUpdate {
  return requireInput(v.strictObject(updateFields), changes, "change");
}

/** A text argument. @throws RequestError `request.invalid` */
export function requireString(value: string, what: string): string {
  return requireInput(v.string(), value, what);
}

/** Any number of ids. @throws RequestError `request.invalid` */
export function requireList(ids: readonly string[]): readonly string[] {
  return requireInput(v.array(v.string()), ids, "list of ids");
}
