import type { TimeRange } from "../../calendar/models.js";
import { given } from "../../core/given.js";
import { withDayOffset } from "../../core/zoned-time.js";
import type { GivenFields } from "../fields.js";
import { wrongInput } from "../wrong-input.js";

/** What says which range is meant. */
export interface RangeFields {
  from: string;
  to: string;
  timeZone: string;
}

/** A range of which at least an end was given. */
export interface AskedRange {
  start: string;
  end: string;
  timeZone?: string;
}

/** From a time, default today, to another one, default so many days later. @throws RequestError `request.invalid` */
export function rangeOf({ from = "today", to, timeZone }: GivenFields<RangeFields>, days: number): AskedRange {
  return { start: from, end: to ?? daysLater(from, days), ...given({ timeZone }) };
}

/** The range that was given; undefined when neither end of it was, for the client's own. */
export function rangeIfGiven(
  { from, to, timeZone }: GivenFields<RangeFields>,
  usual: { readonly start: string; readonly end: string },
): TimeRange | undefined {
  if (from === undefined && to === undefined) return undefined;
  return { start: from ?? usual.start, end: to ?? usual.end, ...given({ timeZone }) };
}

/**
 * The same time of day some days later, in the same words.
 *
 * @param time - one that says its day first, as all do that callers may give
 * @throws RequestError `request.invalid` for a date that does not exist
 */
export function daysLater(time: string, days: number): string {
  const from = withDayOffset(time.trim());
  const [said = "", offset = "0", year, month, day] = dayFirst.exec(from) ?? [];
  const rest = from.slice(said.length);
  if (year === undefined) return `${fromToday(Number(offset) + days)}${rest}`;
  const epochMs = Date.parse(`${year}-${month ?? ""}-${day ?? ""}T00:00:00Z`);
  if (Number.isNaN(epochMs)) throw wrongInput("from", `names ${said.trim()}, which is no date`);
  return `${new Date(epochMs + days * 86_400_000).toISOString().slice(0, 10)}${rest}`;
}

const dayFirst = /^(?:today([+-]\d+)?|(\d{4})-?(\d{2})-?(\d{2}))/i;

function fromToday(days: number): string {
  if (days === 0) return "today";
  return days > 0 ? `today+${days}` : `today${days}`;
}
