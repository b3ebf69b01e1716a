import * as v from "valibot";
import { instantSeconds, wallSeconds } from "./wall-time.js";

/** The last time that something begins, up to a wall time in seconds; missing before the first time. */
export type LastOnset = (wall: number) => number | undefined;

const ruleShape = v.strictObject({
  freq: v.literal("YEARLY"),
  interval: v.optional(v.literal(1)),
  bymonth: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12))),
  byday: v.optional(v.pipe(v.string(), v.regex(/^([+-]?[1-5])?(SU|MO|TU|WE|TH|FR|SA)$/))),
  bymonthday: v.optional(v.union([v.number(), v.array(v.number())])),
  until: v.optional(v.string()),
  wkst: v.optional(v.unknown()),
});
type Rule = v.InferOutput<typeof ruleShape>;

const weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const daySeconds = 86_400;
/** A fifth Sunday may be missing for some years. */
const yearsBack = 12;

/**
 * When a rule of one day a year begins; missing for any other rule.
 *
 * @param value - a rule's parts, as ical.js reads them
 * @param start - wall time of the first, in seconds
 * @param offsetSeconds - from UTC, in which the wall times are
 */
export function yearlyOnset(value: unknown, start: number, offsetSeconds: number): LastOnset | undefined {
  const parsed = v.safeParse(ruleShape, value);
  if (!parsed.success) return undefined;
  const rule = parsed.output;
  const last = rule.until === undefined ? Infinity : endOf(rule.until, offsetSeconds);
  if (last === undefined || (rule.byday !== undefined && rule.byday.length < 3 && rule.bymonthday === undefined)) {
    return undefined;
  }
  const first = new Date(start * 1000);
  const month = (rule.bymonth ?? first.getUTCMonth() + 1) - 1;
  const clock = ((start % daySeconds) + daySeconds) % daySeconds;
  const fits = dayTest(rule, first.getUTCDate());
  // A hostile text asks for the same years again and again.
  const onsets = new Map<number, number | undefined>();
  const onsetIn = (year: number): number | undefined => {
    if (!onsets.has(year)) {
      const midnight = firstFitting(year, month, fits);
      onsets.set(year, midnight === undefined ? undefined : midnight + clock);
    }
    return onsets.get(year);
  };
  return (wall) => {
    const latest = Math.min(wall, last);
    const newest = new Date(latest * 1000).getUTCFullYear();
    for (let year = newest; year >= first.getUTCFullYear() && year >= newest - yearsBack; year--) {
      const onset = onsetIn(year);
      if (onset !== undefined && onset >= start && onset <= latest) return onset;
    }
    return start <= latest ? start : undefined;
  };
}

function endOf(until: string, offsetSeconds: number): number | undefined {
  const instant = instantSeconds(until);
  return instant === undefined ? wallSeconds(until) : instant + offsetSeconds;
}

/** Whether a day is the one that a rule means. */
type DayTest = (day: number, weekday: number, monthLength: number) => boolean;

function dayTest({ byday, bymonthday }: Rule, startDay: number): DayTest {
  const days = bymonthday === undefined ? undefined : [bymonthday].flat();
  const weekday = byday === undefined ? undefined : weekdays.indexOf(byday.slice(-2));
  const nth = byday !== undefined && byday.length > 2 ? Number(byday.slice(0, -2)) : undefined;
  return (day, dayOfWeek, length) => {
    if (days ? !days.includes(day) : weekday === undefined && day !== startDay) return false;
    if (weekday !== undefined && weekday !== dayOfWeek) return false;
    return nth === undefined || nth === Math.ceil(day / 7) || nth === -Math.ceil((length - day + 1) / 7);
  };
}

/** Midnight of the first day of a month that fits, in seconds. */
function firstFitting(year: number, month: number, fits: DayTest): number | undefined {
  const begin = Date.UTC(year, month, 1);
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const weekday = new Date(begin).getUTCDay();
  for (let day = 1; day <= length; day++) {
    if (fits(day, (weekday + day - 1) % 7, length)) return begin / 1000 + (day - 1) * daySeconds;
  }
  return undefined;
}
