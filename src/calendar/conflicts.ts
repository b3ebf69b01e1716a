import type { ZonedTime } from "../core/zoned-time.js";
import {
  intersectIntervals,
  mergeIntervals,
  overlapOf,
  spanOf,
  subtractIntervals,
  type Interval,
} from "./availability/intervals.js";
import { isAttended, isSameAddress } from "./attendance.js";
import { epochMsOf } from "./event-times.js";
import type { ConflictInfo, Event } from "./models.js";
import type { PlannedEvent } from "./planned-event.js";
import { duplicateFrom, duplicateWithinMs, similarity } from "./similarity.js";

/** What was found out before conflicts can be told. */
export interface ConflictFacts {
  /** When the planned event happens. */
  readonly times: readonly Interval[];
  /** This account's events, occurrences rather than series, from `duplicateWithinMs` before to as long after. */
  readonly events: readonly Event[];
  /** Calendars of this account that could not be read. */
  readonly unreadable: readonly { readonly calendarId: string; readonly message: string }[];
  /** Others who are invited. */
  readonly people: readonly InvitedPerson[];
}

/** When somebody who is invited is busy. */
export interface InvitedPerson {
  readonly email: string;
  readonly busy: readonly Interval[];
  /** Why not all of it is known. */
  readonly unknown?: string;
  /** The person's own events at the time of the planned one, where this account may see them. */
  readonly events?: readonly Event[];
}

/** An event with the instants that it begins and ends at. */
interface PlacedEvent extends Interval {
  readonly event: Event;
}

/**
 * What a planned event clashes with: this account's events first, then people's, then what nobody knows, then events
 * that say the same.
 */
export function conflictsIn(time: ZonedTime, planned: PlannedEvent, facts: ConflictFacts): ConflictInfo[] {
  const view: View = { time, planned };
  const placed = placeEvents(view, facts.events);
  const others = placed.filter(({ event }) => !isSame(planned, event) && isAttended(event));
  const found = planned.busy ? clashes(view, facts, { placed, others }) : [];
  return [...found, ...duplicates(view, facts.times, others)];
}

/** Whose busy times cannot be told from the event's own, so that their calendars are worth a look. */
export function hiddenPeople(time: ZonedTime, planned: PlannedEvent, facts: ConflictFacts): string[] {
  const placed = placeEvents({ time, planned }, facts.events);
  return facts.people
    .filter(
      (person) => intersectIntervals(person.busy, ownTimes(planned, placed, facts.times, person.email)).length > 0,
    )
    .map(({ email }) => email);
}

interface View {
  readonly time: ZonedTime;
  readonly planned: PlannedEvent;
}

interface OwnEvents {
  readonly placed: readonly PlacedEvent[];
  readonly others: readonly PlacedEvent[];
}

function clashes(view: View, facts: ConflictFacts, { placed, others }: OwnEvents): ConflictInfo[] {
  const bookings = others
    .filter(({ event }) => blocks(event))
    .flatMap((other) => facts.times.flatMap((at) => doubleBooking(view, other, overlapOf(at, other))));
  const people = facts.people.flatMap((person) =>
    personClashes(view, facts.times, person, ownTimes(view.planned, placed, facts.times, person.email)),
  );
  const unreadable = facts.unreadable.map(({ calendarId, message }): ConflictInfo => ({
    kind: "unreadable",
    message: `Whether calendar ${calendarId} is free then is unknown: ${message}`,
  }));
  const isUnknown = ({ kind }: ConflictInfo): boolean => kind === "unreadable";
  return [
    ...bookings,
    ...people.filter((each) => !isUnknown(each)),
    ...unreadable,
    ...people.filter((each) => isUnknown(each)),
  ];
}

function doubleBooking(view: View, { event, ...at }: PlacedEvent, overlap: Interval | undefined): ConflictInfo[] {
  if (!overlap) return [];
  const answered = event.myResponse !== "tentative" && event.myResponse !== "needsAction";
  const doubt = answered ? "" : ", which is not accepted yet";
  return [
    {
      kind: "double_booking",
      message: `${titleOf(event)} is ${whenText(view, event, at)}${doubt}.`,
      ...timesOf(view, overlap),
      event: briefly(event),
    },
  ];
}

function personClashes(
  view: View,
  times: readonly Interval[],
  { email, busy, unknown, events }: InvitedPerson,
  own: readonly Interval[],
): ConflictInfo[] {
  const theirs = events && placeEvents(view, events).filter((each) => isOther(view.planned, each, { email, own }));
  const shown = (theirs ?? []).filter(({ event }) => showsDetails(event));
  const surely = mergeIntervals([...subtractIntervals(busy, own), ...intersectIntervals(busy, shown)]);
  const found = intersectIntervals(surely, times).map((overlap): ConflictInfo => ({
    kind: "attendee_busy",
    message: `${email} is busy ${spanText(view, overlap)}.`,
    ...timesOf(view, overlap),
    attendee: email,
  }));
  const doubts = theirs ? intersectIntervals(busy, theirs) : reachingBeyond(busy, own);
  for (const doubt of intersectIntervals(subtractIntervals(doubts, surely), times)) {
    found.push({
      kind: "unreadable",
      message: `${email} is busy ${spanText(view, doubt)} with this event, and perhaps with another one that is not shown.`,
      ...timesOf(view, doubt),
      attendee: email,
    });
  }
  if (unknown !== undefined) {
    found.push({ kind: "unreadable", message: `Whether ${email} is free is unknown: ${unknown}`, attendee: email });
  }
  return found;
}

/**
 * Busy times come merged and without their events. One that is the event's own time is taken for the event itself; one
 * that begins earlier or ends later may be a neighbour of it, or something else at its time.
 */
function reachingBeyond(busy: readonly Interval[], own: readonly Interval[]): Interval[] {
  return own.filter((each) =>
    busy.some((block) => overlapOf(block, each) && (block.startMs < each.startMs || block.endMs > each.endMs)),
  );
}

function duplicates(view: View, times: readonly Interval[], others: readonly PlacedEvent[]): ConflictInfo[] {
  const { planned } = view;
  const best = new Map<string, ConflictInfo>();
  for (const { event, ...at } of others) {
    const people = event.attendees.filter(({ self }) => !self).map(({ email }) => email);
    for (const time of times) {
      const overlap = overlapOf(time, at);
      if (!overlap && Math.abs(time.startMs - at.startMs) >= duplicateWithinMs) continue;
      const alike = similarity(
        { title: planned.title, people: planned.attendees, startMs: time.startMs },
        { title: event.title, people, startMs: at.startMs },
      );
      const key = JSON.stringify([event.calendarId, event.seriesId ?? event.id]);
      if (alike < duplicateFrom || alike <= (best.get(key)?.similarity ?? 0)) continue;
      best.set(key, {
        kind: "duplicate",
        message: `${titleOf(event)}, ${whenText(view, event, at)}, says much the same.`,
        ...(overlap && timesOf(view, overlap)),
        event: briefly(event),
        similarity: alike,
      });
    }
  }
  return [...best.values()].sort((a, b) => (b.similarity ?? 0) - (a.similarity ?? 0));
}

/** By start; an event that stands in several calendars once, as it is in one where it blocks the time. */
function placeEvents({ time, planned: { timeZone } }: View, events: readonly Event[]): PlacedEvent[] {
  const copies = new Map<string, PlacedEvent>();
  for (const event of events) {
    const [startMs, endMs] = [epochMsOf(time, event.start, timeZone), epochMsOf(time, event.end, timeZone)];
    const uid = event.iCalUid === "" ? JSON.stringify([event.calendarId, event.id]) : event.iCalUid;
    const key = JSON.stringify([uid, startMs, endMs]);
    const known = copies.get(key);
    if (!known || (!blocks(known.event) && blocks(event))) copies.set(key, { event, startMs, endMs });
  }
  return [...copies.values()].sort((a, b) => a.startMs - b.startMs);
}

function isSame({ exclude = {} }: PlannedEvent, event: Event): boolean {
  const { id, seriesId, iCalUid } = exclude;
  if (iCalUid !== undefined && iCalUid !== "" && event.iCalUid === iCalUid) return true;
  return [id, seriesId].some((each) => each !== undefined && (event.id === each || event.seriesId === each));
}

function blocks(event: Event): boolean {
  return event.busy && isAttended(event);
}

/** When this very event, as it is now, makes somebody busy. */
function ownTimes(
  planned: PlannedEvent,
  placed: readonly PlacedEvent[],
  times: readonly Interval[],
  email: string,
): Interval[] {
  if (!planned.exclude) return [];
  const window = spanOf(times);
  return placed
    .filter((each) => isSame(planned, each.event) && each.event.busy && takesPart(each.event, email))
    .filter((each) => window && overlapOf(each, window))
    .map(({ startMs, endMs }) => ({ startMs, endMs }));
}

function takesPart(event: Event, email: string): boolean {
  const invited = event.attendees.find((attendee) => isSameAddress(attendee.email, email));
  return invited ? invited.response !== "declined" : isSameAddress(event.organizer.email, email);
}

/** Whether an event in somebody else's calendar is another one that they take part in; without its UID, its time tells. */
function isOther(
  planned: PlannedEvent,
  { event, startMs, endMs }: PlacedEvent,
  { email, own }: { readonly email: string; readonly own: readonly Interval[] },
): boolean {
  const answer = event.attendees.find((attendee) => isSameAddress(attendee.email, email))?.response;
  if (event.status === "cancelled" || answer === "declined" || !event.busy || isSame(planned, event)) return false;
  return event.iCalUid !== "" || !own.some((each) => each.startMs === startMs && each.endMs === endMs);
}

/** Else it is only shown that there is something: not even whether it was declined. */
function showsDetails({ title, attendees }: Event): boolean {
  return title !== "" || attendees.length > 0;
}

function briefly({ id, calendarId, title, start, end }: Event): NonNullable<ConflictInfo["event"]> {
  return { id, calendarId, title, start, end };
}

function timesOf({ time, planned }: View, at: Interval): { start: string; end: string } {
  const { shownIn = planned.timeZone } = planned;
  return { start: time.format(at.startMs, shownIn), end: time.format(at.endMs, shownIn) };
}

function titleOf({ title }: Event): string {
  return title.trim() === "" ? "An event without title" : `"${title}"`;
}

function whenText(view: View, event: Event, at: Interval): string {
  const { start, end } = event;
  if (start.date === undefined || end.date === undefined) return spanText(view, at);
  const last = view.time.addDays(end.date, -1);
  return last <= start.date ? `all day on ${start.date}` : `all day from ${start.date} to ${last}`;
}

/** Such as `on 2026-11-25 from 14:00 to 15:00`. */
function spanText(view: View, at: Interval): string {
  const { start: from, end: to } = timesOf(view, at);
  const [date, endDate] = [from.slice(0, 10), to.slice(0, 10)];
  return date === endDate
    ? `on ${date} from ${from.slice(11, 16)} to ${to.slice(11, 16)}`
    : `from ${date} ${from.slice(11, 16)} to ${endDate} ${to.slice(11, 16)}`;
}
