import * as v from "valibot";
import { instantInput, requireInput } from "../core/input.js";
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

/** A search as it may be given. @throws RequestError `request.invalid` naming the field */
export function requireSearchQuery(query: string | EmailSearchQuery): string | EmailSearchQuery {
  return requireInput(typeof query === "string" ? v.string() : v.strictObject(fields), query, "search");
}
