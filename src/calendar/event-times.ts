import { integrationError, isIntegrationError } from "../core/errors.js";
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

/** What a caller says about when an event is. */
export type EventSpanInput = Pick<EventInput, "start" | "end" | "durationMinutes" | "timeZone">;

type Instant = Extract<Moment, { kind: "instant" }>;

/**
 * When an event is, as its caller said it. `durationMinutes` is elapsed time: three hours over a change of clocks are
 * three hours, whatever the clocks show at the end. Of an all-day event it is rounded up to whole days.
 *
 * @param zone - IANA name, for a start that names none; an end that names none is in the event's `timeZone`, else in the
 * zone of the start
 * @throws RequestError `request.invalid` naming the field, also for a wall time that a change of clocks skips or repeats
 */
export function readEventSpan(time: ZonedTime, input: EventSpanInput, zone: string): EventSpan {
  const { end, durationMinutes } = input;
  if (end !== undefined && durationMinutes !== undefined) {
    throw invalidField("durationMinutes", "is given beside an end");
  }
  if (durationMinutes !== undefined && !(durationMinutes > 0 && durationMinutes < longestMinutes)) {
    throw invalidField("durationMinutes", "is not a length of time");
  }
  const start = inField("start", () => readEventTime(time, input.start, zone));
  const isOver = inField("end", () =>
    end === undefined
      ? undefined
      : readEventTime(time, end, input.timeZone ?? (start.kind === "date" ? zone : start.timeZone)),
  );
  return start.kind === "date"
    ? daysFrom(time, start.date, isOver, durationMinutes)
    : timesFrom(time, start, isOver, durationMinutes);
}

/** More than there is between the years 0 and 9999. */
const longestMinutes = 10_000 * 366 * 1440;

function timesFrom(time: ZonedTime, start: Instant, end: Moment | undefined, minutes: number | undefined): EventSpan {
  if (end?.kind === "date") throw invalidField("end", "is a date, but the start is a time");
  if (end === undefined && minutes === undefined) throw invalidField("end", "is missing");
  const from = toMoment(time, "start", start.epochMs, start.timeZone);
  const until = toMoment(
    time,
    "end",
    end?.epochMs ?? start.epochMs + (minutes ?? 0) * 60_000,
    end?.timeZone ?? start.timeZone,
  );
  // As written: to the second.
  if (!(Date.parse(until.dateTime) > Date.parse(from.dateTime))) throw invalidField("end", "is not after the start");
  return { start: from, end: until };
}

function daysFrom(time: ZonedTime, start: string, end: Moment | undefined, minutes: number | undefined): EventSpan {
  if (end?.kind === "instant") throw invalidField("end", "is a time, but the start is a date");
  requireYear("start", start);
  const date = end?.date ?? inField("end", () => time.addDays(start, Math.ceil((minutes ?? 1) / 1440)));
  requireYear("end", date);
  if (date <= start)
    throw invalidField("end", "is not after the start; the end of an all-day event is the day after it");
  return { start: { date: start }, end: { date } };
}

function toMoment(
  time: ZonedTime,
  field: "start" | "end",
  epochMs: number,
  timeZone: string,
): { dateTime: string; timeZone: string } {
  const dateTime = inField(field, () => time.format(epochMs, timeZone));
  requireYear(field, dateTime);
  return { dateTime, timeZone };
}

/** Other years take more digits, and no calendar has them. */
function requireYear(field: string, text: string): void {
  if (!/^\d{4}-/.test(text)) throw invalidField(field, "is not within the years 0 to 9999");
}

/** A start or end as its caller said it. @throws RequestError `request.invalid` */
function readEventTime(time: ZonedTime, value: EventTimeInput, zone: string): Moment {
  const { at, timeZone, date } = splitTime(value);
  const moment = time.moment(at, timeZone ?? zone, { strict: true });
  if (date && moment.kind !== "date") {
    throw integrationError("request.invalid", {
      message: `"${String(at).slice(0, 60)}" is not a date.`,
      hint: "Give the time as dateTime, or a date such as 2026-11-23.",
    });
  }
  return moment;
}

function splitTime(value: EventTimeInput): { at: InstantInput; timeZone?: string | undefined; date: boolean } {
  if (typeof value === "string" || value instanceof Date || Symbol.toStringTag in value) {
    return { at: value, date: false };
  }
  return "dateTime" in value
    ? { at: value.dateTime, timeZone: value.timeZone, date: false }
    : { at: value.date, date: true };
}

/** What is wrong with a time, said of the field that it stands in. */
function inField<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isIntegrationError(error)) throw invalidField(field, "is no time that a calendar can hold");
    throw integrationError("request.invalid", {
      message: `The event's ${field}: ${error.message}`,
      hint: error.hint,
      details: { ...error.details, field },
      cause: error,
    });
  }
}

/**
 * A moment for readers: with its weekday, and as the clocks of the zone show it that was asked for.
 *
 * @throws RequestError `request.invalid` for a name that is no zone
 */
export function toEventTime(time: ZonedTime, moment: EventMoment, asked?: string): EventTime {
  if (moment.date !== undefined) return { date: moment.date, weekday: time.weekday(moment.date) };
  const epochMs = instantOf(time, moment);
  return {
    ...time.local(epochMs, moment.timeZone),
    ...(asked !== undefined && { local: time.local(epochMs, asked) }),
  };
}

/** Milliseconds since the epoch; a date at its first moment in a zone. */
export function epochMsOf(time: ZonedTime, moment: EventMoment, zone: string): number {
  return moment.date === undefined ? instantOf(time, moment) : time.startOfDay(moment.date, zone);
}

/** `Date` takes a time without an offset for one in the zone of this process. */
function instantOf(time: ZonedTime, { dateTime, timeZone }: { dateTime: string; timeZone: string }): number {
  if (/T.*(?:z|[+-]\d{2}:?\d{2})$/i.test(dateTime)) return Date.parse(dateTime);
  const moment = time.moment(dateTime, timeZone);
  return moment.kind === "instant" ? moment.epochMs : time.startOfDay(moment.date, timeZone);
}

/** An error that names what is wrong with an event. */
export function invalidField(field: string, problem: string): Error {
  return integrationError("request.invalid", {
    message: `The event's ${field} ${problem}.`,
    hint: `Correct ${field} and call again; nothing was written.`,
    details: { field },
  });
}
