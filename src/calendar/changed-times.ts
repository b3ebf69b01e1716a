import type { ZonedTime } from "../core/zoned-time.js";
import { invalidField, readEventSpan, type EventMoment, type EventSpan } from "./event-times.js";
import type { EventChanges } from "./models.js";
import { dayMs, positionOf } from "./recurrence/stamps.js";

const minuteMs = 60_000;

/**
 * When an event is after changes, or undefined when they say nothing of its times. Where only the start is given, the
 * length stays.
 *
 * @param zone - IANA name, for times without one
 * @throws RequestError `request.invalid` naming the field
 */
export function changedSpan(
  time: ZonedTime,
  current: EventSpan,
  changes: EventChanges,
  zone: string,
): EventSpan | undefined {
  const { start = current.start, end, durationMinutes, timeZone } = changes;
  if (changes.start === undefined && end === undefined && durationMinutes === undefined) {
    if (timeZone !== undefined)
      throw invalidField("timeZone", "is given without start or end: it says how those are read");
    return undefined;
  }
  if (end !== undefined) return readEventSpan(time, { start, end }, timeZone ?? zone);
  if (durationMinutes !== undefined) return readEventSpan(time, { start, durationMinutes }, timeZone ?? zone);
  const length = { durationMinutes: lengthMs(current) / minuteMs };
  const moved = readEventSpan(time, { start, ...length }, timeZone ?? zone);
  if (current.start.date !== undefined && moved.start.date === undefined)
    throw invalidField("end", "is missing: days have no length in hours");
  return moved;
}

/** How long something is, in milliseconds; days count 24 hours each. */
export function lengthMs({ start, end }: EventSpan): number {
  return positionOf(end) - positionOf(start);
}

/** From a start on, as long as another span is, with its end in the same zone as that one's. */
export function spanFrom(time: ZonedTime, start: EventMoment, like: EventSpan): EventSpan {
  if (start.date !== undefined) {
    return { start, end: { date: time.addDays(start.date, Math.round(lengthMs(like) / dayMs)) } };
  }
  const timeZone = like.end.timeZone ?? start.timeZone;
  return { start, end: { dateTime: time.format(Date.parse(start.dateTime) + lengthMs(like), timeZone), timeZone } };
}

/**
 * When a series begins after one of its occurrences was moved: as much later as the occurrence is, by what clocks show, and
 * as long as the occurrence is. Between days and times it is as many days later, at the occurrence's new time.
 *
 * @param series - its first times
 * @param original - when the series has that occurrence
 * @param wanted - when the occurrence shall be
 */
export function movedSeries(time: ZonedTime, series: EventSpan, original: EventMoment, wanted: EventSpan): EventSpan {
  // An occurrence may be written in another zone than its series: what counts is what the clocks show where that is.
  const before = wallOf(time, original, series.start.timeZone);
  const after = wallOf(time, wanted.start, wanted.start.timeZone);
  const first = wallOf(time, series.start, series.start.timeZone);
  const days = Math.round((Date.parse(after.slice(0, 10)) - Date.parse(before.slice(0, 10))) / dayMs);
  const date = time.addDays(first.slice(0, 10), days);
  if (wanted.start.date !== undefined) {
    return { start: { date }, end: { date: time.addDays(date, Math.round(lengthMs(wanted) / dayMs)) } };
  }
  const { timeZone } = wanted.start;
  const isTimed = series.start.date === undefined && original.date === undefined;
  const laterMs = Date.parse(`${after}Z`) - Date.parse(`${before}Z`);
  const wall = isTimed
    ? new Date(Date.parse(`${first}Z`) + laterMs).toISOString().slice(0, 19)
    : `${date}T${after.slice(11)}`;
  const start = time.moment(wall, timeZone);
  const startMs = start.kind === "instant" ? start.epochMs : time.startOfDay(date, timeZone);
  const endZone = wanted.end.timeZone ?? timeZone;
  return {
    start: { dateTime: time.format(startMs, timeZone), timeZone },
    end: { dateTime: time.format(startMs + lengthMs(wanted), endZone), timeZone: endZone },
  };
}

/** What the clocks of a zone show at a start, `2026-11-23T09:00:00`; default: those of its own zone. */
function wallOf(time: ZonedTime, { date, dateTime, timeZone }: EventMoment, zone: string | undefined): string {
  if (date !== undefined) return `${date}T00:00:00`;
  return time.format(Date.parse(dateTime), zone ?? timeZone).slice(0, 19);
}
