import * as v from "valibot";
import { callOptions, instantInput, requireInput } from "../core/input.js";
import type { emailClientShape } from "./client.js";
import type { EmailSearchQuery } from "./models.js";

const text = v.optional(v.string());
const flag = v.optional(v.boolean());
const time = v.optional(instantInput);
const size = v.optional(v.number());

const fields: Record<keyof EmailSearchQuery, v.GenericSchema> = {
  ...{ text, from: text, to: text, cc: text, subject: text, folder: text, filename: text, messageId: text },
  ...{ unread: flag, starred: flag, important: flag, hasAttachment: flag },
  ...{ after: time, before: time, largerThanBytes: size, smallerThanBytes: size },
};

const call = v.strictObject(callOptions);
const reading = { ...callOptions, includeBody: flag };

/** The options of each method, as they may be given. */
export const emailOptions: Readonly<Record<keyof typeof emailClientShape, v.GenericSchema>> = {
  connect: call,
  getRecentEmails: v.strictObject({ ...reading, folder: text, days: size, count: size }),
  getEmails: v.strictObject({ ...reading, folder: text, limit: size, sinceDays: size }),
  searchEmails: v.strictObject({ ...reading, limit: size, cursor: text }),
  iterateEmails: v.strictObject(reading),
  getEmail: v.strictObject(reading),
  getAccountInfo: call,
  downloadAttachment: call,
};

/** A search as it may be given. @throws RequestError `request.invalid` naming the field */
export function requireSearchQuery(query: string | EmailSearchQuery): string | EmailSearchQuery {
  return requireInput(typeof query === "string" ? v.string() : v.strictObject(fields), query, "search");
}
