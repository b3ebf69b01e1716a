import type { RandomRule } from "./random-rule.js";

const dayMs = 86_400_000;
const dayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** A day by its place in every calendar that a rule may count by. */
interface Day {
  readonly index: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 for Monday. */
  readonly weekday: number;
  readonly daysInMonth: number;
  readonly dayOfYear: number;
  readonly daysInYear: number;
}

const known = new Map<number, Day>();

function dayAt(index: number): Day {
  const day = known.get(index) ?? readDay(index);
  known.set(index, day);
  return day;
}

function readDay(index: number): Day {
  const date = new Date(index * dayMs);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const first = Date.UTC(year, 0, 1) / dayMs;
  return {
    index,
    year,
    month: month + 1,
    day,
    weekday: (((index + 3) % 7) + 7) % 7,
    daysInMonth: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(),
    dayOfYear: index - first + 1,
    daysInYear: Date.UTC(year + 1, 0, 1) / dayMs - first,
  };
}

const numbers = (text: string | undefined): number[] | undefined => text?.split(",").map(Number);

/** How far a rule is followed. */
export interface PlainLimits {
  /** Whether the clocks of the rule's zone show a wall time; one that they skip is no date. */
  readonly isShown: (wall: string) => boolean;
  /** Whether a wall time is not after UNTIL. */
  readonly isIn: (wall: string) => boolean;
  /** A wall time; none from there on are looked for. */
  readonly before: string;
  /** No more are looked for. */
  readonly most?: number;
  /**
   * Whether every nth year is counted from the year that the start's week is of (default), or from the start's date: the
   * last days of December may be in the first week of the next year, and the RFC does not say which counts.
   */
  readonly countsFrom?: "week" | "date";
}

/**
 * The wall times of a rule, read plainly from RFC 5545, section 3.3.10: every day from the start on is asked whether it
 * fits. Slow, and nothing like how libraries do it.
 */
export function plainDates(
  { wall, parts }: Pick<RandomRule, "wall" | "parts">,
  { isShown, isIn, before, most = Infinity, countsFrom = "week" }: PlainLimits,
): string[] {
  const first = dayAt(Date.parse(`${wall.slice(0, 10)}T00:00:00Z`) / dayMs);
  const [fits, period, times] = [dayFits(parts, first), periodOf(parts, first, countsFrom), timesOf(parts, wall)];
  const count = Math.min(Number(parts["COUNT"] ?? Infinity), most);
  const positions = numbers(parts["BYSETPOS"]);
  const last = Date.parse(`${before.slice(0, 10)}T00:00:00Z`) / dayMs;
  const found: string[] = [];
  let set: string[] = [];
  let current: number | undefined;
  const close = (): boolean => {
    const chosen = positions
      ? set.filter((_, at) => positions.some((n) => (n > 0 ? at === n - 1 : at === set.length + n)))
      : set;
    set = [];
    for (const each of chosen) {
      if (each < wall) continue;
      if (each >= before || !isIn(each)) return false;
      found.push(each);
      if (found.length >= count) return false;
    }
    return true;
  };
  // BYSETPOS counts from where the start's period begins, which may be a year before.
  for (let index = first.index - (positions ? 372 : 0); index <= last + 372; index++) {
    const day = dayAt(index);
    const at = period(day);
    if ((at !== current || !positions) && !close()) return found;
    current = at;
    if (at === undefined || !fits(day)) continue;
    const date = new Date(index * dayMs).toISOString().slice(0, 10);
    set.push(...times.map((time) => `${date}T${time}`).filter(isShown));
  }
  close();
  return found;
}

/** Which of the rule's periods a day is in; undefined between them. */
function periodOf(
  { FREQ, INTERVAL = "1", WKST = "MO", BYWEEKNO }: RandomRule["parts"],
  first: Day,
  countsFrom: PlainLimits["countsFrom"],
): (day: Day) => number | undefined {
  const weekStart = dayNames.indexOf(WKST);
  const count = ({ index, year, month }: Day): number => {
    if (FREQ === "DAILY") return index;
    if (FREQ === "WEEKLY") return Math.floor((index + 3 - weekStart) / 7);
    if (FREQ === "MONTHLY") return year * 12 + month;
    return BYWEEKNO === undefined ? year : weekOf(dayAt(index), weekStart).year;
  };
  const start = BYWEEKNO !== undefined && countsFrom === "date" ? first.year : count(first);
  const interval = Number(INTERVAL);
  return (day) => ((((count(day) - start) % interval) + interval) % interval === 0 ? count(day) : undefined);
}

/** The number of a day's week, and how many weeks its year has: the first has at least four days in the year. */
function weekOf({ index, weekday }: Day, weekStart: number): { year: number; week: number; weeks: number } {
  const begin = index - ((weekday - weekStart + 7) % 7);
  const { year, dayOfYear, daysInYear } = dayAt(begin + 3);
  const week = Math.floor((dayOfYear - 1) / 7) + 1;
  return { year, week, weeks: week + Math.floor((daysInYear - dayOfYear) / 7) };
}

function dayFits(parts: RandomRule["parts"], first: Day): (day: Day) => boolean {
  const { FREQ, BYDAY } = parts;
  const [months, monthDays, yearDays, weeks] = ["BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"].map((name) =>
    numbers(parts[name]),
  );
  const weekStart = dayNames.indexOf(parts["WKST"] ?? "MO");
  const isOf = (list: readonly number[], value: number, size: number): boolean =>
    list.some((n) => n === value || n === value - size - 1);
  const byDay = BYDAY?.split(",").map((text) => ({
    weekday: dayNames.indexOf(text.slice(-2)),
    n: Number(text.slice(0, -2)),
  }));
  const isWeekday = (day: Day): boolean => {
    const inMonth = FREQ === "MONTHLY" || months !== undefined;
    const [place, size] = inMonth ? [day.day, day.daysInMonth] : [day.dayOfYear, day.daysInYear];
    const [fromStart, fromEnd] = [Math.ceil(place / 7), -Math.ceil((size - place + 1) / 7)];
    return (byDay ?? []).some(
      ({ weekday, n }) => weekday === day.weekday && (n === 0 || n === fromStart || n === fromEnd),
    );
  };
  const saysDay = byDay ?? monthDays ?? yearDays;
  return (day) => {
    if (months && !months.includes(day.month)) return false;
    if (monthDays && !isOf(monthDays, day.day, day.daysInMonth)) return false;
    if (yearDays && !isOf(yearDays, day.dayOfYear, day.daysInYear)) return false;
    if (weeks) {
      const { week, weeks: size } = weekOf(day, weekStart);
      if (!isOf(weeks, week, size)) return false;
    }
    if (byDay) return isWeekday(day);
    if (saysDay) return true;
    // What no part says is as it is of the start.
    if (FREQ === "WEEKLY" || weeks) return day.weekday === first.weekday;
    if (FREQ === "MONTHLY") return day.day === first.day;
    if (FREQ === "YEARLY") return day.day === first.day && (months !== undefined || day.month === first.month);
    return true;
  };
}

function timesOf({ BYHOUR, BYMINUTE, BYSECOND }: RandomRule["parts"], wall: string): string[] {
  const [hour = "", minute = "", second = ""] = wall.slice(11).split(":");
  const [hours, minutes, seconds] = [BYHOUR ?? hour, BYMINUTE ?? minute, BYSECOND ?? second].map((list) =>
    list
      .split(",")
      .map((each) => each.padStart(2, "0"))
      .sort(),
  ) as [string[], string[], string[]];
  return hours.flatMap((h) => minutes.flatMap((m) => seconds.map((s) => `${h}:${m}:${s}`)));
}
