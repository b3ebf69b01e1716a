import type { Temporal as TemporalTypes } from "temporal-polyfill";
import { ApiError, calendarNotFound, invalidParameter } from "../api-error.js";
import { pageOf } from "../paging.js";
import type { ApiCall, ApiReply } from "../routes.js";
import { accessOf } from "./calendar-access.js";
import type { CalendarAccess, StoredCalendar } from "./calendars.js";
import type { TimeSpan } from "./event-store.js";
import { showEvent, showOccurrence } from "./event-view.js";
import { hasOccurrence, occurrencesBetween, splitOccurrenceId, type Occurrence } from "./recurrence.js";
import { isSeries, type EventCopy } from "./stored-event.js";
import { loadTemporal, readTime, toMs } from "./time.js";

const dayMs = 86_400_000;

interface Listed {
  readonly startMs: number;
  readonly json: Record<string, unknown>;
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/list */
export async function listEvents(call: ApiCall): Promise<ApiReply> {
  const access = accessOf(call);
  const { calendar } = access;
  const { query, world } = call;
  const expand = query.get("singleEvents") === "true";
  const order = query.get("orderBy");
  if (order === "startTime" && !expand) {
    throw invalidParameter("The requested ordering is not available for the particular query.", "orderBy");
  }
  const Temporal = await loadTemporal();
  const found = await eventsBetween(Temporal, access, spanOf(query), expand);
  const listed = found
    .filter(({ json }) => query.get("showDeleted") === "true" || json["status"] !== "cancelled")
    .filter(({ json }) => fitsQuery(json, query));
  if (order === "startTime") listed.sort((a, b) => a.startMs - b.startMs);
  if (order === "updated") listed.sort((a, b) => String(a.json["updated"]).localeCompare(String(b.json["updated"])));
  const { items, nextPageToken } = pageOf(query, listed, { usual: 250, most: 2500 });
  return {
    json: {
      kind: "calendar#events",
      etag: `"p${calendar.entries.latest}"`,
      summary: calendar.properties.summary,
      updated: new Date(world.clock.now()).toISOString(),
      timeZone: query.get("timeZone") ?? calendar.properties.timeZone,
      accessRole: access.role,
      defaultReminders: [{ method: "popup", minutes: 10 }],
      ...(nextPageToken !== undefined
        ? { nextPageToken }
        : { nextSyncToken: Buffer.from(`sync:${world.clock.now()}`).toString("base64url") }),
      items: items.map(({ json }) => json),
    },
  };
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/get */
export async function getEvent(call: ApiCall): Promise<ApiReply> {
  const access = accessOf(call);
  const { calendar } = access;
  const id = call.path["eventId"] ?? "";
  const copy = calendar.entries.get(id);
  if (copy) return { json: showEvent(copy, access) };
  const found = await findOccurrence(calendar, id);
  if (!found) throw calendarNotFound();
  return { json: showOccurrence(found.series, access, found.occurrence) };
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/instances */
export async function listInstances(call: ApiCall): Promise<ApiReply> {
  const access = accessOf(call);
  const { calendar } = access;
  const series = calendar.entries.get(call.path["eventId"] ?? "");
  if (!series) throw calendarNotFound();
  const Temporal = await loadTemporal();
  const { fromMs, toLimitMs } = spanOf(call.query);
  const listed = await seriesBetween(Temporal, access, series, { fromMs, toLimitMs });
  const { items, nextPageToken } = pageOf(call.query, listed, { usual: 250, most: 2500 });
  return {
    json: {
      kind: "calendar#events",
      timeZone: calendar.properties.timeZone,
      accessRole: access.role,
      ...(nextPageToken !== undefined && { nextPageToken }),
      items: items.map(({ json }) => json),
    },
  };
}

/** The series and date that an occurrence's id names, when the series has that date and it is not an exception. */
export async function findOccurrence(
  calendar: StoredCalendar,
  id: string,
): Promise<{ series: EventCopy; occurrence: Occurrence } | undefined> {
  const split = splitOccurrenceId(id);
  const series = split && calendar.entries.get(split.seriesId);
  if (!series || series.removed || !isSeries(series.shared)) return undefined;
  const Temporal = await loadTemporal();
  const near = await occurrencesBetween(Temporal, series, calendar.properties.timeZone, {
    fromMs: split.startMs - dayMs,
    toLimitMs: split.startMs + dayMs,
  });
  const occurrence = near.find((each) => each.id === id);
  return occurrence && { series, occurrence };
}

/** What of a calendar touches a time span, as busy or free as it is. */
export async function eventsBetween(
  Temporal: typeof TemporalTypes,
  access: CalendarAccess,
  span: TimeSpan,
  expand: boolean,
): Promise<(Listed & { endMs: number })[]> {
  const { entries, properties } = access.calendar;
  const zone = properties.timeZone;
  const listed = [...entries.singlesBetween(Temporal, zone, span)].map(({ copy, fromMs, toLimitMs }) => ({
    startMs: fromMs,
    endMs: toLimitMs,
    json: showEvent(copy, access),
  }));
  for (const { copy, fromMs, toLimitMs } of entries.series(Temporal, zone)) {
    if (expand && !copy.removed) listed.push(...(await seriesBetween(Temporal, access, copy, span, false)));
    if (expand || !(await hasOccurrence(Temporal, copy, zone, span))) continue;
    listed.push({ startMs: fromMs, endMs: toLimitMs, json: showEvent(copy, access) });
  }
  return listed;
}

async function seriesBetween(
  Temporal: typeof TemporalTypes,
  access: CalendarAccess,
  series: EventCopy,
  { fromMs, toLimitMs }: TimeSpan,
  withExceptions = true,
): Promise<(Listed & { endMs: number })[]> {
  const { calendar } = access;
  const zone = calendar.properties.timeZone;
  const firstMs = toMs(Temporal, readTime(series.shared.fields["start"], "start"), zone);
  // A series without an end is shown for as far as anybody asks, and at most some years.
  const limitMs = Math.min(toLimitMs, Math.max(fromMs, firstMs) + 3 * 366 * dayMs);
  const all = await occurrencesBetween(Temporal, series, zone, { fromMs, toLimitMs: limitMs });
  return all.flatMap((occurrence) => {
    const { startMs, endMs } = occurrence;
    const exception = calendar.entries.get(occurrence.id);
    if (exception && !withExceptions) return []; // it is in the calendar under its own id
    const json = exception ? showEvent(exception, access) : showOccurrence(series, access, occurrence);
    return json["status"] === "cancelled" ? [] : [{ startMs, endMs, json }];
  });
}

function spanOf(query: URLSearchParams): { fromMs: number; toLimitMs: number } {
  const read = (name: string, otherwise: number): number => {
    const text = query.get(name);
    if (text === null) return otherwise;
    // Google wants RFC 3339 with an offset.
    if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(z|[+-]\d{2}:\d{2})$/i.test(text)) {
      throw new ApiError({
        code: 400,
        reason: "badRequest",
        message: "Bad Request",
        location: name,
        locationType: "parameter",
      });
    }
    return Date.parse(text);
  };
  const span = { fromMs: read("timeMin", -8.64e15), toLimitMs: read("timeMax", 8.64e15) };
  if (span.toLimitMs > span.fromMs) return span;
  throw new ApiError({
    code: 400,
    reason: "timeRangeEmpty",
    message: "The specified time range is empty.",
    location: "timeMax",
    locationType: "parameter",
  });
}

function fitsQuery(json: Record<string, unknown>, query: URLSearchParams): boolean {
  const uid = query.get("iCalUID");
  if (uid !== null && json["iCalUID"] !== uid) return false;
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const text = JSON.stringify([
    json["summary"],
    json["description"],
    json["location"],
    json["attendees"],
    json["organizer"],
  ]);
  return words.every((word) => text.toLowerCase().includes(word));
}
