import { linesOf, type Component } from "./components.js";
import type { PropertyReader } from "./properties.js";
import { wallSeconds, withDashes } from "./wall-time.js";
import { yearlyOnset, type LastOnset } from "./yearly-onset.js";

/** The offset from UTC that a wall time is meant with, in seconds; the wall time too, as if it were UTC. */
export type ZoneRules = (wall: number) => number;

/** From when on a zone has which offset, in seconds. */
interface Observance {
  readonly from: number;
  readonly to: number;
  readonly lastOnset: LastOnset;
}

/** More changes of clocks than any zone has had. */
const mostObservances = 100;
const mostDates = 1_000;

/**
 * The rules of a VTIMEZONE; missing for rules other than a day of each year, which no program writes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5
 */
export function readZoneRules(component: Component, read: PropertyReader): ZoneRules | undefined {
  const parts = component.parts.filter(({ name }) => name === "STANDARD" || name === "DAYLIGHT");
  if (parts.length > mostObservances) return undefined;
  const observances = parts.flatMap((part) => readObservance(part, read) ?? []);
  const [earliest] = observances;
  if (!earliest || observances.length < parts.length) return undefined;
  return (wall) => {
    let latest: { onset: number; from: number; to: number } | undefined;
    for (const { from, to, lastOnset } of observances) {
      const onset = lastOnset(wall);
      if (onset !== undefined && (latest === undefined || onset > latest.onset)) latest = { onset, from, to };
    }
    if (!latest) return earliest.from;
    // A time that the clocks skip is meant with the offset before.
    return wall < latest.onset + latest.to - latest.from ? latest.from : latest.to;
  };
}

function readObservance(part: Component, read: PropertyReader): Observance | undefined {
  const from = offsetSeconds(read.first(part, "TZOFFSETFROM")?.value);
  const to = offsetSeconds(read.first(part, "TZOFFSETTO")?.value);
  const start = wallSeconds(read.first(part, "DTSTART")?.value);
  const dates = linesOf(part, "RDATE").flatMap(datesIn);
  if (from === undefined || to === undefined || start === undefined || dates.length > mostDates) return undefined;
  const rules = linesOf(part, "RRULE").length;
  const rule = rules === 0 ? undefined : yearlyOnset(read.first(part, "RRULE")?.value, start, from);
  if (rules > 1 || (rules === 1 && !rule)) return undefined;
  const fixed = [start, ...dates].sort((a, b) => b - a);
  return {
    from,
    to,
    lastOnset: (wall) => {
      const known = fixed.find((onset) => onset <= wall);
      const ruled = rule?.(wall);
      return known === undefined || ruled === undefined ? (known ?? ruled) : Math.max(known, ruled);
    },
  };
}

/** `+01:00` in seconds; none is a day or more. */
function offsetSeconds(value: unknown): number | undefined {
  const [, sign, hours, minutes, seconds = "0"] =
    typeof value === "string" ? (/^([+-])([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(value) ?? []) : [];
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return hours === undefined ? undefined : sign === "-" ? -size : size;
}

function datesIn(line: string): number[] {
  const written = line.slice(line.lastIndexOf(":") + 1).split(",");
  return written.flatMap((text) => wallSeconds(withDashes(text.trim())) ?? []);
}
