import type { ZonedTime } from "maigic-integrations/calendar";
import { plainDates } from "./plain-rule.js";
import { pick, randomRule, ruleLine, type Random, type RandomRule } from "./random-rule.js";
import { laterBy } from "./series-model.js";
import { zoneWalls, type Walls } from "./zone-walls.js";

/** A series with the dates that its lines mean by a plain reading of the RFC. */
export interface GeneratedSeries {
  readonly zone: string;
  readonly allDay: boolean;
  readonly walls: Walls;
  /** Wall time of the start. */
  readonly start: string;
  readonly lines: readonly string[];
  /** Wall times before `end` and a while after. */
  readonly dates: readonly string[];
  /** Up to where dates are looked at. */
  readonly end: string;
  /** Whether all of its dates can be moved by whole days. */
  readonly isMovable: boolean;
  /** Whether some of its times may be skipped by clocks. */
  readonly meetsGaps: boolean;
}

const dayMs = 86_400_000;
/** How long series of a frequency are looked at: some dozens of dates. */
const lookedAtDays: Readonly<Record<string, number>> = { DAILY: 100, WEEKLY: 300, MONTHLY: 900, YEARLY: 2500 };
/** Dates may be moved into what is looked at. */
const marginMs = 40 * dayMs;

/** A series of one rule, of two, or of listed dates; ended or endless; with dates added and left out. */
export function generateSeries(time: ZonedTime, random: Random): GeneratedSeries {
  for (;;) {
    const first = randomRule(random);
    // The sandbox's library takes the first weekday of the next year for the 53rd.
    if (first.parts["BYDAY"]?.includes("53")) continue;
    // Whether every nth year counts from the start's date or week the RFC does not say.
    if (first.parts["BYWEEKNO"] !== undefined && first.parts["INTERVAL"] !== undefined) continue;
    const walls = zoneWalls(time, first);
    const days = lookedAtDays[first.parts["FREQ"] ?? ""] ?? 0;
    const start = startOf(first, walls, days, random);
    if (start === undefined) continue;
    const end = laterBy(start, days * dayMs);
    const rules = rulesFrom({ ...first, wall: start }, random);
    const limits = { isShown: walls.isShown, before: laterBy(end, marginMs) };
    const named = rules.flatMap((rule) => plainDates(rule, { ...limits, isIn: (wall) => isIn(rule, walls, wall) }));
    const added = someDates(random, () => addedDate(start, first.allDay, days, random)).filter(walls.isShown);
    const all = [...new Set([start, ...named, ...added])].sort();
    const removed = new Set(someDates(random, () => pick(all.slice(0, 12), random)));
    const dates = all.filter((wall) => !removed.has(wall));
    if (dates.length === 0 || dates.length > 150) continue;
    const lines = [
      ...rules.map(({ parts }) => ruleLine(parts)),
      ...listLine("RDATE", added, first.allDay, walls),
      ...listLine("EXDATE", [...removed], first.allDay, walls),
    ];
    if (rules.length === 0 && added.length === 0) continue;
    return {
      ...{ zone: first.zone, allDay: first.allDay, walls, start, lines, dates, end },
      isMovable: rules.every(({ parts }) => isMovable(parts)),
      meetsGaps: !first.allDay && [start, ...added, ...named].some((wall) => wall.slice(11, 13) === "02"),
    };
  }
}

/** The rule's first date; now and then a start that it does not name. */
function startOf(rule: RandomRule, walls: Walls, days: number, random: Random): string | undefined {
  const endless = Object.fromEntries(
    Object.entries(rule.parts).filter(([name]) => name !== "UNTIL" && name !== "COUNT"),
  );
  const before = laterBy(rule.wall, 2 * days * dayMs);
  const limits = { isShown: walls.isShown, isIn: () => true, before, most: 1 };
  const [first] = plainDates({ ...rule, parts: endless }, limits);
  const start = random() < 0.1 && walls.isShown(rule.wall) ? rule.wall : first;
  return first !== undefined && start !== undefined && isIn(rule, walls, first) ? start : undefined;
}

function rulesFrom(first: RandomRule, random: Random): RandomRule[] {
  const kind = random();
  if (kind < 0.08) return [];
  if (kind < 0.85) return [first];
  const parts = { FREQ: "WEEKLY", INTERVAL: String(1 + Math.floor(random() * 3)), COUNT: "7" };
  return [first, { ...first, parts }];
}

function isIn({ parts }: RandomRule, walls: Walls, wall: string): boolean {
  return parts["UNTIL"] === undefined || walls.stampOf(wall) <= parts["UNTIL"];
}

function someDates(random: Random, make: () => string): string[] {
  return random() < 0.5 ? [] : Array.from({ length: 1 + Math.floor(random() * 3) }, make);
}

function addedDate(start: string, allDay: boolean, days: number, random: Random): string {
  const hours = allDay ? 0 : pick([0, 0, 3, 5], random);
  return laterBy(start, (1 + Math.floor((random() * days) / 2)) * dayMs + hours * 3_600_000);
}

function listLine(name: string, dates: readonly string[], allDay: boolean, walls: Walls): string[] {
  if (dates.length === 0) return [];
  const value = [...new Set(dates)].map((wall) => walls.stampOf(wall)).join(",");
  return [`${name}${allDay ? ";VALUE=DATE" : ""}:${value}`];
}

function isMovable({ FREQ, BYMONTH, BYMONTHDAY }: RandomRule["parts"]): boolean {
  return (FREQ === "DAILY" || FREQ === "WEEKLY") && BYMONTH === undefined && BYMONTHDAY === undefined;
}
