import type { CalendarAccess, StoredCalendar } from "./calendars.js";
import { attendeesFor, fieldsFor } from "./event-audience.js";
import type { EventCopy } from "./stored-event.js";

/** An event of a calendar as somebody sees it. @see https://developers.google.com/workspace/calendar/api/v3/reference/events */
export function showEvent(copy: EventCopy, access: CalendarAccess): Record<string, unknown> {
  const { calendar, user } = access;
  const { shared } = copy;
  const seriesCopy = shared.series?.copies.get(calendar) ?? [...(shared.series?.copies.values() ?? [])][0];
  const attendees = attendeesFor(copy).map((attendee) => ({
    ...attendee,
    ...(attendee.email.toLowerCase() === calendar.id && { self: true }),
  }));
  return {
    kind: "calendar#event",
    etag: `"${copy.etag}"`,
    id: copy.id,
    status: copy.removed ? "cancelled" : shared.status,
    htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(`${copy.id} ${calendar.id}`).toString("base64url")}`,
    created: new Date(shared.createdMs).toISOString(),
    updated: new Date(shared.updatedMs).toISOString(),
    ...fieldsFor(copy, access),
    creator: person(shared.creator, undefined, calendar),
    organizer: person(shared.organizer, shared.organizerName, calendar),
    ...(seriesCopy && { recurringEventId: seriesCopy.id }),
    ...(shared.originalStartTime !== undefined && { originalStartTime: shared.originalStartTime }),
    iCalUID: shared.iCalUID,
    sequence: shared.sequence,
    ...(attendees.length > 0 && { attendees }),
    reminders: copy.reminders.get(user) ?? { useDefault: true },
    eventType: "default",
    ...(shared.fields["eventType"] !== undefined && { eventType: shared.fields["eventType"] }),
  };
}

/** An occurrence of a series that is nowhere stored, because it is as the series says. */
export function showOccurrence(
  copy: EventCopy,
  access: CalendarAccess,
  occurrence: { id: string; start: object; end: object },
): Record<string, unknown> {
  const series = showEvent(copy, access);
  delete series["recurrence"];
  const { id, start, end } = occurrence;
  return { ...series, id, start, end, recurringEventId: copy.id, originalStartTime: start };
}

function person(email: string, displayName: string | undefined, calendar: StoredCalendar): Record<string, unknown> {
  return { email, ...(displayName !== undefined && { displayName }), ...(email === calendar.id && { self: true }) };
}
