import type { Temporal as TemporalTypes } from "temporal-polyfill";
import type { Clock } from "./clock.js";
import { integrationError, isIntegrationError } from "./errors.js";
import { rememberedOffsets } from "./zone-offsets.js";

/** A Temporal object, told by its tag. */
export interface TemporalLike {
  readonly [Symbol.toStringTag]: string;
  toString(): string;
}

/** A moment as callers give it. Text without an offset is wall time in a zone that the callee knows. */
export type InstantInput = string | Date | TemporalLike;

/** What an input turned out to mean. */
export type Moment =
  | { readonly kind: "date"; readonly date: string }
  | {
      readonly kind: "instant";
      readonly epochMs: number;
      /** The zone that the input named, or the one it was read in. */
      readonly timeZone: string;
      /** ISO 8601 with the zone's offset. */
      readonly dateTime: string;
    };

/** A day of the week. */
export type Weekday = "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";

/** The days of the week as ISO 8601 counts them, from Monday. */
export const weekdays: readonly Weekday[] = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];

/** An instant as the clocks of a zone show it. */
export interface LocalTime {
  /** ISO 8601 with the zone's offset. */
  dateTime: string;
  /** IANA name. */
  timeZone: string;
  weekday: Weekday;
}

/** How a wall time is read that a change of clocks skips or repeats. */
export interface MomentOptions {
  /** Whether it is refused instead of taken as the clocks before the change would count. Default false. */
  readonly strict?: boolean;
}

/** Turns times of every spelling into instants and back, in IANA time zones. */
export interface ZonedTime {
  /**
   * What an input means. A zone that its text names goes before the one given here.
   *
   * @throws RequestError `request.invalid` for what is no time, or no zone, and with `strict` for what is no single time:
   * `details.times` has both readings, with their offsets
   */
  moment(input: InstantInput, timeZone: string, options?: MomentOptions): Moment;
  /** The first instant of a date in a zone. Milliseconds since the epoch. */
  startOfDay(date: string, timeZone: string): number;
  /**
   * An instant as ISO 8601 with the zone's offset, to the second. Where the zone's own offset had seconds, as before
   * standard time, it is rounded to the minute, and the time with it: the instant is the same.
   *
   * @throws RequestError `request.invalid` for a name that is no zone
   */
  format(epochMs: number, timeZone: string): string;
  /** The same with the day of the week. */
  local(epochMs: number, timeZone: string): LocalTime;
  weekday(date: string): Weekday;
  addDays(date: string, days: number): string;
  /**
   * That long before now, by the calendar of a zone: a month ago is the same day of the month before. Milliseconds since
   * the epoch.
   *
   * @throws RequestError `request.invalid` for what is no zone
   */
  ago(amount: number, unit: "hours" | "days" | "months" | "years", timeZone: string): number;
  /** Whether a name is an IANA time zone's, in any case; an offset such as `+01:00` is none. */
  isZone(timeZone: string): boolean;
}

/** The zone of the machine this runs on. */
export function machineTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Loads the time functions; needs the optional package temporal-polyfill. */
export async function loadZonedTime(clock: Clock): Promise<ZonedTime> {
  const { Temporal } = await import("temporal-polyfill");
  const zones = new Map<string, string>();
  const canonical = (timeZone: string): string | undefined => {
    const known = zones.get(timeZone) ?? zoneName(Temporal, timeZone);
    if (known !== undefined) zones.set(timeZone, known);
    return known;
  };
  const isZone = (timeZone: string): boolean => canonical(timeZone) !== undefined;
  const offsetAt = rememberedOffsets(Temporal);
  const local = (epochMs: number, name: string): LocalTime => {
    const timeZone = canonical(name);
    if (timeZone === undefined) throw notAZone(name);
    const { offsetMs, written } = offsetAt(epochMs, timeZone);
    const wall = new Date(epochMs + offsetMs).toISOString().slice(0, -".000Z".length);
    return { dateTime: `${wall}${written}`, timeZone, weekday: weekdayOf(wall.slice(0, wall.indexOf("T"))) };
  };
  const startOfDay = (date: string, timeZone: string): number =>
    Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds;
  const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();
  const today = (timeZone: string): string =>
    Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  return {
    startOfDay,
    format: (epochMs, timeZone) => local(epochMs, timeZone).dateTime,
    local,
    weekday: weekdayOf,
    addDays,
    ago: (amount, unit, timeZone) => {
      if (!isZone(timeZone)) throw notAZone(timeZone);
      const now = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(timeZone);
      return now.subtract({ [unit]: amount }).epochMilliseconds;
    },
    isZone,
    moment: (input, timeZone, { strict = false } = {}) => {
      if (!isZone(timeZone)) throw notAZone(timeZone);
      try {
        return readMoment(Temporal, input, { timeZone, strict, dayFromNow: (days) => addDays(today(timeZone), days) });
      } catch (cause) {
        throw isIntegrationError(cause) ? cause : notATime(input, cause);
      }
    },
  };
}

interface Reading {
  readonly timeZone: string;
  readonly strict: boolean;
  readonly dayFromNow: (days: number) => string;
}

function readMoment(
  Temporal: typeof TemporalTypes,
  input: InstantInput,
  { timeZone, strict, dayFromNow }: Reading,
): Moment {
  const zoned = (value: TemporalTypes.ZonedDateTime): Moment => ({
    kind: "instant",
    epochMs: value.epochMilliseconds,
    timeZone: value.timeZoneId,
    dateTime: written(value),
  });
  const wall = (value: TemporalTypes.PlainDateTime, zone: string): Moment => {
    if (strict) requireSingle(value, zone);
    return zoned(value.toZonedDateTime(zone));
  };
  if (input instanceof Date) return zoned(Temporal.Instant.from(input.toISOString()).toZonedDateTimeISO(timeZone));
  const text = textOf(input);
  const day = /^today(?:([+-]\d{1,5}))?(?:[T ](\d{2}:\d{2}))?$/i.exec(text);
  if (day) {
    const date = dayFromNow(Number(day[1] ?? "0"));
    if (day[2] === undefined) return { kind: "date", date };
    return wall(Temporal.PlainDateTime.from(`${date}T${day[2]}`), timeZone);
  }
  if (onlyDate.test(text)) return { kind: "date", date: Temporal.PlainDate.from(text).toString() };
  if (text.includes("[")) {
    const named = Temporal.ZonedDateTime.from(text);
    if (isOffset(named.timeZoneId)) return zoned(named.withTimeZone(timeZone));
    return hasOffset(text.slice(0, text.indexOf("[")))
      ? zoned(named)
      : wall(Temporal.PlainDateTime.from(text), named.timeZoneId);
  }
  if (hasOffset(text)) return zoned(Temporal.Instant.from(text).toZonedDateTimeISO(timeZone));
  return wall(Temporal.PlainDateTime.from(text), timeZone);
}

/** Whether an input says by itself which instant it is, whatever the zone. */
export function isAbsolute(input: InstantInput): boolean {
  if (input instanceof Date) return true;
  const text = textOf(input);
  return !onlyDate.test(text) && (text.includes("[") || hasOffset(text));
}

function textOf(input: string | TemporalLike): string {
  return withDayOffset((typeof input === "string" ? input : input.toString()).replace(calendarName, "").trim());
}

/** `tomorrow` and `yesterday` at the beginning of a text as days from `today`. */
export function withDayOffset(text: string): string {
  return text.replace(/^(tomorrow|yesterday)(?=[T ]|$)/i, (day) => (/^t/i.test(day) ? "today+1" : "today-1"));
}

/** As Temporal objects name a calendar other than ISO 8601's: the day is the same. */
const calendarName = /\[!?[a-z][a-z\d-]*=[^\]]*\]/g;

/** A date in either of ISO 8601's forms. A zone beside it says nothing: a whole day is in none. */
const onlyDate = /^(?:\d{4}|[+-]\d{6})(?:-\d{2}-\d{2}|\d{4})(?:\[[^\]]*\])?$/;

function hasOffset(text: string): boolean {
  return /[T ].*(?:z|[+-]\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?)$/i.test(text);
}

function isOffset(timeZone: string): boolean {
  return /^[+-]/.test(timeZone);
}

/** ISO 8601 has no seconds in offsets: where a zone's has, the time is told by the nearest offset that can be written. */
function written(value: TemporalTypes.ZonedDateTime): string {
  const text = value.toString({ timeZoneName: "never" });
  const wholeMinutes = value.offsetNanoseconds % 60_000_000_000 === 0;
  return wholeMinutes ? text : value.withTimeZone(text.slice(-"+00:00".length)).toString({ timeZoneName: "never" });
}

/** @throws RequestError `request.invalid` for a wall time that the clocks of a zone skip or show twice */
function requireSingle(value: TemporalTypes.PlainDateTime, timeZone: string): void {
  const [earlier, later] = (["earlier", "later"] as const).map((disambiguation) =>
    value.toZonedDateTime(timeZone, { disambiguation }),
  );
  if (!earlier || !later || earlier.epochMilliseconds === later.epochMilliseconds) return;
  const times = [written(earlier), written(later)];
  const twice = earlier.toPlainDateTime().equals(value);
  throw integrationError("request.invalid", {
    message: twice
      ? `${value.toString()} happens twice in ${timeZone}: the clocks go back then.`
      : `${value.toString()} does not exist in ${timeZone}: the clocks go forward then.`,
    hint: `Give ${times.join(" or ")}.`,
    details: { times },
  });
}

const dayMs = 86_400_000;

/** The day of the week of a date such as `2026-11-23`. 1970 began on a Thursday. */
export function weekdayOf(date: string): Weekday {
  const days = Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);
  return weekdays[(((days + 3) % 7) + 7) % 7] ?? "Monday";
}

/** The date before one such as `2026-11-23`; what is no date stays as it is. */
export function dayBefore(date: string): string {
  const epochMs = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(epochMs) ? date : new Date(epochMs - dayMs).toISOString().slice(0, date.length);
}

/** A zone's name as IANA writes it, or undefined for what is none. */
function zoneName(Temporal: typeof TemporalTypes, timeZone: string): string | undefined {
  if (isOffset(timeZone)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId;
  } catch {
    return undefined; // that is the answer
  }
}

/** @returns the error for a name that is no time zone */
export function notAZone(timeZone: string): Error {
  return integrationError("request.invalid", {
    message: `"${timeZone.slice(0, 60)}" is not a time zone.`,
    hint: "Give an IANA name such as Europe/Berlin.",
    details: { field: "timeZone" },
  });
}

function notATime(input: InstantInput, cause: unknown): Error {
  return integrationError("request.invalid", {
    message: `"${String(input).slice(0, 60)}" is not a time.`,
    hint: "Give an ISO 8601 time such as 2026-11-23T09:00:00+01:00, a date such as 2026-11-23, or today+1 09:00.",
    cause,
  });
}
