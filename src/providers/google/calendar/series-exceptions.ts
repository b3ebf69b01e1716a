import { isDeepStrictEqual } from "node:util";
import { allItems, collect } from "../../../core/pages.js";
import { lengthMs, spanFrom } from "../../../calendar/changed-times.js";
import { epochMsOf, type EventMoment, type EventSpan } from "../../../calendar/event-times.js";
import { writeLine } from "../../../calendar/recurrence/lines.js";
import { expandSeries } from "../../../calendar/recurrence/series.js";
import { stampOfMoment } from "../../../calendar/recurrence/stamps.js";
import { toMoment, type TimeView } from "./map-event.js";
import { seriesOf, spanOf } from "./raw-event.js";
import { rewrite } from "./rewriting.js";
import { eventsPath } from "./read-calendars.js";
import { rawEventList, type RawAttendee, type RawEvent } from "./wire.js";
import { deleteRaw, readRaw, type Writer } from "./writing.js";

/** An occurrence that is not as its series says, or that was cancelled. */
export interface Exception {
  readonly event: RawEvent;
  /** When the series has it. */
  readonly original: EventMoment;
}

/**
 * The exceptions of a series, the cancelled ones too; without those whose date it has no more since it was moved, which
 * Google still lists.
 *
 * @see https://developers.google.com/workspace/calendar/api/guides/recurringevents
 */
export async function readExceptions(
  { calendars, deadline }: Writer,
  calendarId: string,
  series: RawEvent,
  view: TimeView,
): Promise<Exception[]> {
  const path = eventsPath(calendarId);
  const events = allItems(async (pageToken) => {
    const query = { iCalUID: series.iCalUID, showDeleted: true, maxResults: 2500, pageToken };
    const page = await calendars.api.call({ path, query, answer: rawEventList }, deadline);
    return { items: page.items ?? [], next: page.nextPageToken };
  });
  const exceptions: Exception[] = [];
  for (const event of await collect(events)) {
    if (event.recurringEventId !== series.id) continue;
    const original = toMoment(event.originalStartTime, view);
    if (event.status === "cancelled" && !(await hasDate(series, original, view))) continue;
    exceptions.push({ event, original });
  }
  return exceptions;
}

/** A series that is taken over by another one, or by itself as it is afterwards. */
interface Succession {
  readonly calendarId: string;
  readonly before: RawEvent;
  readonly after: RawEvent;
  /** When the new one has what the old one had at some time. */
  readonly newOriginal: (original: EventMoment) => EventMoment;
  /** Id of the occurrence that the change names: it changes with the series also where it had something for itself. */
  readonly named: string | undefined;
  readonly view: TimeView;
}

/**
 * Lets exceptions of a series be exceptions of the one that takes its place: what they have for themselves stays, what
 * they had in common with the old series they now have in common with the new one. One whose date the new series does not
 * have is gone. Nobody is written to: the guests were told of the series.
 */
export async function carryOver(
  writer: Writer,
  exceptions: readonly Exception[],
  succession: Succession,
): Promise<void> {
  const { calendarId, after, view } = succession;
  const heirs = new Set<string>();
  for (const exception of exceptions) {
    if (exception.event.status === "cancelled") continue;
    const original = succession.newOriginal(exception.original);
    if (!(await hasDate(after, original, view))) continue;
    const id = occurrenceId(after.id, original);
    heirs.add(id);
    const { event } = exception;
    const heir = id === event.id ? event : await readRaw(writer.calendars, calendarId, id, writer.deadline);
    const change = (current: RawEvent): RawEvent =>
      current.status === "cancelled" && id === event.id ? current : inherit(current, exception, succession);
    await rewrite(writer, calendarId, heir, { change, notify: "none" });
  }
  for (const { event, original } of exceptions) {
    if (!heirs.has(event.id)) await release(writer, { event, original }, succession);
  }
}

/** What had been an exception is none any more: an occurrence like the others where the new series has that date too, else gone. */
async function release(writer: Writer, { event, original }: Exception, succession: Succession): Promise<void> {
  const { calendarId, after, view } = succession;
  if (event.recurringEventId === after.id && (await hasDate(after, original, view))) {
    if (isSameMoment(succession.newOriginal(original), original)) return; // it was, and stays, what it is
    const change = (current: RawEvent): RawEvent => ({
      ...asOther(current, after),
      status: after.status ?? "confirmed",
      ...keepEqual(current, spanFrom(view.time, original, spanOf(after, view)), view),
    });
    await rewrite(writer, calendarId, event, { change, notify: "none" });
    return;
  }
  // Unsure(google): that exceptions go by themselves once their series does not have their date any more.
  if (event.status !== "cancelled") await deleteRaw(writer, calendarId, event, { notify: "none" });
}

/** An occurrence with all that its series says. */
function asOther(current: RawEvent, series: RawEvent): RawEvent {
  const others = Object.entries(current).filter(([name]) => own.has(name) && name !== "attendees");
  const said = Object.entries(series).filter(([name]) => !own.has(name) || name === "attendees");
  return Object.fromEntries([...others, ...said]) as RawEvent;
}

async function hasDate(series: RawEvent, original: EventMoment, view: TimeView): Promise<boolean> {
  const { time, calendarZone } = view;
  const fromMs = epochMsOf(time, original, calendarZone);
  const dates = await expandSeries(time, seriesOf(series, view), { fromMs, toMs: fromMs + 1 }, calendarZone);
  return dates.some(({ startMs }) => startMs === fromMs);
}

/**
 * Lines that keep the dates of cancelled exceptions out of the series that takes their place.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.1
 */
export function cancelledDates(exceptions: readonly Exception[], newOriginal: Succession["newOriginal"]): string[] {
  return exceptions
    .filter(({ event }) => event.status === "cancelled")
    .map(({ original }) => stampOfMoment(newOriginal(original)))
    .map((stamp) => writeLine({ name: "EXDATE", timeZone: undefined, stamps: [stamp] }));
}

/** Quirk(google): an occurrence's id is that of its series with its original start, in UTC or as a date. */
export function occurrenceId(seriesId: string, original: EventMoment): string {
  return `${seriesId}_${stampOfMoment(original)}`;
}

/** What belongs to an event itself and is not inherited. */
const own = new Set([
  ...["id", "etag", "kind", "htmlLink", "created", "updated", "iCalUID", "sequence", "organizer", "creator"],
  ...["recurringEventId", "originalStartTime", "recurrence", "start", "end", "attendees"],
]);

function inherit(current: RawEvent, { event, original }: Exception, succession: Succession): RawEvent {
  const { before, after, named } = succession;
  const isNamed = event.id === named;
  const follows = (name: string): boolean =>
    isDeepStrictEqual(event[name], before[name]) || (isNamed && !isDeepStrictEqual(before[name], after[name]));
  const heir: RawEvent = { ...current };
  // What is there now may be what another exception had there before the series moved.
  for (const name of new Set([current, event, before, after].flatMap((each) => Object.keys(each)))) {
    if (own.has(name)) continue;
    const value = follows(name) ? after[name] : event[name];
    if (value === undefined) Reflect.deleteProperty(heir, name);
    else heir[name] = value;
  }
  const attendees = inheritAttendees(event.attendees, before.attendees, after.attendees);
  if (attendees) heir.attendees = attendees;
  else Reflect.deleteProperty(heir, "attendees");
  return { ...heir, ...inheritTimes(heir, { event, original }, succession) };
}

/** Times of its own stay, but for what was said of the very occurrence: its start, or only its length. */
function inheritTimes(heir: RawEvent, { event, original }: Exception, succession: Succession): Partial<RawEvent> {
  const { before, after, view, named } = succession;
  const [span, old, now] = [spanOf(event, view), spanOf(before, view), spanOf(after, view)];
  const hasOwn = !isSameMoment(span.start, original) || lengthMs(span) !== lengthMs(old);
  const isNamed = event.id === named;
  if (!hasOwn || (isNamed && !isSameMoment(old.start, now.start))) {
    return keepEqual(heir, spanFrom(view.time, succession.newOriginal(original), now), view);
  }
  if (isNamed && lengthMs(old) !== lengthMs(now)) return keepEqual(heir, spanFrom(view.time, span.start, now), view);
  return { start: event.start, end: event.end };
}

/** The same times may be written in several ways: those that are the same stay as they are written. */
function keepEqual(heir: RawEvent, { start, end }: EventSpan, view: TimeView): Partial<RawEvent> {
  const has = spanOf(heir, view);
  return isSameMoment(has.start, start) && isSameMoment(has.end, end) ? {} : { start, end };
}

/** Who was invited to the series is invited to its exceptions, and who no longer is, is not; answers stay. */
function inheritAttendees(
  attendees: readonly RawAttendee[] | undefined,
  before: readonly RawAttendee[] = [],
  after: readonly RawAttendee[] = [],
): RawAttendee[] | undefined {
  if (isDeepStrictEqual(attendees ?? [], before)) return after.length === 0 ? undefined : [...after];
  const addressOf = ({ email = "" }: RawAttendee): string => email.toLowerCase();
  const [had, has] = [new Set(before.map(addressOf)), new Set(after.map(addressOf))];
  const kept = (attendees ?? []).filter((each) => !had.has(addressOf(each)) || has.has(addressOf(each)));
  const present = new Set(kept.map(addressOf));
  const added = after.filter((each) => !had.has(addressOf(each)) && !present.has(addressOf(each)));
  const all = [...kept, ...added];
  return all.length === 0 ? undefined : all;
}

/** Whether two are the same day, or the same instant. */
function isSameMoment(a: EventMoment, b: EventMoment): boolean {
  if (a.date !== undefined || b.date !== undefined) return a.date === b.date;
  return Date.parse(a.dateTime) === Date.parse(b.dateTime);
}
