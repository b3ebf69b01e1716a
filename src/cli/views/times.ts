import type { ViewContext } from "./view.js";

/** An instant or a date as a person's calendar has it. */
export interface CalendarTime {
  /** `2026-11-29`. */
  readonly date: string;
  readonly weekday: string;
  /** `29 Nov`. */
  readonly day: string;
  readonly year: string;
  /** `14:05`. */
  readonly clock: string;
}

const dayMs = 86_400_000;

/** An ISO 8601 instant by the clocks of a zone; a date is in none. Undefined for what is no time. */
export function calendarTime(instant: string | number, timeZone: string): CalendarTime | undefined {
  const isDate = typeof instant === "string" && /^\d{4}-\d{2}-\d{2}$/.test(instant);
  const epochMs = typeof instant === "number" ? instant : Date.parse(instant);
  if (!Number.isFinite(epochMs)) return undefined;
  const parts = new Map(
    formatter(isDate ? "UTC" : timeZone)
      .formatToParts(epochMs)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  const month = months.indexOf(part("month")) + 1;
  return {
    date: `${part("year").padStart(4, "0")}-${String(month).padStart(2, "0")}-${part("day").padStart(2, "0")}`,
    weekday: part("weekday"),
    day: `${part("day")} ${part("month")}`,
    year: part("year"),
    clock: `${part("hour")}:${part("minute")}`,
  };
}

/** A time in a list: `today 14:05`, `Mon 23 Nov 14:05`, and long ago or far away `23 Nov 2025`. */
export function shortTime(instant: string, context: ViewContext): string {
  const time = calendarTime(instant, context.timeZone);
  if (!time) return instant;
  const away = Math.abs(daysFromToday(time.date, context));
  return away > farDays ? `${time.day} ${time.year}` : `${dayWord(time.date, context)} ${time.clock}`;
}

/** A time by itself, whole: `Mon 23 Nov 2026 14:05`, with `today` or its like beside it. */
export function longTime(instant: string, context: ViewContext): string {
  const time = calendarTime(instant, context.timeZone);
  if (!time) return instant;
  const word = relativeWord(time.date, context);
  return `${time.weekday} ${time.day} ${time.year} ${time.clock}${word === undefined ? "" : ` (${word})`}`;
}

/** A day: `today`, `Mon 23 Nov`, or in another year that is far away `Mon 23 Nov 2027`. */
export function dayWord(date: string, context: ViewContext): string {
  const time = calendarTime(date, "UTC");
  if (!time) return date;
  return relativeWord(date, context) ?? `${time.weekday} ${time.day}${yearWhere(time, context)}`;
}

/** A day at the head of what happens on it: `Today, Sun 29 Nov`. */
export function dayHeading(date: string, context: ViewContext): string {
  const time = calendarTime(date, "UTC");
  if (!time) return date;
  const day = `${time.weekday} ${time.day}${yearWhere(time, context)}`;
  const word = relativeWord(date, context);
  return word === undefined ? day : `${word.charAt(0).toUpperCase()}${word.slice(1)}, ${day}`;
}

/** The date of today where the person is. */
export function today({ now, timeZone }: ViewContext): string {
  return calendarTime(now, timeZone)?.date ?? "";
}

/** The word for a day that is near; undefined for others. */
export function relativeWord(date: string, context: ViewContext): string | undefined {
  return new Map([
    [-1, "yesterday"],
    [0, "today"],
    [1, "tomorrow"],
  ]).get(daysFromToday(date, context));
}

function daysFromToday(date: string, context: ViewContext): number {
  return Math.round((Date.parse(date) - Date.parse(today(context))) / dayMs);
}

function yearWhere({ date, year }: CalendarTime, context: ViewContext): string {
  return Math.abs(daysFromToday(date, context)) > farDays ? ` ${year}` : "";
}

/** Beyond it a day of a month could be meant of two years. */
const farDays = 180;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all that it does afterwards. */
function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  formatters.set(timeZone, made);
  return made;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
