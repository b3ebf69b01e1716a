import { integrationError } from "../core/errors.js";
import type { InstantInput, Moment, ZonedTime } from "../core/zoned-time.js";
import type { EventInput, EventTime, EventTimeInput } from "./models.js";

/** When something is, no more said than needed: a date, or an instant with its offset in a zone. */
export type EventMoment =
  { date: string; dateTime?: never; timeZone?: never } | { dateTime: string; timeZone: string; date?: never };

/** From when to when an event is; both dates or both times. */
export interface EventSpan {
  readonly start: EventMoment;
  readonly end: EventMoment;
}

type SpanInput = Pick<EventInput, "start" | "end" | "durationMinutes">;

/**
 * When an event is, as its caller said it.
 *
 * @param zone - IANA name, for times without one
 * @throws RequestError `request.invalid` naming the field, also for a wall time that a change of clocks skips or repeats
 */
export function readEventSpan(time: ZonedTime, input: SpanInput, zone: string): EventSpan {
  const start = readEventTime(time, input.start, zone);
  if (start.kind === "date") return readDays(time, input, start.date, zone);
  if (input.end === undefined && input.durationMinutes === undefined) throw invalidField("end", "is missing");
  const end = input.end === undefined ? undefined : readEventTime(time, input.end, zone);
  if (end?.kind === "date") throw invalidField("end", "is a date, but the start is a time");
  const endMs = end?.epochMs ?? start.epochMs + (input.durationMinutes ?? 0) * 60_000;
  if (!(endMs > start.epochMs)) throw invalidField("end", "is not after the start");
  const timeZone = end?.timeZone ?? start.timeZone;
  return {
    start: { dateTime: time.format(start.epochMs, start.timeZone), timeZone: start.timeZone },
    end: { dateTime: time.format(endMs, timeZone), timeZone },
  };
}

function readDays(time: ZonedTime, input: SpanInput, start: string, zone: string): EventSpan {
  const days = input.durationMinutes === undefined ? 1 : Math.ceil(input.durationMinutes / 1440);
  const end = input.end === undefined ? undefined : readEventTime(time, input.end, zone);
  if (end?.kind === "instant") throw invalidField("end", "is a time, but the start is a date");
  const date = end?.date ?? time.addDays(start, days);
  if (date <= start)
    throw invalidField("end", "is not after the start; the end of an all-day event is the day after it");
  return { start: { date: start }, end: { date } };
}

/** A start or end as its caller said it. @throws RequestError `request.invalid` */
export function readEventTime(time: ZonedTime, value: EventTimeInput, zone: string): Moment {
  const { at, timeZone } = splitTime(value);
  return time.moment(at, timeZone ?? zone, { strict: true });
}

function splitTime(value: EventTimeInput): { at: InstantInput; timeZone: string | undefined } {
  if (typeof value === "string" || value instanceof Date || Symbol.toStringTag in value) {
    return { at: value, timeZone: undefined };
  }
  return "date" in value ? { at: value.date, timeZone: undefined } : { at: value.dateTime, timeZone: value.timeZone };
}

/** A moment for readers: with its weekday, and as the clocks of the zone show it that was asked for. */
export function toEventTime(time: ZonedTime, moment: EventMoment, asked?: string): EventTime {
  if (moment.date !== undefined) return { date: moment.date, weekday: time.weekday(moment.date) };
  const epochMs = Date.parse(moment.dateTime);
  return {
    ...time.local(epochMs, moment.timeZone),
    ...(asked !== undefined && { local: time.local(epochMs, asked) }),
  };
}

/** Milliseconds since the epoch; a date at its first moment in a zone. */
export function epochMsOf(time: ZonedTime, moment: EventMoment, zone: string): number {
  return moment.date === undefined ? Date.parse(moment.dateTime) : time.startOfDay(moment.date, zone);
}

/** An error that names what is wrong with an event. */
export function invalidField(field: string, problem: string): Error {
  return integrationError("request.invalid", {
    message: `The event's ${field} ${problem}.`,
    hint: `Correct ${field} and call again; nothing was written.`,
    details: { field },
  });
}
