import type { Temporal as TemporalTypes } from "temporal-polyfill";
import type { WireTime } from "./time.js";

/** An event as it was read from a text. */
export interface QuickEvent {
  readonly summary: string;
  readonly location: string | undefined;
  readonly start: WireTime;
  readonly end: WireTime;
  readonly guests: readonly string[];
}

interface Surroundings {
  readonly Temporal: typeof TemporalTypes;
  readonly now: TemporalTypes.ZonedDateTime;
  /** How long an event is when nobody says so, in minutes. */
  readonly usualMinutes: number;
}

interface Found<T> {
  readonly value: T;
  /** The text without it. */
  readonly rest: string;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const month =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const dayOfMonth = "(\\d{1,2})(?:st|nd|rd|th)?";
const clock = "(?:(\\d{1,2})(?::(\\d{2}))?\\s*(am|pm)?|(noon|midnight))";

/**
 * Reads an event from English words, such as `Lunch with Ann at Luigi's tomorrow 12pm-1pm`. Unsure(google): it reads more
 * than this and in more languages. Here a text without a day and a time begins now, one without a time takes the whole
 * day, and what follows "at" is the place.
 */
export function readQuickAdd(text: string, surroundings: Surroundings): QuickEvent {
  const { usualMinutes, now } = surroundings;
  const day = findDay(text, surroundings);
  const span = findSpan(day?.rest ?? text);
  const length = findLength(span?.rest ?? day?.rest ?? text);
  const words = (length?.rest ?? span?.rest ?? day?.rest ?? text).replace(/\s+/g, " ").trim();
  const guests = words.match(/[^\s@<>",;]+@[^\s@<>",;]+\.[a-z]+/gi) ?? [];
  const [, location] = / at ([^@]+)$/i.exec(words) ?? [];
  const named = { summary: words, location, guests };
  const date = day?.value ?? now.toPlainDate();
  if (!span && day && !length) {
    return { ...named, start: { date: date.toString() }, end: { date: date.add({ days: 1 }).toString() } };
  }
  const nowMinutes = now.hour * 60 + now.minute;
  const fromMinutes = span?.value.from ?? nowMinutes;
  const lengthMinutes = length?.value ?? usualMinutes;
  const toMinutes = span?.value.to ?? fromMinutes + lengthMinutes;
  const at = (minutes: number): WireTime => ({
    dateTime: date.toPlainDateTime().add({ minutes }).toString({ smallestUnit: "second" }),
    timeZone: now.timeZoneId,
  });
  // From eleven to one is over midnight.
  return { ...named, start: at(fromMinutes), end: at(toMinutes > fromMinutes ? toMinutes : toMinutes + 24 * 60) };
}

function findDay(text: string, { Temporal, now }: Surroundings): Found<TemporalTypes.PlainDate> | undefined {
  const today = now.toPlainDate();
  const at = (year: number | undefined, monthNumber: number, day: number): TemporalTypes.PlainDate | undefined => {
    try {
      const date = Temporal.PlainDate.from(
        { year: year ?? today.year, month: monthNumber, day },
        { overflow: "reject" },
      );
      const isOver = year === undefined && Temporal.PlainDate.compare(date, today) < 0;
      return isOver ? date.add({ years: 1 }) : date;
    } catch {
      return undefined; // no such day
    }
  };
  const optional = (digits: string | undefined): number | undefined =>
    digits === undefined ? undefined : Number(digits);
  const monthOf = (name = ""): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  type Reader = readonly [RegExp, (found: RegExpExecArray) => TemporalTypes.PlainDate | undefined];
  const readers: readonly Reader[] = [
    [/(?:on )?\b(\d{4})-(\d{2})-(\d{2})\b/i, ([, y, m, d]) => at(Number(y), Number(m), Number(d))],
    [/\b(today|tomorrow)\b/i, ([, name]) => today.add({ days: name?.toLowerCase() === "today" ? 0 : 1 })],
    [
      new RegExp(`(?:on )?\\b${month}\\.? ${dayOfMonth}(?:,? (\\d{4}))?\\b`, "i"),
      ([, m, d, y]) => at(optional(y), monthOf(m), Number(d)),
    ],
    [
      new RegExp(`(?:on )?\\b${dayOfMonth} (?:of )?${month}\\b(?:,? (\\d{4})\\b)?`, "i"),
      ([, d, m, y]) => at(optional(y), monthOf(m), Number(d)),
    ],
    [/(?:on )?\b(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?\b/i, ([, m, d, y]) => at(optional(y), Number(m), Number(d))],
    [
      /(?:on )?(?:next |this )?\b(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?s?\b/i,
      ([, name = ""]) => {
        const ahead = (days.indexOf(name.toLowerCase()) + 1 - today.dayOfWeek + 7) % 7;
        return today.add({ days: ahead === 0 ? 7 : ahead });
      },
    ],
  ];
  for (const [pattern, read] of readers) {
    const found = pattern.exec(text);
    const value = found && read(found);
    if (value) return { value, rest: without(text, found) };
  }
  return undefined;
}

/** From when until when, in minutes after midnight. A number alone is no time: there must be a colon, am or pm. */
function findSpan(text: string): Found<{ from: number; to: number | undefined }> | undefined {
  const range = new RegExp(`(?:\\b(?:from|at) )?\\b${clock}\\s*(?:-|–|to|until)\\s*${clock}(?!\\w)`, "i").exec(text);
  if (range) {
    const to = minutesOf(range.slice(5, 9), undefined);
    const from = minutesOf(range.slice(1, 5), range[7]);
    const isTime = [range[2], range[3], range[4], range[6], range[7], range[8]].some((each) => each !== undefined);
    if (isTime && from !== undefined && to !== undefined) {
      // "11-1pm" begins in the morning.
      const earlier =
        from > to && range[3] === undefined && Number(range[1]) <= 12 && from >= 12 * 60 ? from - 12 * 60 : from;
      return { value: { from: earlier, to }, rest: without(text, range) };
    }
  }
  for (const found of text.matchAll(new RegExp(`(?:\\bat )?\\b${clock}(?!\\w)`, "gi"))) {
    const from = minutesOf(found.slice(1, 5), undefined);
    const isTime = found[2] !== undefined || found[3] !== undefined || found[4] !== undefined;
    if (isTime && from !== undefined) return { value: { from, to: undefined }, rest: without(text, found) };
  }
  return undefined;
}

function minutesOf(
  [hours, minutes, half, name]: readonly (string | undefined)[],
  otherHalf: string | undefined,
): number | undefined {
  if (name !== undefined) return name.toLowerCase() === "noon" ? 12 * 60 : 0;
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)];
  const meant = (half ?? (hour <= 12 ? otherHalf : undefined))?.toLowerCase();
  if (minute > 59 || hour > (meant === undefined ? 23 : 12) || (meant !== undefined && hour === 0)) return undefined;
  const inDay = meant === undefined ? hour : (hour % 12) + (meant === "pm" ? 12 : 0);
  return inDay * 60 + minute;
}

/** For how long, in minutes. */
function findLength(text: string): Found<number> | undefined {
  const found = /\bfor (\d+(?:\.\d+)?) ?(hours?|hrs?|h|minutes?|mins?|m)\b/i.exec(text);
  if (!found) return undefined;
  const unit = found[2]?.toLowerCase().startsWith("h") ? 60 : 1;
  return { value: Math.round(Number(found[1]) * unit), rest: without(text, found) };
}

function without(text: string, found: RegExpExecArray): string {
  return `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
}
