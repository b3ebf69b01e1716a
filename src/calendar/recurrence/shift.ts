import { isIntegrationError } from "../../core/errors.js";
import type { ZonedTime } from "../../core/zoned-time.js";
import type { EventMoment, EventSpan } from "../event-times.js";
import type { SeriesTimes } from "./compiled-series.js";
import { isRule, readLines, withParts, writeLine, type DatesLine, type RuleLine, type SeriesLine } from "./lines.js";
import { invalidRecurrence } from "./refusal.js";
import { shiftRule, type ShiftedRule } from "./shift-rule.js";
import { movedBy, movedInPlace, movedUntil, readShift, type MovedPlace, type Shift } from "./shift-of-start.js";
import {
  localStamp,
  momentAt,
  positionOf,
  positionOfStamp,
  positionOfWall,
  readStamp,
  stampOf,
  wallAt,
  wallOf,
} from "./stamps.js";

/**
 * The lines of a series whose first date moves, by what clocks show: by days, in the time of day, into another zone, and
 * between timed and all-day. Each date moves as the first does: a weekly rule's days all go as many days further, and what
 * stood for the first date (`BYMONTHDAY=15`, `BYDAY=2MO`) stands for the new one. EXDATE, RDATE and UNTIL move along.
 *
 * @param to - the series' new first times
 * @throws RequestError `request.invalid` (`details.field` is `recurrence`) for a rule that cannot be moved without
 * guessing, such as one for the last working day of a month
 */
export function shiftSeries(time: ZonedTime, series: SeriesTimes, to: EventSpan): string[] {
  const shift = readShift(time, series.start, to.start);
  if (!shift.changes) return [...series.lines];
  const lines = readLines(series.lines);
  const rules = new Map(lines.filter(isRule).map((line) => [line, shiftRule(line, shift)]));
  const lists = lines.filter((line) => !isRule(line));
  const added = lists.filter(({ name }) => name === "RDATE").flatMap((line) => positionsOf(time, line, shift));
  const places = [...rules].filter(([{ name }]) => name === "RRULE").map(([, { place }]) => place);
  const moved = lines.map((line): SeriesLine => {
    const rule = isRule(line) ? rules.get(line) : undefined;
    if (isRule(line)) return rule ? shiftUntil(time, line, { shift, rule }) : line;
    return shiftDates(time, line, { shift, places, added: new Set(added) });
  });
  return moved.filter((line) => isRule(line) || line.stamps.length > 0).map((line) => writeLine(line));
}

/**
 * When a series that moves has a date that it had at some time before, as `shiftSeries` moves it: so that what was said of
 * single dates can be said of the moved ones.
 */
export function movedDates(
  time: ZonedTime,
  series: SeriesTimes,
  to: EventSpan,
): (original: EventMoment) => EventMoment {
  const shift = readShift(time, series.start, to.start);
  if (!shift.changes) return (original) => original;
  const lines = readLines(series.lines);
  const lists = lines.filter((line) => !isRule(line)).filter(({ name }) => name === "RDATE");
  const added = new Set(lists.flatMap((line) => positionsOf(time, line, shift)));
  const places = lines.filter(isRule).flatMap((line) => placeOf(line, shift) ?? []);
  return (original) => {
    const position = positionOf(original);
    const wall = wallAt(time, shift.from.axis, position);
    const plain = movedBy(shift, wall);
    const inPlace = added.has(position) ? [] : places.map((place) => movedInPlace(shift, place, wall) ?? plain);
    const moved = wallOf(inPlace.find((each) => each !== plain) ?? plain);
    return momentAt(time, shift.to.axis, positionOfWall(time, shift.to.axis, moved));
  };
}

/** @returns undefined too for a rule that cannot be moved by itself, since another takes its place then */
function placeOf(line: RuleLine, shift: Shift): MovedPlace | undefined {
  try {
    return shiftRule(line, shift).place;
  } catch (error) {
    if (!isIntegrationError(error, "request.invalid")) throw error;
    return undefined;
  }
}

function positionsOf(time: ZonedTime, { stamps, timeZone }: DatesLine, { from }: Shift): number[] {
  return stamps.flatMap((stamp) => positionOfStamp(time, from.axis, stamp.split("/")[0] ?? "", timeZone) ?? []);
}

function shiftUntil(
  time: ZonedTime,
  { name }: RuleLine,
  { shift, rule }: { shift: Shift; rule: ShiftedRule },
): RuleLine {
  const { parts, place } = rule;
  const { from, to } = shift;
  const read = readStamp(parts.get("UNTIL") ?? "");
  if (!read) return { name, parts };
  const day = read.wall.slice(0, 10);
  const wall = from.axis.allDay
    ? `${day}T00:00:00`
    : read.kind === "date"
      ? `${day}T23:59:59`
      : read.kind === "local"
        ? read.wall
        : wallAt(time, from.axis, Date.parse(`${read.wall}Z`));
  const moved = wallOf(movedUntil(shift, place, wall));
  return { name, parts: withParts(parts, { UNTIL: stampOf(to.axis, positionOfWall(time, to.axis, moved)) }) };
}

interface Along {
  readonly shift: Shift;
  /** Of each rule. */
  readonly places: readonly (MovedPlace | undefined)[];
  /** Where the dates of RDATE are: no rule moves them. */
  readonly added: ReadonlySet<number>;
}

function shiftDates(time: ZonedTime, line: DatesLine, { shift, places, added }: Along): DatesLine {
  const { from, to } = shift;
  const stamps = line.stamps.flatMap((stamp): string[] => {
    if (stamp.includes("/")) return [shiftPeriod(time, { line, stamp, shift })];
    const position = positionOfStamp(time, from.axis, stamp, line.timeZone);
    if (position === undefined) return [];
    const wall = wallAt(time, from.axis, position);
    const isListed = line.name === "RDATE" || added.has(position) || places.length === 0;
    const moved = isListed ? [movedBy(shift, wall)] : places.map((place) => movedInPlace(shift, place, wall));
    return [...new Set(moved.filter((each) => each !== undefined))].map((each) => written(time, shift, each, stamp));
  });
  return { name: line.name, timeZone: to.axis.allDay ? undefined : to.axis.zone, stamps };
}

/** A moved time, in UTC where it was. */
function written(time: ZonedTime, { to }: Shift, moved: number, like: string): string {
  const stamp = localStamp(wallOf(moved));
  if (to.axis.allDay) return stamp.slice(0, 8);
  return like.endsWith("Z") ? stampOf(to.axis, positionOfWall(time, to.axis, wallOf(moved))) : stamp;
}

/** Both ends of a period move alike; a duration stays. */
function shiftPeriod(
  time: ZonedTime,
  { line, stamp, shift }: { line: DatesLine; stamp: string; shift: Shift },
): string {
  const ends = stamp.split("/").map((end) => {
    if (end.startsWith("P")) return end;
    const position = positionOfStamp(time, shift.from.axis, end, line.timeZone);
    if (position === undefined || shift.to.axis.allDay) {
      throw invalidRecurrence(
        writeLine(line),
        "does not say by itself what it is after the move",
        "Give recurrence too.",
      );
    }
    return written(time, shift, movedBy(shift, wallAt(time, shift.from.axis, position)), end);
  });
  return ends.join("/");
}
