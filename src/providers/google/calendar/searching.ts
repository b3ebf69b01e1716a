import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { CalendarSearchQuery, CalendarSearchResult, Event, TimeRange } from "../../../calendar/models.js";
import type { CalendarsOptions, SearchEventsOptions } from "../../../calendar/options.js";
import { isWholeAddress, matchesSearch } from "../../../calendar/search.js";
import type { Calendars } from "./calendars.js";
import { readPage } from "./event-pages.js";
import { requireZone, toBounds } from "./events.js";
import { readCalendars } from "./read-calendars.js";

/** One page of the events that fit, and what kept calendars from being searched. */
export async function searchEvents(
  calendars: Calendars,
  given: string | CalendarSearchQuery,
  options: SearchEventsOptions,
  deadline: Deadline,
): Promise<CalendarSearchResult> {
  const { calendarIds, timeZone } = options;
  const query = typeof given === "string" ? { text: given } : given;
  const { text, range, ...fields } = query;
  const words = text?.trim() === "" ? undefined : text;
  const list = {
    asked: ["searchEvents", query, calendarIds, timeZone],
    selection: {
      ...{ calendarIds, timeZone, expand: true },
      query: { q: words ?? wordsFor(fields), showDeleted: fields.status === "cancelled" },
      // Which events have the words Google knows: it also looks into what is not shown here.
      keeps: (event: Event) => matchesSearch(event, fields),
    },
    bounds: async () =>
      toBounds(calendars, range ?? (await usualRange(calendars, timeZone, deadline)), options, deadline),
  };
  return readPage(calendars, list, options, deadline);
}

/**
 * Google finds whole words, so that a part of a name or address is looked for here among all events. An organizer too:
 * who organizes one's own events is not always said.
 */
function wordsFor({ attendee }: CalendarSearchQuery): string | undefined {
  return attendee !== undefined && isWholeAddress(attendee) ? attendee.trim() : undefined;
}

/** From 90 days ago to a year from now. */
async function usualRange(
  { time, timeZone }: Calendars,
  asked: string | undefined,
  deadline: Deadline,
): Promise<TimeRange> {
  const zone = asked ?? (await timeZone(deadline));
  return { start: new Date(time.ago(90, "days", zone)), end: new Date(time.ago(-1, "years", zone)) };
}

/**
 * This account's copy of an event, in the first of the calendars that has it.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/list
 * @throws RequestError `request.not_found`; what kept a calendar from being read when no other has the event
 */
export async function findEventByUid(
  calendars: Calendars,
  iCalUid: string,
  options: CalendarsOptions,
  deadline: Deadline,
): Promise<Event> {
  const { calendarIds = ["primary"], timeZone } = options;
  requireZone(calendars.time, timeZone);
  const selection = {
    ...{ calendarIds, timeZone, expand: false, query: { iCalUID: iCalUid } },
    keeps: ({ status }: Event) => status !== "cancelled",
  };
  const { events, failures } = await readCalendars(calendars, selection, deadline);
  const found = events.map(({ event }) => event);
  for (const calendarId of calendarIds) {
    const copies = found.filter((event) => event.calendarId === calendarId);
    // Who was invited to single occurrences has no series.
    const copy = copies.find(({ seriesId }) => seriesId === undefined) ?? copies[0];
    if (copy) return copy;
  }
  if (failures[0]) throw failures[0].error;
  throw integrationError("request.not_found", {
    message: "No calendar that was looked into has an event with that UID.",
    hint: "Name the calendar with calendarIds if it is not the main one; the event may also have been cancelled or deleted.",
    details: { iCalUid, calendarIds },
  });
}
