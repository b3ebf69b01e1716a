import type { RRuleTemporal } from "rrule-temporal";
import type { ZonedTime } from "../../core/zoned-time.js";
import type { EventSpan } from "../event-times.js";
import { isRule, readLines, withParts, writeParts, type DatesLine, type RuleLine, type RuleParts } from "./lines.js";
import { invalidRecurrence } from "./refusal.js";
import {
  axisOf,
  positionOf,
  positionOfStamp,
  positionOfWall,
  readStamp,
  reckon,
  stampOf,
  wallAt,
  type Axis,
} from "./stamps.js";
import { fiftyThirdWeekday } from "./yearly-ordinals.js";

/** A series: its first times and its RRULE, RDATE and EXDATE lines. */
export interface SeriesTimes extends EventSpan {
  readonly lines: readonly string[];
}

/** A rule together with the start that it counts from. */
export interface CompiledRule {
  readonly name: RuleLine["name"];
  readonly parts: RuleParts;
  /** Its dates from one place on the line to another, both inclusive, in order. */
  readonly between: (from: number, to: number) => number[];
}

/** A date that a list adds, with an end of its own where the list says one. */
export interface ListedDate {
  readonly position: number;
  readonly stamp: string;
  readonly timeZone: string | undefined;
  readonly end?: number;
}

/** The lines of a series, read. */
export interface CompiledSeries {
  readonly axis: Axis;
  readonly start: number;
  readonly length: number;
  readonly rules: readonly CompiledRule[];
  readonly added: readonly ListedDate[];
  readonly removed: readonly ListedDate[];
}

/** No series has as many dates, nor looks at as many days for them. */
const mostDates = 10_000_000;
/** Later no date can be written. */
export const lastPosition: number = Date.UTC(9999, 0);

/** Reads the lines of a series. @throws RequestError `request.invalid` for a rule that is none */
export async function compileSeries(time: ZonedTime, series: SeriesTimes): Promise<CompiledSeries> {
  const axis = axisOf(series.start);
  const start = positionOf(series.start);
  const lines = readLines(series.lines);
  const compile = await ruleCompiler(time, axis, start);
  const listed = (name: DatesLine["name"]): ListedDate[] =>
    lines.flatMap((line) => (line.name === name && !isRule(line) ? readDates(time, axis, line) : []));
  return {
    axis,
    start,
    length: positionOf(series.end) - start,
    rules: lines.filter(isRule).map(({ name, parts }) => compile(name, parts)),
    added: listed("RDATE"),
    removed: listed("EXDATE"),
  };
}

/** Makes rules that count from a start. */
export async function ruleCompiler(
  time: ZonedTime,
  axis: Axis,
  start: number,
): Promise<(name: RuleLine["name"], parts: RuleParts) => CompiledRule> {
  const library = await import("rrule-temporal");
  const dtstart = `${axis.allDay ? `${wallAt(time, axis, start)}+00:00` : time.format(start, axis.zone)}[${axis.zone}]`;
  const read = (name: RuleLine["name"], parts: RuleParts): RRuleTemporal => {
    try {
      return new library.RRuleTemporal({
        rruleString: `RRULE:${writeParts(asInstants(time, axis, parts))}`,
        dtstart: { timeZoneId: axis.zone, toString: () => dtstart },
        tzid: axis.zone,
        maxIterations: mostDates,
        maxCandidateEvaluations: mostDates,
      });
    } catch (cause) {
      throw unreadable(name, parts, cause);
    }
  };
  return (name, parts) => {
    const isDate = fiftyThirdWeekday(parts);
    const rule = read(name, isDate ? withParts(parts, { COUNT: undefined }) : parts);
    if (!isDate) return { name, parts, between: (from, to) => datesOf(rule, from, to) };
    const count = Number(parts.get("COUNT") ?? Infinity);
    const between = (from: number, to: number): number[] =>
      datesOf(rule, start, to)
        .filter((position) => isDate(wallAt(time, axis, position)))
        .slice(0, count)
        .filter((position) => position >= from);
    return { name, parts, between };
  };
}

function datesOf(rule: RRuleTemporal, from: number, to: number): number[] {
  const last = Math.min(to, lastPosition);
  if (from > last) return [];
  return rule.between(new Date(from), new Date(last), true).map(({ epochMilliseconds }) => epochMilliseconds);
}

/**
 * A rule as the library wants it: with an instant for its end, to which a day that ends a timed series belongs until it is
 * over, and without times for whole days, which RFC 5545 has ignored.
 */
function asInstants(time: ZonedTime, axis: Axis, given: RuleParts): RuleParts {
  const parts = axis.allDay ? withParts(given, { BYHOUR: undefined, BYMINUTE: undefined, BYSECOND: undefined }) : given;
  const until = readStamp(parts.get("UNTIL") ?? "");
  if (!until) return parts;
  const day = until.wall.slice(0, 10);
  const last = axis.allDay
    ? reckon(`${day}T00:00:00`)
    : until.kind === "utc"
      ? reckon(until.wall)
      : positionOfWall(time, axis, until.kind === "date" ? `${day}T23:59:59` : until.wall);
  return withParts(parts, { UNTIL: stampOf({ ...axis, allDay: false }, last) });
}

function unreadable(name: string, parts: RuleParts, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return invalidRecurrence(`${name}:${writeParts(parts)}`, `cannot be read as a rule (${why.slice(0, 200)})`);
}

function readDates(time: ZonedTime, axis: Axis, { stamps, timeZone }: DatesLine): ListedDate[] {
  return stamps.flatMap((stamp): ListedDate[] => {
    const [from = "", to] = stamp.split("/");
    const position = positionOfStamp(time, axis, from, timeZone);
    if (position === undefined) return [];
    const end = to === undefined ? undefined : endOfPeriod(time, axis, { position, to, timeZone });
    return [{ position, stamp, timeZone, ...(end !== undefined && { end }) }];
  });
}

/** The end of a period, which is a time or a duration such as `PT1H30M`. */
function endOfPeriod(
  time: ZonedTime,
  axis: Axis,
  { position, to, timeZone }: { position: number; to: string; timeZone: string | undefined },
): number | undefined {
  const found = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(to);
  if (!found) return positionOfStamp(time, axis, to, timeZone);
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = [1, 2, 3, 4, 5].map((group) =>
    Number(found[group] ?? 0),
  );
  return position + ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
