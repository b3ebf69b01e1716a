import type { EventCopy, SharedEvent, StoredCalendar } from "./calendars.js";

/** An event as one calendar's owner sees it. @see https://developers.google.com/workspace/calendar/api/v3/reference/events */
export function showEvent(copy: EventCopy, calendar: StoredCalendar): Record<string, unknown> {
  const { shared } = copy;
  const attendees = shared.attendees.map((attendee) => ({
    ...attendee,
    ...(attendee.email.toLowerCase() === calendar.id && { self: true }),
  }));
  return {
    kind: "calendar#event",
    etag: `"${copy.etag}"`,
    id: shared.id,
    status: copy.removed ? "cancelled" : shared.status,
    htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(`${shared.id} ${calendar.id}`).toString("base64url")}`,
    created: new Date(shared.createdMs).toISOString(),
    updated: new Date(shared.updatedMs).toISOString(),
    ...shared.fields,
    creator: person(shared.creator, undefined, calendar),
    organizer: person(shared.organizer, shared.organizerName, calendar),
    ...(shared.recurringEventId !== undefined && { recurringEventId: shared.recurringEventId }),
    ...(shared.originalStartTime !== undefined && { originalStartTime: shared.originalStartTime }),
    iCalUID: shared.iCalUID,
    sequence: shared.sequence,
    ...(attendees.length > 0 && { attendees }),
    reminders: { useDefault: true },
    eventType: "default",
    ...(shared.fields["eventType"] !== undefined && { eventType: shared.fields["eventType"] }),
    ...copy.own,
  };
}

/** An occurrence of a series that is nowhere stored, because it is as the series says. */
export function showOccurrence(
  copy: EventCopy,
  calendar: StoredCalendar,
  occurrence: { id: string; start: object; end: object },
): Record<string, unknown> {
  const series = showEvent(copy, calendar);
  delete series["recurrence"];
  const { id, start, end } = occurrence;
  return { ...series, id, start, end, recurringEventId: copy.shared.id, originalStartTime: start };
}

/** Whether an event repeats. */
export function isSeries(shared: SharedEvent): boolean {
  return Array.isArray(shared.fields["recurrence"]);
}

function person(email: string, displayName: string | undefined, calendar: StoredCalendar): Record<string, unknown> {
  return { email, ...(displayName !== undefined && { displayName }), ...(email === calendar.id && { self: true }) };
}
