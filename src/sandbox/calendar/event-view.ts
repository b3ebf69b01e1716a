import type { CalendarAccess, StoredCalendar } from "./calendars.js";
import { attendeesFor, fieldsFor } from "./event-audience.js";
import { joinFields } from "./event-fields.js";
import type { ViewOptions } from "./event-parameters.js";
import type { Occurrence } from "./recurrence.js";
import type { EventCopy } from "./stored-event.js";
import { textIn } from "./zone-time.js";

/** An event of a calendar as somebody sees it. @see https://developers.google.com/workspace/calendar/api/v3/reference/events */
export function showEvent(copy: EventCopy, access: CalendarAccess, options: ViewOptions = {}): Record<string, unknown> {
  const { calendar, user } = access;
  const { shared } = copy;
  const { originalStartTime } = shared;
  const fields = fieldsFor(copy, access);
  const time = (value: unknown): unknown => showTime(value, calendar, options);
  return {
    kind: "calendar#event",
    etag: `"${copy.etag}"`,
    id: copy.id,
    status: isCancelled(copy) ? "cancelled" : shared.status,
    htmlLink: htmlLink(copy.id, calendar),
    created: new Date(shared.createdMs).toISOString(),
    updated: new Date(shared.updatedMs).toISOString(),
    ...fields,
    start: time(fields["start"]),
    end: time(fields["end"]),
    creator: person(shared.creator, undefined, calendar),
    organizer: person(shared.organizer, shared.organizerName, calendar),
    ...seriesOf(copy),
    ...(originalStartTime !== undefined && { originalStartTime: time(originalStartTime) }),
    iCalUID: shared.iCalUID,
    sequence: shared.sequence,
    ...showAttendees(copy, options),
    reminders: copy.reminders.get(user) ?? { useDefault: true },
    eventType: "default",
    ...(fields["eventType"] !== undefined && { eventType: fields["eventType"] }),
  };
}

/** An occurrence of a series that is nowhere stored, because it is as the series says. */
export function showOccurrence(
  copy: EventCopy,
  access: CalendarAccess,
  occurrence: Occurrence,
  options: ViewOptions = {},
): Record<string, unknown> {
  const series = showEvent(copy, access, options);
  delete series["recurrence"];
  const { id } = occurrence;
  const { calendar } = access;
  const start = showTime(occurrence.start, calendar, options);
  const end = showTime(occurrence.end, calendar, options);
  const own = { id, htmlLink: htmlLink(id, calendar), start, end };
  return { ...series, ...own, recurringEventId: copy.id, originalStartTime: start };
}

/** Whether a calendar has an event no more: it was deleted, or its series was. */
export function isCancelled(copy: EventCopy): boolean {
  const series = copy.shared.series?.copies.get(copy.calendar);
  return copy.removed || copy.shared.status === "cancelled" || (series !== undefined && isCancelled(series));
}

/** What is left of a deleted event for those who only want to know that it is gone. */
export function showGone({
  etag,
  id,
  recurringEventId,
  originalStartTime,
}: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    kind: "calendar#event",
    etag,
    id,
    status: "cancelled",
    ...(recurringEventId !== undefined && { recurringEventId, originalStartTime }),
  };
}

/** Whether somebody may only see that there is something: not what is private, and with the least role nothing else. */
export function isConcealed({ shared, own }: EventCopy, { role, user }: CalendarAccess): boolean {
  if (role === "freeBusyReader") return true;
  if (role !== "reader" && role !== "writerWithoutPrivateAccess") return false;
  const { visibility } = joinFields({ shared: shared.fields, own });
  const attends = shared.attendees.some(({ email }) => email.toLowerCase() === user);
  return (visibility === "private" || visibility === "confidential") && !attends;
}

const neverConcealed = [
  "kind",
  "etag",
  "id",
  "status",
  "htmlLink",
  "created",
  "updated",
  "start",
  "end",
  "recurrence",
  "recurringEventId",
  "originalStartTime",
  "transparency",
  "iCalUID",
  "sequence",
  "eventType",
] as const;

/** The same event without its details. Unsure(google): which fields are left is documented nowhere. */
export function conceal(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const left = neverConcealed.flatMap((name) => (json[name] === undefined ? [] : [[name, json[name]] as const]));
  return { ...Object.fromEntries(left), visibility: "private" };
}

/** A time with the offset of the zone that the answer is in; which zone it belongs to stays. */
function showTime(value: unknown, { properties }: StoredCalendar, { timeZone }: ViewOptions): unknown {
  const dateTime: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "dateTime") : undefined;
  const ms = typeof dateTime === "string" ? Date.parse(dateTime) : NaN;
  if (Number.isNaN(ms)) return value;
  return { timeZone: properties.timeZone, ...Object(value), dateTime: textIn(timeZone ?? properties.timeZone, ms) };
}

function showAttendees(copy: EventCopy, { maxAttendees }: ViewOptions): object {
  const { calendar } = copy;
  const all = attendeesFor(copy).map((attendee) => ({
    ...attendee,
    ...(attendee.email.toLowerCase() === calendar.id && { self: true }),
  }));
  if (all.length === 0) return {};
  if (all.length <= (maxAttendees ?? Infinity)) return { attendees: all };
  const participant = all.filter((attendee) => "self" in attendee);
  return { ...(participant.length > 0 && { attendees: participant }), attendeesOmitted: true };
}

function seriesOf({ calendar, shared: { series } }: EventCopy): { recurringEventId?: string } {
  const copy = series?.copies.get(calendar) ?? [...(series?.copies.values() ?? [])][0];
  return copy ? { recurringEventId: copy.id } : {};
}

function htmlLink(id: string, calendar: StoredCalendar): string {
  return `https://www.google.com/calendar/event?eid=${Buffer.from(`${id} ${calendar.id}`).toString("base64url")}`;
}

function person(email: string, displayName: string | undefined, calendar: StoredCalendar): Record<string, unknown> {
  return { email, ...(displayName !== undefined && { displayName }), ...(email === calendar.id && { self: true }) };
}
