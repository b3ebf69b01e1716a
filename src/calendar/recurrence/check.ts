import type { ZonedTime } from "../../core/zoned-time.js";
import { compileSeries, type CompiledRule, type SeriesTimes } from "./compiled-series.js";
import { readParts, readProperty, withParts, writeLine, writeParts, type Property, type RuleParts } from "./lines.js";
import { invalidRecurrence } from "./refusal.js";
import { firstDates } from "./rule-dates.js";
import { problemOfRule } from "./rule-grammar.js";
import { axisOf, positionOf, positionOfStamp, positionOfWall, readStamp, stampOf, type Axis } from "./stamps.js";

/** The lines of a series while they are checked. */
interface Checked {
  readonly time: ZonedTime;
  readonly axis: Axis;
  readonly start: number;
  /** The line as it was given. */
  readonly text: string;
}

/**
 * The lines of a series as RFC 5545 writes them, one property each. A rule may be given without `RRULE:`, several lines
 * with line breaks between; an UNTIL in local time is turned into UTC, and a local EXDATE or RDATE gets the series' zone.
 * None are given for what happens once.
 *
 * @throws RequestError `request.invalid` (`details.field` is `recurrence`, `details.line` the line) for what is no
 * recurrence line, a rule that cannot be, fits no day, or repeats more often than daily, and for a date where times are
 * needed or the other way round
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
 */
export async function requireRecurrence(time: ZonedTime, series: SeriesTimes): Promise<string[]> {
  const given = series.lines
    .flatMap((text) => text.replace(/\r?\n[ \t]/g, "").split(/\r?\n/))
    .map((text) => text.trim());
  const axis = axisOf(series.start);
  const start = positionOf(series.start);
  const lines = given.filter((text) => text !== "").map((text) => requireLine({ time, axis, start, text }));
  const [first] = lines;
  if (first === undefined) return [];
  if (!lines.some((line) => line.startsWith("RRULE") || line.startsWith("RDATE"))) {
    throw invalidRecurrence(first, "only leaves out dates", "Give a line with RRULE or RDATE too.");
  }
  const { rules } = await compileSeries(time, { ...series, lines });
  for (const rule of rules) requireDates(rule, start);
  return lines;
}

function requireLine(checked: Checked): string {
  const { text } = checked;
  const property = readProperty(/^FREQ=/i.test(text) ? `RRULE:${text}` : text);
  switch (property.name) {
    case "RRULE":
    case "EXRULE":
      return writeLine({ name: property.name, parts: requireRule(checked, property.value) });
    case "RDATE":
    case "EXDATE":
      return writeLine({ name: property.name, ...requireStamps(checked, property) });
    case "DTSTART":
    case "DTEND":
      throw invalidRecurrence(text, "is not for here", "Give start and end as such.");
    default:
      throw invalidRecurrence(text, "is no RRULE, RDATE or EXDATE", "Write a line such as RRULE:FREQ=WEEKLY;BYDAY=MO.");
  }
}

function requireRule(checked: Checked, value: string): RuleParts {
  const parts = readParts(value);
  const problem = problemOfRule(value.split(";").flatMap((part) => (part.trim() === "" ? [] : [...readParts(part)])));
  if (problem !== undefined) throw invalidRecurrence(checked.text, problem);
  if (checked.axis.allDay && ["BYHOUR", "BYMINUTE", "BYSECOND"].some((name) => parts.has(name))) {
    throw invalidRecurrence(checked.text, "names times, but the event is of whole days");
  }
  const until = parts.get("UNTIL");
  return until === undefined ? parts : withParts(parts, { UNTIL: requireUntil(checked, until) });
}

function requireUntil({ time, axis, start, text }: Checked, until: string): string {
  const read = readStamp(until);
  if (!read) throw invalidRecurrence(text, `ends with ${until}, which is no day`);
  const day = until.slice(0, 8);
  if (axis.allDay && read.kind !== "date") {
    throw invalidRecurrence(text, "ends at a time, but the event is of whole days", `Write UNTIL=${day}.`);
  }
  if (!axis.allDay && read.kind === "date") {
    const end = stampOf(axis, positionOfWall(time, axis, `${read.wall.slice(0, 10)}T23:59:59`));
    throw invalidRecurrence(
      text,
      "ends with a day, but the event has a time",
      `For all of that day write UNTIL=${end}.`,
    );
  }
  const position = positionOfStamp(time, axis, until) ?? start;
  if (position < start) throw invalidRecurrence(text, "ends before the event begins");
  return stampOf(axis, position);
}

function requireStamps(
  { time, axis, start, text }: Checked,
  { name, params, value }: Property,
): { timeZone: string | undefined; stamps: string[] } {
  const timeZone = params.get("TZID") ?? axis.zone;
  if (!time.isZone(timeZone)) {
    throw invalidRecurrence(text, `names no time zone`, "Give an IANA name such as Europe/Berlin as TZID.");
  }
  const stamps = value.split(",").map((each) => {
    const stamp = each.trim().toUpperCase();
    const read = readStamp(stamp);
    if (!read) throw invalidRecurrence(text, `has "${stamp.slice(0, 40)}", which is no date or time`);
    if (axis.allDay !== (read.kind === "date")) throw wrongKind(text, stamp, axis);
    const position = positionOfStamp(time, axis, stamp, timeZone) ?? start;
    if (name === "RDATE" && position < start) {
      throw invalidRecurrence(text, `has ${stamp}, which is before the start`, "The first date is the start.");
    }
    return { stamp, kind: read.kind, position };
  });
  const same = new Set(stamps.map(({ kind }) => kind)).size === 1;
  // One line has one kind of times: of several kinds all are written in UTC.
  return {
    timeZone: axis.allDay ? undefined : timeZone,
    stamps: stamps.map(({ stamp, position }) => (same ? stamp : stampOf(axis, position))),
  };
}

function wrongKind(text: string, stamp: string, { allDay }: Axis): Error {
  const day = stamp.slice(0, 8);
  return allDay
    ? invalidRecurrence(text, `has the time ${stamp}, but the event is of whole days`, `Write ${day}.`)
    : invalidRecurrence(text, `has the day ${stamp}, but the event has a time`, `Write ${day}T and the event's time.`);
}

/** @throws RequestError `request.invalid` for a rule that never comes true */
function requireDates(rule: CompiledRule, start: number): void {
  const { name, parts } = rule;
  if (firstDates(rule, start, 1).length > 0) return;
  throw invalidRecurrence(`${name}:${writeParts(parts)}`, "fits no day");
}
