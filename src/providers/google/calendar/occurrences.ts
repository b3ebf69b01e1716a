import type { Deadline } from "../../../core/deadline.js";
import { isIntegrationError } from "../../../core/errors.js";
import { epochMsOf } from "../../../calendar/event-times.js";
import type { Event, EventRef, TimeRange } from "../../../calendar/models.js";
import type { ReadOptions } from "../../../calendar/options.js";
import type { Calendars } from "./calendars.js";
import { eventPath, getEvent, placeOf, toBounds } from "./events.js";
import { readEvents, type Bounds } from "./read-calendars.js";

/** The occurrences of a series in a range, sorted by start; an event that happens once gives itself. */
export async function getOccurrences(
  calendars: Calendars,
  ref: EventRef,
  range: TimeRange,
  options: ReadOptions,
  deadline: Deadline,
): Promise<Event[]> {
  const bounds = await toBounds(calendars, range, options, deadline);
  const named = await getEvent(calendars, ref, options, deadline);
  const id = named.seriesId ?? (named.recurrence && named.id);
  if (id !== undefined) {
    try {
      return await readOccurrences(calendars, { ...placeOf(named), id }, { ...options, bounds }, deadline);
    } catch (error) {
      // Who was invited to one occurrence only does not have the series.
      if (!isIntegrationError(error, "request.not_found")) throw error;
    }
  }
  const zone = await calendars.timeZone(deadline, named.calendarId);
  const [startMs, endMs] = [named.start, named.end].map((time) => epochMsOf(calendars.time, time, zone));
  const isThen = Number(startMs) < Date.parse(bounds.timeMax) && Number(endMs) > Date.parse(bounds.timeMin);
  return isThen && named.status !== "cancelled" ? [named] : [];
}

/**
 * The occurrences that a series has in a range, sorted by start.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/instances
 * @throws RequestError `request.not_found`
 */
async function readOccurrences(
  calendars: Calendars,
  series: { readonly id: string; readonly calendarId: string },
  { bounds, timeZone }: { readonly bounds: Bounds; readonly timeZone?: string | undefined },
  deadline: Deadline,
): Promise<Event[]> {
  const { id, calendarId } = series;
  const list = { calendarId, path: `${eventPath(calendarId, id)}/instances`, query: { ...bounds }, timeZone };
  const found: { event: Event; startMs: number }[] = [];
  for await (const each of readEvents(calendars, list, deadline)) {
    if (each.event.status !== "cancelled") found.push(each);
  }
  return found.sort((a, b) => a.startMs - b.startMs).map(({ event }) => event);
}
