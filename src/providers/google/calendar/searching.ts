import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { CalendarSearchQuery, CalendarSearchResult, Event, TimeRange } from "../../../calendar/models.js";
import type { CalendarsOptions, SearchEventsOptions } from "../../../calendar/options.js";

export function findEventByUid(
  calendars: Calendars,
  iCalUid: string,
  options: CalendarsOptions,
  deadline: Deadline,
): Promise<Event> {
  void [calendars, iCalUid, options, deadline];
  throw integrationError("request.unsupported", {});
}
export function searchEvents(
  calendars: Calendars,
  query: string | CalendarSearchQuery,
  options: SearchEventsOptions,
  deadline: Deadline,
): Promise<CalendarSearchResult> {
  void [calendars, query, options, deadline];
  throw integrationError("request.unsupported", {});
}
export function getPendingInvitations(
  calendars: Calendars,
  range: TimeRange | undefined,
  options: CalendarsOptions,
  deadline: Deadline,
): Promise<Event[]> {
  void [calendars, range, options, deadline];
  throw integrationError("request.unsupported", {});
}
