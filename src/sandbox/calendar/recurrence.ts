import type { Temporal as TemporalTypes } from "temporal-polyfill";
import type { TimeSpan } from "./event-store.js";
import { hasDates, readRuleSet, type RuleSet } from "./rule-set.js";
import type { EventCopy } from "./stored-event.js";
import { formatIn, readTime, toMs, type WireTime } from "./time.js";

/** One date of a series. */
export interface Occurrence {
  /** The series' id with the original start in UTC, as Google names occurrences. */
  readonly id: string;
  readonly start: { date?: string; dateTime?: string; timeZone?: string };
  readonly end: { date?: string; dateTime?: string; timeZone?: string };
  readonly startMs: number;
  readonly endMs: number;
}

type SeriesDate = Omit<Occurrence, "id"> & { readonly stamp: string };

/** A rule, read, and what was worked out by it. */
interface Series {
  readonly rules: RuleSet;
  readonly allDay: boolean;
  readonly zone: string;
  readonly lengthMs: number;
  readonly windows: Map<string, readonly SeriesDate[]>;
}

const dayMs = 24 * 60 * 60 * 1000;
const keptWindows = 16;

/** Later no date can be written. */
const lastMs = Date.UTC(9999, 0);

/** By the fields of a version of a series, which never change, and the calendar's zone: so nothing here gets stale. */
const known = new WeakMap<object, Map<string, Series>>();

/**
 * The dates of a series that touch a time span, by RRULE, RDATE and EXDATE, at the same wall time on both sides of a
 * change of clocks.
 *
 * @param fields - of the version of the series that counts; without them, those that it has now
 */
export async function occurrencesBetween(
  Temporal: typeof TemporalTypes,
  { id, shared }: EventCopy,
  calendarZone: string,
  { fromMs, toLimitMs }: TimeSpan,
  fields: Readonly<Record<string, unknown>> = shared.fields,
): Promise<Occurrence[]> {
  const series = await readSeries(Temporal, fields, calendarZone);
  const window = `${fromMs}:${toLimitMs}`;
  let dates = series.windows.get(window);
  if (!dates) {
    const margin = series.lengthMs + (series.allDay ? dayMs : 0);
    dates = series.rules
      .between(fromMs - margin, Math.min(toLimitMs + dayMs, lastMs))
      .map((atMs) => toDate(Temporal, atMs, series, calendarZone))
      .filter(({ startMs, endMs }) => endMs > fromMs && startMs < toLimitMs);
    if (series.windows.size >= keptWindows) series.windows.clear();
    series.windows.set(window, dates);
  }
  return dates.map(({ stamp, ...date }) => ({ id: `${id}_${stamp}`, ...date }));
}

/** Whether a series has any date that ends after a moment and begins before another. */
export async function hasOccurrence(
  Temporal: typeof TemporalTypes,
  { shared }: EventCopy,
  calendarZone: string,
  { fromMs, toLimitMs }: TimeSpan,
): Promise<boolean> {
  const series = await readSeries(Temporal, shared.fields, calendarZone);
  let afterMs = Math.max(fromMs - series.lengthMs - dayMs, -8.64e15);
  for (;;) {
    const next = series.rules.next(afterMs);
    if (next === undefined || next >= lastMs) return false;
    const { startMs, endMs } = toDate(Temporal, next, series, calendarZone);
    if (startMs >= toLimitMs) return false;
    if (endMs > fromMs) return true;
    afterMs = next;
  }
}

/** Whether every rule of a series fits some day. @param lines - each checked by itself */
export async function repeats(
  { date, dateTime = `${date}T00:00`, timeZone = "UTC" }: WireTime,
  lines: readonly string[],
): Promise<boolean> {
  const start = `${dateTime.slice(0, 16)}:00`;
  return hasDates(...writtenRules(start, { zone: timeZone, allDay: date !== undefined, lines }));
}

async function readSeries(
  Temporal: typeof TemporalTypes,
  fields: Readonly<Record<string, unknown>>,
  calendarZone: string,
): Promise<Series> {
  const versions = known.get(fields) ?? new Map<string, Series>();
  known.set(fields, versions);
  const found = versions.get(calendarZone);
  if (found) return found;
  const start = readTime(fields["start"], "start");
  const end = readTime(fields["end"], "end");
  const allDay = start.date !== undefined;
  const zone = allDay ? "UTC" : (start.timeZone ?? calendarZone);
  const startMs = allDay ? Date.parse(`${start.date}T00:00:00Z`) : toMs(Temporal, start, zone);
  const endMs = allDay ? Date.parse(`${end.date ?? start.date}T00:00:00Z`) : toMs(Temporal, end, zone);
  const lines = (fields["recurrence"] as unknown[]).filter((line) => typeof line === "string");
  const rules = await readRuleSet(...writtenRules(formatIn(Temporal, startMs, zone), { zone, allDay, lines }));
  const series = { rules, allDay, zone, lengthMs: endMs - startMs, windows: new Map<string, SeriesDate[]>() };
  versions.set(calendarZone, series);
  return series;
}

function toDate(
  Temporal: typeof TemporalTypes,
  atMs: number,
  { allDay, lengthMs, zone }: Series,
  calendarZone: string,
): SeriesDate {
  if (allDay) {
    const start = { date: new Date(atMs).toISOString().slice(0, 10) };
    const end = { date: new Date(atMs + lengthMs).toISOString().slice(0, 10) };
    const [startMs, endMs] = [toMs(Temporal, start, calendarZone), toMs(Temporal, end, calendarZone)];
    return { stamp: start.date.replaceAll("-", ""), start, end, startMs, endMs };
  }
  const start = { dateTime: formatIn(Temporal, atMs, zone), timeZone: zone };
  const end = { dateTime: formatIn(Temporal, atMs + lengthMs, zone), timeZone: zone };
  const stamp = new Date(atMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
  return { stamp, start, end, startMs: atMs, endMs: atMs + lengthMs };
}

/** A series' start, such as `2026-11-23T09:00:00+01:00`, and its lines as iCalendar writes them. */
function writtenRules(
  start: string,
  { zone, allDay, lines }: { zone: string; allDay: boolean; lines: readonly string[] },
): [start: string, lines: readonly string[]] {
  const stamp = start.slice(0, 19).replace(/[-:]/g, "");
  if (!allDay) return [`TZID=${zone}:${stamp}`, lines];
  // A rule of whole days is computed on dates in UTC, where every day has 24 hours.
  const timed = lines.map((line) => line.replace(/;VALUE=DATE\b/, "").replace(/\b\d{8}\b/g, "$&T000000Z"));
  return [`TZID=UTC:${stamp}`, timed];
}

/** The series and the original start inside an occurrence's id, or undefined for any other id. */
export function splitOccurrenceId(id: string): { seriesId: string; startMs: number } | undefined {
  const found = /^(.+)_(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?$/.exec(id);
  if (!found) return undefined;
  const [, seriesId = "", year, month, day, hour = "00", minute = "00", second = "00"] = found;
  const startMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(startMs) ? undefined : { seriesId, startMs };
}
