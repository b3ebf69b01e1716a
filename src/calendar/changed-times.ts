import type { ZonedTime } from "../core/zoned-time.js";
import { invalidField, readEventSpan, type EventMoment, type EventSpan } from "./event-times.js";
import type { EventChanges } from "./models.js";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

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
  return toMs(end) - toMs(start);
}

function toMs({ date, dateTime }: EventMoment): number {
  return Date.parse(date === undefined ? dateTime : `${date}T00:00:00Z`);
}

/**
 * When a series begins after one of its occurrences was moved: as many days later by the calendar, at the occurrence's
 * new time of day, as long as the occurrence is.
 *
 * @param series - its first times
 * @param original - when the series has that occurrence
 * @param wanted - when the occurrence shall be
 */
export function movedSeries(time: ZonedTime, series: EventSpan, original: EventMoment, wanted: EventSpan): EventSpan {
  const days = Math.round((Date.parse(dayOf(wanted.start)) - Date.parse(dayOf(original))) / dayMs);
  const date = time.addDays(dayOf(series.start), days);
  if (wanted.start.date !== undefined) {
    return { start: { date }, end: { date: time.addDays(date, Math.round(lengthMs(wanted) / dayMs)) } };
  }
  const { dateTime, timeZone } = wanted.start;
  const start = time.moment(`${date}T${dateTime.slice(11, 19)}`, timeZone);
  const startMs = start.kind === "instant" ? start.epochMs : time.startOfDay(date, timeZone);
  const endZone = wanted.end.timeZone ?? timeZone;
  return {
    start: { dateTime: time.format(startMs, timeZone), timeZone },
    end: { dateTime: time.format(startMs + lengthMs(wanted), endZone), timeZone: endZone },
  };
}

/** The day on which something begins, where it is. */
function dayOf({ date, dateTime }: EventMoment): string {
  return date ?? dateTime.slice(0, 10);
}
