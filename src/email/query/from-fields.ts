import { integrationError } from "../../core/errors.js";
import type { ZonedTime } from "../../core/zoned-time.js";
import type { EmailSearchQuery } from "../models.js";
import { allOf, type EmailFlag, type EmailQuery, type QueryHeader } from "./ast.js";

/**
 * A search by fields as the same tree that a search text gives.
 *
 * @param timeZone - of dates and times without an offset
 * @throws RequestError `request.invalid` naming the field
 */
export function queryFromFields(fields: EmailSearchQuery, time: ZonedTime, timeZone: string): EmailQuery {
  return allOf([
    ...words(fields.text),
    ...header("from", fields.from),
    ...header("to", fields.to),
    ...header("cc", fields.cc),
    ...header("subject", fields.subject),
    ...header("messageId", fields.messageId),
    ...filled(fields.folder).map((value): EmailQuery => ({ kind: "folder", value })),
    ...filled(fields.filename).map((value): EmailQuery => ({ kind: "filename", value })),
    ...flag("unread", fields.unread),
    ...flag("starred", fields.starred),
    ...flag("important", fields.important),
    ...negatable({ kind: "has", value: "attachment" }, fields.hasAttachment),
    ...bound("after", fields.after, time, timeZone),
    ...bound("before", fields.before, time, timeZone),
    ...size("larger", "largerThanBytes", fields.largerThanBytes),
    ...size("smaller", "smallerThanBytes", fields.smallerThanBytes),
  ]);
}

function words(text: string | undefined): EmailQuery[] {
  return (text ?? "")
    .split(/\s+/)
    .filter(Boolean)
    .map((value) => ({ kind: "text", value }));
}

function filled(value: string | undefined): string[] {
  return value === undefined || value.trim() === "" ? [] : [value.trim()];
}

function header(name: QueryHeader, value: string | undefined): EmailQuery[] {
  return filled(value).map((text) => ({ kind: "header", name, value: text }));
}

function flag(value: EmailFlag, wanted: boolean | undefined): EmailQuery[] {
  return negatable({ kind: "is", value }, wanted);
}

function negatable(term: EmailQuery, wanted: boolean | undefined): EmailQuery[] {
  if (wanted === undefined) return [];
  return [wanted ? term : { kind: "not", term }];
}

function bound(
  name: "after" | "before",
  value: EmailSearchQuery["after"],
  time: ZonedTime,
  timeZone: string,
): EmailQuery[] {
  if (value === undefined) return [];
  const moment = time.moment(value, timeZone);
  const when = moment.kind === "date" ? { date: moment.date } : { epochMs: moment.epochMs };
  return [{ kind: "received", bound: name, time: when }];
}

function size(name: "larger" | "smaller", field: string, bytes: number | undefined): EmailQuery[] {
  if (bytes === undefined) return [];
  if (Number.isSafeInteger(bytes) && bytes >= 0) return [{ kind: "size", bound: name, bytes }];
  throw integrationError("request.invalid", {
    message: `${field} is ${bytes}, which is no number of bytes.`,
    hint: `Give ${field} as a whole number from 0.`,
  });
}
