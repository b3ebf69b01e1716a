import { integrationError } from "../../../core/errors.js";
import type { ZonedTime } from "../../../core/zoned-time.js";
import type { EmailSearchQuery } from "../../../email/models.js";

/** What Gmail reads as more than a word: such values are put in quotes. */
const special = /[\s:(){}"'|]|^[-+]|^(OR|AND|AROUND)$/i;

/**
 * A search by fields in Gmail's search language; the folder is not part of it.
 *
 * @param timeZone - of dates and times without an offset
 * @throws RequestError `request.invalid` naming the field
 * @see https://support.google.com/mail/answer/7190
 */
export function toGmailSearch(query: EmailSearchQuery, time: ZonedTime, timeZone: string): string {
  const terms = [
    ...words(query.text),
    ...operator("from", query.from),
    ...operator("to", query.to),
    ...operator("cc", query.cc),
    ...operator("subject", query.subject),
    ...operator("filename", query.filename),
    ...operator("rfc822msgid", query.messageId),
    ...flag("is:unread", query.unread),
    ...flag("is:starred", query.starred),
    ...flag("is:important", query.important),
    ...flag("has:attachment", query.hasAttachment),
    ...bound("after", query.after, time, timeZone),
    ...bound("before", query.before, time, timeZone),
    ...size("largerThanBytes", "larger", query.largerThanBytes),
    ...size("smallerThanBytes", "smaller", query.smallerThanBytes),
  ];
  return terms.join(" ");
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(/\s+/).filter(Boolean).map(quoted);
}

function operator(name: string, value: string | undefined): string[] {
  return value === undefined || value.trim() === "" ? [] : [`${name}:${quoted(value.trim())}`];
}

function flag(term: string, wanted: boolean | undefined): string[] {
  if (wanted === undefined) return [];
  return [wanted ? term : `-${term}`];
}

/** Gmail has no way to write a quotation mark inside quotes; it ignores them in its index as well. */
function quoted(value: string): string {
  return special.test(value) ? `"${value.replace(/["\s]+/g, " ").trim()}"` : value;
}

function bound(
  name: "after" | "before",
  value: EmailSearchQuery["after"],
  time: ZonedTime,
  timeZone: string,
): string[] {
  if (value === undefined) return [];
  const moment = time.moment(value, timeZone);
  const epochMs = moment.kind === "date" ? time.startOfDay(moment.date, timeZone) : moment.epochMs;
  return [`${name}:${searchSeconds(epochMs)}`];
}

/**
 * A moment in a search, in seconds since the epoch: a date would be midnight in California.
 * Quirk(google): eight digits are read as a date, so nothing before nine is written; no mail is that old.
 */
export function searchSeconds(epochMs: number): number {
  return Math.max(100_000_000, Math.floor(epochMs / 1000));
}

function size(field: string, name: string, bytes: number | undefined): string[] {
  if (bytes === undefined) return [];
  if (Number.isSafeInteger(bytes) && bytes >= 0) return [`${name}:${bytes}`];
  throw integrationError("request.invalid", {
    message: `${field} is ${bytes}, which is no number of bytes.`,
    hint: `Give ${field} as a whole number from 0.`,
  });
}
