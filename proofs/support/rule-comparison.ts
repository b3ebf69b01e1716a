import { expandSeries, type ZonedTime } from "maigic-integrations/calendar";
import { seededRandom } from "./mutate.js";
import { plainDates, type PlainLimits } from "./plain-rule.js";
import { randomRule, ruleLine, type RandomRule } from "./random-rule.js";
import { zoneWalls, type Walls } from "./zone-walls.js";

/** What the comparison of two implementations found. */
export interface Comparison {
  readonly compared: number;
  /** In how many rules a plain reading of the RFC says otherwise than this package. */
  readonly wrong: number;
  /** In how many the other implementation does and the plain reading does not, by what is peculiar about it. */
  readonly explained: Readonly<Record<string, number>>;
  /** The rules that nothing explains. */
  readonly unexplained: readonly string[];
}

type Parts = RandomRule["parts"];

/**
 * What ical.js 2.2.1 reads otherwise than RFC 5545, section 3.3.10, by the shape of the rule. That it is ical.js that is
 * alone is asked of every single rule.
 */
const peculiarities: Readonly<Record<string, (parts: Parts, wall: string) => boolean>> = {
  "BYWEEKNO counts other weeks": (parts) => "BYWEEKNO" in parts,
  "BYSETPOS of a year counts in each month": (parts) => parts["FREQ"] === "YEARLY" && "BYSETPOS" in parts,
  "BYMONTHDAY of a year stays in the start's month": (parts) =>
    parts["FREQ"] === "YEARLY" && "BYMONTHDAY" in parts && !("BYMONTH" in parts),
  "only one time of BYHOUR or BYMINUTE a day": (parts) =>
    parts["FREQ"] === "YEARLY" && ["BYHOUR", "BYMINUTE"].some((name) => parts[name]?.includes(",")),
  "times and days of a month are mixed up": (parts) =>
    parts["FREQ"] === "MONTHLY" &&
    ("BYDAY" in parts || "BYMONTHDAY" in parts) &&
    ["BYHOUR", "BYMINUTE"].some((name) => parts[name]?.includes(",")),
  "months left out by BYMONTH shift a monthly rule": (parts) => parts["FREQ"] === "MONTHLY" && "BYMONTH" in parts,
  "the last days of a month are lost in daily rules": (parts) =>
    parts["FREQ"] === "DAILY" && (parts["BYMONTHDAY"]?.includes("-") ?? false),
  "the last days of a month are the same all year": (parts) =>
    parts["FREQ"] === "YEARLY" && (parts["BYMONTHDAY"]?.includes("-") ?? false),
  "the fifth weekday of a month is also the first of the next": (parts) =>
    parts["FREQ"] === "MONTHLY" && /5[A-Z]/.test(parts["BYDAY"] ?? ""),
  "a day that a month does not have is one of the next": (parts, wall) =>
    parts["FREQ"] === "YEARLY" &&
    "BYMONTH" in parts &&
    (parts["BYMONTHDAY"] ?? wall.slice(8, 10)).split(",").some((day) => Number(day) > 28),
  "weekdays counted in a year are others": (parts) =>
    parts["FREQ"] === "YEARLY" && !("BYMONTH" in parts) && /\d/.test(parts["BYDAY"] ?? ""),
};

const mostDates = 60;
const years = 12;

/**
 * Compares the dates of generated rules with those that ical.js makes of them. Each starts at a date of its own: what a
 * rule means from another start RFC 5545 leaves undefined.
 *
 * @param change - breaks the rules that this package is asked about
 */
export async function compareRules(
  time: ZonedTime,
  { count, seed, change = (line) => line }: { count: number; seed: number; change?: (line: string) => string },
): Promise<Comparison> {
  const random = seededRandom(seed);
  const explained: Record<string, number> = {};
  const unexplained: string[] = [];
  let wrong = 0;
  for (let compared = 0; compared < count; compared++) {
    const { rule, walls, limits } = generate(time, random);
    const line = change(ruleLine(rule.parts));
    const plain = (more: Partial<PlainLimits> = {}): string[] =>
      plainDates(rule, { ...limits, most: mostDates, ...more });
    const ours = await ourDates(time, rule, { walls, line, before: limits.before });
    const theirs = await icalDates(rule, limits);
    // By the other reading of what every nth year counts from, a start may not be named, and is a date even so.
    const other = [...new Set([rule.wall, ...plain({ countsFrom: "date" })])].slice(0, mostDates);
    const isRight = isSame(ours, plain()) || ("BYWEEKNO" in rule.parts && isSame(ours, other));
    if (!isRight) wrong += 1;
    if (isSame(ours, theirs)) continue;
    // It is asked for wall times alone, and BYSETPOS counts those that clocks skip.
    const unclocked = plain({ isShown: () => true }).filter(limits.isShown);
    const name =
      "BYSETPOS" in rule.parts && isSame(theirs, unclocked)
        ? "BYSETPOS counts times that clocks skip"
        : Object.keys(peculiarities).find((each) => peculiarities[each]?.(rule.parts, rule.wall));
    if (name !== undefined && isRight) explained[name] = (explained[name] ?? 0) + 1;
    else unexplained.push(`${rule.zone} ${rule.wall} ${line}`);
  }
  return { compared: count, wrong, explained, unexplained };
}

/** A rule that starts at its first date, and has one. */
function generate(time: ZonedTime, random: () => number): { rule: RandomRule; walls: Walls; limits: PlainLimits } {
  for (;;) {
    const rule = randomRule(random);
    const walls = zoneWalls(time, rule);
    const until = rule.parts["UNTIL"];
    const isIn = (wall: string): boolean => until === undefined || walls.stampOf(wall) <= until;
    const { isShown } = walls;
    const endless = without(rule.parts, ["UNTIL", "COUNT"]);
    const [first] = plainDates(
      { ...rule, parts: endless },
      { isShown, isIn, before: later(rule.wall, years), most: 1 },
    );
    if (first === undefined || !isIn(first)) continue;
    return { rule: { ...rule, wall: first }, walls, limits: { isShown, isIn, before: later(first, years) } };
  }
}

function without(parts: Parts, names: readonly string[]): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => !names.includes(name)));
}

function later(wall: string, by: number): string {
  return `${Number(wall.slice(0, 4)) + by}-01-01T00:00:00`;
}

async function ourDates(
  time: ZonedTime,
  { wall, zone }: RandomRule,
  { walls, line, before }: { walls: Walls; line: string; before: string },
): Promise<string[]> {
  const start = walls.at(wall);
  const range = { fromMs: Date.UTC(2000, 0), toMs: walls.msOf(before) };
  const dates = await expandSeries(time, { start, end: start, lines: [line] }, range, zone, mostDates);
  return dates.map((date) => walls.wallOf(date.start));
}

/** What ical.js says, which knows wall times only: UNTIL and what clocks skip are left out here. */
async function icalDates({ wall, parts }: RandomRule, { isShown, isIn, before }: PlainLimits): Promise<string[]> {
  if (searchesWithoutEnd(parts)) return ["not asked"];
  const { default: ICAL } = await import("ical.js");
  const endless = without(parts, ["UNTIL", "COUNT"]);
  const most = Math.min(Number(parts["COUNT"] ?? mostDates), mostDates);
  const iterator = ICAL.Recur.fromString(ruleLine(endless).slice("RRULE:".length)).iterator(
    ICAL.Time.fromDateTimeString(wall),
  );
  const found: string[] = [];
  for (let tries = 0; tries < 4 * mostDates && found.length < most; tries++) {
    let next: string | undefined;
    try {
      next = (iterator.next() as { toString(): string } | null)?.toString().slice(0, 19);
    } catch {
      found.push("fails");
      break;
    }
    if (next === undefined || next >= before || !isIn(next)) break;
    if (isShown(next)) found.push(next);
  }
  return found;
}

/** Days from the end of a month it never finds in a daily rule, and it looks for minutes, to beyond the year 50,000. */
function searchesWithoutEnd({ FREQ, BYMONTHDAY }: Parts): boolean {
  return FREQ === "DAILY" && BYMONTHDAY !== undefined && BYMONTHDAY.split(",").every((day) => day.startsWith("-"));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}
