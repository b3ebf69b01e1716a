import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { isAbsolute, notAZone, type ZonedTime } from "../../../core/zoned-time.js";
import type { EventsOptions, ListEventsOptions, ReadOptions } from "../../../calendar/options.js";
import type { Event, EventPage, EventRef, TimeRange } from "../../../calendar/models.js";
import type { Calendars } from "./calendars.js";
import { readPage } from "./event-pages.js";
import { toEvent, viewOf } from "./map-event.js";
import { boundsOf, eventsPath, readWholly, type Bounds, type Selection } from "./read-calendars.js";
import { event } from "./wire.js";

/** All events of a range. @throws RequestError `request.partial_failure` when some, but not all, calendars failed */
export async function getEvents(
  calendars: Calendars,
  range: TimeRange,
  options: EventsOptions,
  deadline: Deadline,
): Promise<Event[]> {
  const bounds = await toBounds(calendars, range, options, deadline);
  return readWholly(calendars, { ...toSelection(options), bounds }, deadline);
}

/** One page of a range's events, and what kept calendars from being read. */
export async function listEvents(
  calendars: Calendars,
  range: TimeRange,
  options: ListEventsOptions,
  deadline: Deadline,
): Promise<EventPage> {
  const { calendarIds, includeDeclined, expandRecurring, timeZone } = options;
  const list = {
    asked: ["listEvents", range, calendarIds, includeDeclined, expandRecurring, timeZone],
    selection: toSelection(options),
    bounds: () => toBounds(calendars, range, options, deadline),
  };
  return readPage(calendars, list, options, deadline);
}

function toSelection(options: EventsOptions): Selection {
  const { calendarIds, expandRecurring: expand = true, includeDeclined = false, timeZone } = options;
  return {
    ...{ calendarIds, expand, timeZone },
    // Of a series that is given as such, its cancelled occurrences tell which dates it does not have.
    keeps: ({ status, seriesId, myResponse }) =>
      status === "cancelled" ? !expand && seriesId !== undefined : includeDeclined || myResponse !== "declined",
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
  return toEvent(wire, calendarId, viewOf(calendars, calendarZone, asked));
}

/** The id and calendar that a reference names. */
export function placeOf(ref: EventRef): { id: string; calendarId: string } {
  const { id, calendarId = "primary" } = typeof ref === "string" ? { id: ref } : ref;
  return { id, calendarId };
}

/** Where an event is found below the API's base path. */
export function eventPath(calendarId: string, eventId: string): string {
  return `${eventsPath(calendarId)}/${encodeURIComponent(eventId)}`;
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
  const needsZone = ![range.start, range.end].every(isAbsolute);
  const zone = range.timeZone ?? options.timeZone ?? (needsZone ? await profileZone(deadline) : "UTC");
  const [startMs, endMs] = [range.start, range.end].map((boundary) => {
    const moment = time.moment(boundary, zone);
    return moment.kind === "date" ? time.startOfDay(moment.date, zone) : moment.epochMs;
  });
  if (startMs === undefined || endMs === undefined || endMs <= startMs) {
    throw integrationError("request.invalid", {
      message: "The range ends before it begins.",
      hint: "Give an end that is later than the start.",
      details: { field: "range" },
    });
  }
  return boundsOf({ startMs, endMs });
}
