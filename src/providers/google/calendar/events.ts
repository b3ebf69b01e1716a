import { decodeCursor, encodeCursor } from "../../../core/cursor.js";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
import { allItems } from "../../../core/pages.js";
import { notAZone, type ZonedTime } from "../../../core/zoned-time.js";
import type { EventsOptions, ListEventsOptions, ReadOptions } from "../../../calendar/options.js";
import type { CalendarFailure, Event, EventPage, EventRef, TimeRange } from "../../../calendar/models.js";
import type { Calendars } from "./calendars.js";
import { startOf, toEvent, type TimeView } from "./map-event.js";
import { event, eventList } from "./wire.js";

/** All events of a range. @throws RequestError `request.partial_failure` when some, but not all, calendars failed */
export async function getEvents(
  calendars: Calendars,
  range: TimeRange,
  options: EventsOptions,
  deadline: Deadline,
): Promise<Event[]> {
  const bounds = await toBounds(calendars, range, options, deadline);
  const read = await readCalendars(calendars, bounds, options, deadline);
  const { events, failures } = read;
  const first = failures[0];
  if (!first) return events.map(({ event }) => event);
  if (failures.length === read.calendarCount) throw first.error;
  throw integrationError("request.partial_failure", {
    message: `${failures.length} of ${read.calendarCount} calendars could not be read.`,
    details: { events: events.map(({ event }) => event), failures: failures.map(toFailure) },
    cause: first.error,
  });
}

/** One page of a range's events, and what kept calendars from being read. */
export async function listEvents(
  calendars: Calendars,
  range: TimeRange,
  options: ListEventsOptions,
  deadline: Deadline,
): Promise<EventPage> {
  const { limit, cursor, calendarIds, includeDeclined, expandRecurring, timeZone } = options;
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw integrationError("request.invalid", {
      message: `limit is ${limit}.`,
      hint: "Give limit as a whole number from 1.",
    });
  }
  const bounds = await toBounds(calendars, range, options, deadline);
  const asked = [bounds, calendarIds, includeDeclined, expandRecurring, timeZone];
  const scope = [...calendars.cursorScope, JSON.stringify(asked)];
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor);
  const read = await readCalendars(calendars, bounds, options, deadline);
  const rest = after === undefined ? read.events : read.events.filter(({ place }) => place > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    events: page.map(({ event }) => event),
    failures: read.failures.map(toFailure),
    ...(last && page.length < rest.length && { cursor: encodeCursor(scope, last.place) }),
  };
}

/** One event. */
export async function getEvent(
  calendars: Calendars,
  ref: EventRef,
  { timeZone: asked }: ReadOptions,
  deadline: Deadline,
): Promise<Event> {
  const { id, calendarId } = placeOf(ref);
  requireZone(calendars.time, asked);
  const [wire, calendarZone] = await Promise.all([
    calendars.api.call({ path: eventPath(calendarId, id), answer: event }, deadline),
    calendars.timeZone(deadline, calendarId),
  ]);
  return toEvent(wire, calendarId, { time: calendars.time, asked, calendarZone });
}

/** The id and calendar that a reference names. */
export function placeOf(ref: EventRef): { id: string; calendarId: string } {
  const { id, calendarId = "primary" } = typeof ref === "string" ? { id: ref } : ref;
  return { id, calendarId };
}

/** Where an event is found below the API's base path. */
export function eventPath(calendarId: string, eventId: string): string {
  return `/calendars/${encodeURIComponent(calendarId)}/events/${encodeURIComponent(eventId)}`;
}

interface Placed {
  readonly event: Event;
  /** Sorts by start, then by calendar and id; also marks the end of a page in cursors. */
  readonly place: string;
}

/** A range as Google takes it: RFC 3339 instants. */
export interface Bounds {
  readonly timeMin: string;
  readonly timeMax: string;
}

interface ReadCalendars {
  readonly events: Placed[];
  readonly failures: { calendarId: string; error: Error }[];
  readonly calendarCount: number;
}

async function readCalendars(
  calendars: Calendars,
  bounds: Bounds,
  options: EventsOptions,
  deadline: Deadline,
): Promise<ReadCalendars> {
  const ids = [...new Set(options.calendarIds ?? ["primary"])];
  const results = await Promise.all(
    ids.map(async (calendarId) => {
      try {
        return { events: await readCalendar(calendars, calendarId, bounds, options, deadline) };
      } catch (error) {
        if (!isIntegrationError(error)) throw error;
        return { events: [], failure: { calendarId, error } };
      }
    }),
  );
  const events = results.flatMap((result) => result.events);
  return {
    events: events.sort((a, b) => (a.place < b.place ? -1 : 1)),
    failures: results.flatMap((result) => result.failure ?? []),
    calendarCount: ids.length,
  };
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/list */
async function readCalendar(
  { api, time }: Calendars,
  calendarId: string,
  bounds: Bounds,
  { expandRecurring = true, includeDeclined = false, timeZone: asked }: EventsOptions,
  deadline: Deadline,
): Promise<Placed[]> {
  const path = `/calendars/${encodeURIComponent(calendarId)}/events`;
  let calendarZone = asked ?? "UTC";
  const items = allItems(async (pageToken) => {
    const order = expandRecurring ? { singleEvents: true, orderBy: "startTime" } : {};
    const query = { ...bounds, ...order, maxResults: 2500, pageToken };
    const page = await api.call({ path, query, answer: eventList }, deadline);
    calendarZone = page.timeZone ?? calendarZone;
    return { items: page.items ?? [], next: page.nextPageToken };
  });
  const placed: Placed[] = [];
  for await (const wire of items) {
    const view: TimeView = { time, asked, calendarZone };
    const event = toEvent(wire, calendarId, view);
    if (event.status === "cancelled" || (!includeDeclined && event.myResponse === "declined")) continue;
    placed.push({ event, place: sortKey(startOf(event, view), calendarId, event.id) });
  }
  return placed;
}

/** Instants before 1970 sort before later ones too. */
function sortKey(startMs: number, calendarId: string, id: string): string {
  return `${String(startMs + 1e15).padStart(17, "0")} ${calendarId} ${id}`;
}

/** @throws RequestError `request.invalid` */
export function requireZone(time: ZonedTime, timeZone: string | undefined): void {
  if (timeZone !== undefined && !time.isZone(timeZone)) throw notAZone(timeZone);
}

/** @throws RequestError `request.invalid` for a range that ends before it begins, and for what is no time */
export async function toBounds(
  { time, timeZone: profileZone }: Calendars,
  range: TimeRange,
  options: ReadOptions,
  deadline: Deadline,
): Promise<Bounds> {
  requireZone(time, options.timeZone);
  const zone = range.timeZone ?? options.timeZone ?? (await profileZone(deadline));
  const [startMs, endMs] = [range.start, range.end].map((boundary) => {
    const moment = time.moment(boundary, zone);
    return moment.kind === "date" ? time.startOfDay(moment.date, zone) : moment.epochMs;
  });
  if (startMs === undefined || endMs === undefined || endMs <= startMs) {
    throw integrationError("request.invalid", {
      message: "The range ends before it begins.",
      hint: "Give an end that is later than the start.",
    });
  }
  return { timeMin: new Date(startMs).toISOString(), timeMax: new Date(endMs).toISOString() };
}

function toFailure({ calendarId, error }: { calendarId: string; error: Error }): CalendarFailure {
  const report = isIntegrationError(error) ? error : integrationError("connection.unavailable", { cause: error });
  return { calendarId, code: report.code, message: report.message, hint: report.hint };
}
