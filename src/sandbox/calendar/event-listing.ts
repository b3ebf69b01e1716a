import type { Temporal as TemporalTypes } from "temporal-polyfill";
import type { CalendarAccess } from "./calendars.js";
import { always, type ViewOptions } from "./event-parameters.js";
import type { PlacedEvent, TimeSpan } from "./event-store.js";
import { conceal, isCancelled, isConcealed, showEvent, showGone, showOccurrence } from "./event-view.js";
import { hasOccurrence, occurrencesBetween, type Occurrence } from "./recurrence.js";
import { isSeries, type EventCopy } from "./stored-event.js";
import { readTime, toMs } from "./time.js";

/** An event, or a date of a series, before it is shown. */
export interface Listed {
  readonly copy: EventCopy;
  /** Of a series, when it is about one date that is as the series says, or said. */
  readonly occurrence?: Occurrence;
  /** Whether it is no more. */
  readonly gone: boolean;
  readonly startMs: number;
  readonly endMs: number;
  readonly order: number;
}

/** What is looked through. */
export interface ListingOptions {
  readonly Temporal: typeof TemporalTypes;
  readonly access: CalendarAccess;
  readonly span: TimeSpan;
  /** Whether series are shown by their dates. */
  readonly expand: boolean;
  readonly nowMs: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const yearMs = 366 * dayMs;
/** Unsure(google): how far a series without an end is expanded for those who name none either. */
const yearsAhead = 3;
/** However far somebody asks. */
const mostYears = 50;

/** Everything of a calendar that touches a span, in the order in which it came, also what is no more. */
export async function eventsBetween(options: ListingOptions): Promise<Listed[]> {
  const { Temporal, access, span, expand } = options;
  const { entries, properties } = access.calendar;
  const listed: Listed[] = [];
  for (const placed of entries.placed(Temporal, properties.timeZone)) {
    const { copy } = placed;
    if (!isSeries(copy.shared)) {
      if (placed.toLimitMs > span.fromMs && placed.fromMs < span.toLimitMs) listed.push(once(placed));
    } else if (expand) {
      listed.push(...(await datesOf(placed, options)));
    } else if (span === always || (await hasOccurrence(Temporal, copy, properties.timeZone, span))) {
      listed.push(once(placed));
    }
  }
  return listed;
}

/** What of a calendar is another than it was after a change, also dates of a series that it has no more. */
export async function eventsSince(change: number, options: ListingOptions): Promise<Listed[]> {
  const { Temporal, access, expand } = options;
  const { entries, properties } = access.calendar;
  const listed: Listed[] = [];
  for (const placed of entries.placed(Temporal, properties.timeZone)) {
    const { copy } = placed;
    if (copy.etag <= change) continue;
    const now = expand && isSeries(copy.shared) ? await datesOf(placed, options) : [once(placed)];
    const former = expand ? await formerDatesOf(placed, change, options) : [];
    const known = new Set(now.map(idOf));
    listed.push(...now, ...former.filter((each) => !known.has(idOf(each))));
    if (!isCancelled(copy)) continue;
    for (const each of expand ? exceptionsOf(copy, options) : []) if (!(each.copy.etag > change)) listed.push(each);
  }
  return listed.sort((a, b) => a.copy.etag - b.copy.etag || a.order - b.order || a.startMs - b.startMs);
}

/** The dates of a series that touch a span, without those that differ from it: these are events of their own. */
export async function datesOf(placed: PlacedEvent, options: ListingOptions): Promise<Listed[]> {
  const { copy, order } = placed;
  const { calendar } = options.access;
  const found = await occurrencesBetween(
    options.Temporal,
    copy,
    calendar.properties.timeZone,
    bounded(placed.fromMs, options),
  );
  const gone = isCancelled(copy);
  return found
    .filter(({ id }) => !calendar.entries.has(id))
    .map((occurrence) => ({ copy, occurrence, gone, order, startMs: occurrence.startMs, endMs: occurrence.endMs }));
}

/** The dates of a series that differ from it and touch a span. */
export function exceptionsOf(series: EventCopy, { Temporal, access, span }: ListingOptions): Listed[] {
  const { entries, properties } = access.calendar;
  return [...entries.placed(Temporal, properties.timeZone)]
    .filter(({ copy }) => copy.shared.series === series.shared)
    .filter(({ fromMs, toLimitMs }) => toLimitMs > span.fromMs && fromMs < span.toLimitMs)
    .map(once);
}

async function formerDatesOf(placed: PlacedEvent, change: number, options: ListingOptions): Promise<Listed[]> {
  const { copy, order, fromMs: startMs, toLimitMs: endMs } = placed;
  const { Temporal, access } = options;
  const { calendar } = access;
  const { timeZone } = calendar.properties;
  const listed: Listed[] = [];
  for (const { fields } of calendar.entries.formerOf(copy, change)) {
    if (!Array.isArray(fields["recurrence"])) {
      // It happened once, and is a series now.
      if (isSeries(copy.shared)) listed.push({ copy, gone: true, order, startMs, endMs });
      continue;
    }
    const firstMs = toMs(Temporal, readTime(fields["start"], "start"), timeZone);
    const dates = await occurrencesBetween(Temporal, copy, timeZone, bounded(firstMs, options), fields);
    for (const occurrence of dates) {
      if (calendar.entries.has(occurrence.id)) continue;
      listed.push({ copy, occurrence, gone: true, order, startMs: occurrence.startMs, endMs: occurrence.endMs });
    }
  }
  return [...new Map(listed.map((each) => [idOf(each), each])).values()];
}

/** Of a span, where dates of a series that begins at a moment can be and are shown. */
function bounded(firstMs: number, { span, nowMs }: ListingOptions): TimeSpan {
  const fromMs = Math.max(span.fromMs, firstMs - yearMs); // there may be an RDATE before the first date
  const today = Math.ceil(nowMs / dayMs) * dayMs;
  const endless = span.toLimitMs === always.toLimitMs;
  const endMs = endless ? Math.max(fromMs, today) + yearsAhead * yearMs : fromMs + mostYears * yearMs;
  return { fromMs, toLimitMs: Math.min(span.toLimitMs, endMs) };
}

function once({ copy, order, fromMs, toLimitMs }: PlacedEvent): Listed {
  return { copy, order, gone: isCancelled(copy), startMs: fromMs, endMs: toLimitMs };
}

function idOf({ copy, occurrence }: Listed): string {
  return occurrence?.id ?? copy.id;
}

/**
 * What is listed, as Google shows it to somebody.
 *
 * @param details - whether also what is no more is shown with all that is known of it
 */
export function showListed(
  { copy, occurrence, gone }: Listed,
  access: CalendarAccess,
  { details, ...view }: ViewOptions & { readonly details: boolean },
): Record<string, unknown> {
  const json = occurrence ? showOccurrence(copy, access, occurrence, view) : showEvent(copy, access, view);
  const shown = isConcealed(copy, access) ? conceal(json) : json;
  if (!gone) return shown;
  return details ? { ...shown, status: "cancelled" } : showGone(shown);
}
