import { weekdays, type LocalTime, type Weekday, type ZonedTime } from "../../core/zoned-time.js";
import { firstEndingAfter, mergeIntervals, overlapOf, type Interval } from "./intervals.js";

/** A day as the clocks of a zone show it. */
export interface LocalDay extends Interval {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly weekday: Weekday;
  /** Where clocks stay as they are it is one stretch; where they change, one before and one after. */
  readonly stretches: readonly Stretch[];
}

/** A part of a day in which the clocks go on evenly. */
interface Stretch extends Interval {
  /** How far the clocks are ahead of UTC. */
  readonly offsetMs: number;
}

/** The days of a span in one zone, read once: from here on its wall times are found by counting. */
export interface LocalDays {
  readonly timeZone: string;
  readonly days: readonly LocalDay[];
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** All days of which a span has a part, and the one that it ends in. */
export function readLocalDays(time: ZonedTime, timeZone: string, span: Interval): LocalDays {
  const days: LocalDay[] = [];
  let date = time.format(span.startMs, timeZone).slice(0, 10);
  let start = readClock(time, timeZone, time.startOfDay(date, timeZone));
  while (start.ms <= span.endMs) {
    const nextDate = dateAfter(date);
    const next = readDayStart(time, timeZone, nextDate, start.ms + dayMs);
    days.push({
      date,
      weekday: time.weekday(date),
      startMs: start.ms,
      endMs: next.ms,
      stretches: stretchesOf(time, timeZone, start, next),
    });
    [date, start] = [nextDate, next];
  }
  return { timeZone, days };
}

/** An instant of those days, as `ZonedTime` would show it. */
export function localTimeAt({ timeZone, days }: LocalDays, ms: number): LocalTime {
  const day = days[firstEndingAfter(days, ms)];
  const offsetMs = day?.stretches.find(({ endMs }) => ms < endMs)?.offsetMs ?? 0;
  const sign = offsetMs < 0 ? "-" : "+";
  const offset = new Date(Math.abs(offsetMs)).toISOString().slice(11, 16);
  const dateTime = `${new Date(ms + offsetMs).toISOString().slice(0, 19)}${sign}${offset}`;
  return { dateTime, timeZone, weekday: day?.weekday ?? "Monday" };
}

/**
 * When the clocks show a time from `startMinute` to before `endMinute`, both counted from midnight; an end at or before
 * the start is on the next day.
 *
 * @param on - the days that it begins on
 */
export function wallIntervals(
  { days }: LocalDays,
  { startMinute, endMinute, on }: { startMinute: number; endMinute: number; on: readonly Weekday[] },
): Interval[] {
  const lastMinute = endMinute <= startMinute ? endMinute + 1440 : endMinute;
  const found: Interval[] = [];
  for (const day of days) {
    for (const daysAgo of [0, 1, 2]) {
      const weekday = weekdays[(weekdays.indexOf(day.weekday) + 7 - daysAgo) % 7];
      if (weekday === undefined || !on.includes(weekday)) continue;
      const fromMinute = Math.max(0, startMinute - daysAgo * 1440);
      const toMinute = Math.min(1440, lastMinute - daysAgo * 1440);
      if (fromMinute < toMinute) found.push(...wallInterval(day, fromMinute, toMinute));
    }
  }
  return mergeIntervals(found);
}

/** The instants of a day at which its clocks show a whole number of steps since midnight, in order. */
export function stepsOf({ date, stretches }: LocalDay, stepMinutes: number): number[] {
  const stepMs = stepMinutes * minuteMs;
  return stretches.flatMap(({ startMs, endMs, offsetMs }) => {
    const midnightMs = Date.parse(date) - offsetMs;
    const first = Math.ceil((startMs - midnightMs) / stepMs);
    const count = Math.max(0, Math.ceil((endMs - midnightMs) / stepMs) - first);
    return Array.from({ length: count }, (_, at) => midnightMs + (first + at) * stepMs);
  });
}

function wallInterval({ date, stretches }: LocalDay, fromMinute: number, toMinute: number): Interval[] {
  return stretches.flatMap((stretch) => {
    const midnightMs = Date.parse(date) - stretch.offsetMs;
    const wall = { startMs: midnightMs + fromMinute * minuteMs, endMs: midnightMs + toMinute * minuteMs };
    return overlapOf(stretch, wall) ?? [];
  });
}

interface ClockReading {
  readonly ms: number;
  readonly text: string;
  readonly offsetMs: number;
}

function readClock(time: ZonedTime, timeZone: string, ms: number): ClockReading {
  const text = time.format(ms, timeZone).slice(0, 19);
  return { ms, text, offsetMs: Date.parse(`${text}Z`) - Math.floor(ms / 1000) * 1000 };
}

/** Asking for the clocks is enough on most days; only after a change of clocks the zone is asked where the day begins. */
function readDayStart(time: ZonedTime, timeZone: string, date: string, likelyMs: number): ClockReading {
  const likely = readClock(time, timeZone, likelyMs);
  if (likely.text === `${date}T00:00:00`) return likely;
  return readClock(time, timeZone, time.startOfDay(date, timeZone));
}

function stretchesOf(time: ZonedTime, timeZone: string, start: ClockReading, end: ClockReading): Stretch[] {
  const { ms: startMs, offsetMs } = start;
  if (offsetMs === end.offsetMs) return [{ startMs, endMs: end.ms, offsetMs }];
  let [beforeMs, changeMs] = [startMs, end.ms];
  while (changeMs - beforeMs > 1000) {
    const middleMs = Math.floor((beforeMs + changeMs) / 2000) * 1000;
    if (readClock(time, timeZone, middleMs).offsetMs === offsetMs) beforeMs = middleMs;
    else changeMs = middleMs;
  }
  return [
    { startMs, endMs: changeMs, offsetMs },
    { startMs: changeMs, endMs: end.ms, offsetMs: end.offsetMs },
  ].filter((stretch) => stretch.startMs < stretch.endMs);
}

function dateAfter(date: string): string {
  return new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10);
}
