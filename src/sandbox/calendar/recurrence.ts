import type { Temporal as TemporalTypes } from "temporal-polyfill";
import type { EventCopy } from "./stored-event.js";
import { formatIn, readTime, toMs } from "./time.js";

/** One date of a series. */
export interface Occurrence {
  /** The series' id with the original start in UTC, as Google names occurrences. */
  readonly id: string;
  readonly start: { date?: string; dateTime?: string; timeZone?: string };
  readonly end: { date?: string; dateTime?: string; timeZone?: string };
  readonly startMs: number;
  readonly endMs: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The dates of a series that touch a time span, by RRULE, RDATE and EXDATE, at the same wall time on both sides of a
 * change of clocks.
 */
export async function occurrencesBetween(
  Temporal: typeof TemporalTypes,
  { id, shared: series }: EventCopy,
  calendarZone: string,
  fromMs: number,
  toLimitMs: number,
): Promise<Occurrence[]> {
  const { RRuleTemporal } = await import("rrule-temporal");
  const start = readTime(series.fields["start"], "start");
  const end = readTime(series.fields["end"], "end");
  const allDay = start.date !== undefined;
  const zone = allDay ? "UTC" : (start.timeZone ?? calendarZone);
  const startMs = allDay ? Date.parse(`${start.date}T00:00:00Z`) : toMs(Temporal, start, zone);
  const endMs = allDay ? Date.parse(`${end.date ?? start.date}T00:00:00Z`) : toMs(Temporal, end, zone);
  const lengthMs = endMs - startMs;
  const lines = (series.fields["recurrence"] as unknown[]).filter((line) => typeof line === "string");
  const dtstart = `DTSTART;TZID=${zone}:${stamp(formatIn(Temporal, startMs, zone))}`;
  // A rule of whole days is computed on dates in UTC, where every day has 24 hours.
  const rules = lines.map((line) => (allDay ? line.replace(/;VALUE=DATE:(\d{8})/g, ":$1T000000Z") : line));
  const rule = new RRuleTemporal({ rruleString: [dtstart, ...rules].join("\n") });
  const margin = allDay ? dayMs : 0;
  const found = rule.between(new Date(fromMs - lengthMs - margin), new Date(toLimitMs + margin), true);
  return found
    .map((at) => toOccurrence(Temporal, id, at.epochMilliseconds, lengthMs, allDay, zone, calendarZone))
    .filter((occurrence) => occurrence.endMs > fromMs && occurrence.startMs < toLimitMs);
}

function toOccurrence(
  Temporal: typeof TemporalTypes,
  seriesId: string,
  atMs: number,
  lengthMs: number,
  allDay: boolean,
  zone: string,
  calendarZone: string,
): Occurrence {
  if (allDay) {
    const start = { date: new Date(atMs).toISOString().slice(0, 10) };
    const end = { date: new Date(atMs + lengthMs).toISOString().slice(0, 10) };
    const [startMs, endMs] = [toMs(Temporal, start, calendarZone), toMs(Temporal, end, calendarZone)];
    return { id: `${seriesId}_${start.date.replaceAll("-", "")}`, start, end, startMs, endMs };
  }
  const start = { dateTime: formatIn(Temporal, atMs, zone), timeZone: zone };
  const end = { dateTime: formatIn(Temporal, atMs + lengthMs, zone), timeZone: zone };
  const id = `${seriesId}_${new Date(atMs).toISOString().replace(/[-:]|\.\d{3}/g, "")}`;
  return { id, start, end, startMs: atMs, endMs: atMs + lengthMs };
}

/** `2026-11-23T09:00:00+01:00` as iCalendar writes local times. */
function stamp(dateTime: string): string {
  return dateTime.slice(0, 19).replace(/[-:]/g, "");
}

/** The series and the original start inside an occurrence's id, or undefined for any other id. */
export function splitOccurrenceId(id: string): { seriesId: string; startMs: number } | undefined {
  const found = /^(.+)_(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(id);
  if (!found) return undefined;
  const [, seriesId = "", year, month, day, hour = "00", minute = "00", second = "00"] = found;
  return { seriesId, startMs: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) };
}
