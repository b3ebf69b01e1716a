import { integrationError } from "../../../core/errors.js";
import { without } from "../../../core/without.js";
import type { ZonedTime } from "../../../core/zoned-time.js";
import { isSameAddress } from "../../../calendar/attendance.js";
import { epochMsOf, toEventTime, type EventMoment } from "../../../calendar/event-times.js";
import type { Attendee, Event, EventPerson, ResponseStatus } from "../../../calendar/models.js";
import type { Calendars } from "./calendars.js";
import type { WireEvent, WireTime } from "./wire.js";

/** How times are shown: in the event's own zone, else in the calendar's, and beside it in the one that was asked for. */
export interface TimeView {
  readonly time: ZonedTime;
  readonly asked: string | undefined;
  readonly calendarZone: string;
  /** This account's address, if known. */
  readonly account: string | undefined;
}

/** How an operation shows times. */
export function viewOf(
  { time, account }: Pick<Calendars, "time" | "account">,
  calendarZone: string,
  asked?: string,
): TimeView {
  return { time, asked, calendarZone, account };
}

/** The private property that holds the fingerprint of what an idempotency key stands for. */
export const requestProperty = "maigicRequest";

/** Google's event as ours. All-day dates stay dates; an end date is Google's exclusive one, as in iCalendar. */
export function toEvent(given: WireEvent, calendarId: string, view: TimeView): Event {
  const wire = asSeenBy(given, calendarId, view.account);
  const attendees = (wire.attendees ?? []).flatMap(toAttendee);
  const me = attendees.find((attendee) => attendee.self);
  const shown = (time: WireTime | undefined): Event["start"] =>
    toEventTime(view.time, toMoment(time, view), view.asked);
  // Of a cancelled occurrence hardly more may be told than when it would have been.
  const start = shown(wire.start ?? wire.originalStartTime);
  const properties = without(wire.extendedProperties?.private ?? {}, [requestProperty]);
  const conferenceUrl = conferenceUrlOf(wire);
  return {
    id: wire.id,
    calendarId,
    iCalUid: wire.iCalUID ?? "",
    title: wire.summary ?? "",
    ...(wire.description !== undefined && { description: wire.description }),
    ...(wire.location !== undefined && { location: wire.location }),
    start,
    end: shown(wire.end ?? wire.start ?? wire.originalStartTime),
    allDay: start.date !== undefined,
    status: wire.status === "tentative" || wire.status === "cancelled" ? wire.status : "confirmed",
    busy: wire.transparency !== "transparent",
    // Quirk(google): "organizer" is missing on events that the calendar's owner made for themselves.
    organizer: toPerson(wire.organizer ?? wire.creator ?? { self: true }),
    ...(wire.creator && { creator: toPerson(wire.creator) }),
    attendees,
    attendeesOmitted: wire.attendeesOmitted ?? false,
    ...(me && { myResponse: me.response }),
    ...(wire.recurrence && { recurrence: { lines: wire.recurrence } }),
    ...(wire.recurringEventId !== undefined && { seriesId: wire.recurringEventId }),
    ...(wire.originalStartTime && { originalStart: shown(wire.originalStartTime) }),
    ...(wire.reminders?.overrides && { reminders: wire.reminders.overrides.map(toReminder) }),
    ...(conferenceUrl !== undefined && { conferenceUrl }),
    visibility: toVisibility(wire.visibility),
    guestsCanModify: wire.guestsCanModify ?? false,
    guestsCanInvite: wire.guestsCanInviteOthers ?? true,
    guestsCanSeeGuests: wire.guestsCanSeeOtherGuests ?? true,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(wire.htmlLink !== undefined && { link: wire.htmlLink }),
    ...(wire.created !== undefined && { createdAt: wire.created }),
    ...(wire.updated !== undefined && { updatedAt: wire.updated }),
    version: wire.etag ?? "",
  };
}

/**
 * An event of somebody else's main calendar, with `self` set on this account. Quirk(google): there `self` is that person:
 * what they answered is not this account's answer. Where that cannot be told, Google's word stands.
 */
export function asSeenBy<E extends Pick<WireEvent, "attendees" | "organizer" | "creator">>(
  event: E,
  calendarId: string,
  account: string | undefined,
): E {
  if (account === undefined || !isSomebodyElses(calendarId, account)) return event;
  const seen = <P extends { email?: string | undefined }>(person: P): P & { self: boolean } => ({
    ...person,
    self: isSameAddress(person.email, account),
  });
  return {
    ...event,
    organizer: seen(event.organizer ?? event.creator ?? { email: calendarId }),
    ...(event.creator && { creator: seen(event.creator) }),
    ...(event.attendees && { attendees: event.attendees.map(seen) }),
  };
}

/** Whether a calendar is another person's main one. Those that are nobody's main one have addresses of Google's. */
export function isSomebodyElses(calendarId: string, account: string): boolean {
  const isMain = calendarId !== "primary" && !calendarId.toLowerCase().endsWith(".calendar.google.com");
  return isMain && !isSameAddress(calendarId, account);
}

/** When an event begins, in milliseconds since the epoch; an all-day event at its first moment in the zone. */
export function startOf(event: Event, { time, asked, calendarZone }: TimeView): number {
  const zone = asked ?? calendarZone;
  return epochMsOf(time, event.start, time.isZone(zone) ? zone : "UTC");
}

/** @throws ConnectionError `connection.unavailable` for a time that is none */
export function toMoment(wire: WireTime | undefined, { time, calendarZone }: TimeView): EventMoment {
  if (wire?.date !== undefined) return { date: wire.date };
  const dateTime = wire?.dateTime ?? "1970-01-01T00:00:00Z"; // only a cancelled occurrence has no time at all
  if (Number.isNaN(Date.parse(dateTime))) {
    throw integrationError("connection.unavailable", {
      message: "An event has a time that cannot be read.",
      hint: "Try again; if it stays so, look for a newer version of this package.",
    });
  }
  // A zone may be newer than this machine's list.
  const timeZone = [wire?.timeZone, calendarZone].find((zone) => zone !== undefined && time.isZone(zone)) ?? "UTC";
  return { dateTime, timeZone };
}

/** Who organizes or created an event. */
export function toPerson(wire: NonNullable<WireEvent["organizer"]>): EventPerson {
  return {
    ...(wire.email !== undefined && { email: wire.email }),
    ...(wire.displayName !== undefined && { name: wire.displayName }),
    self: wire.self ?? false,
  };
}

// Quirk(google): an attendee without an address occurs (a profile that is hidden); nobody can be told by it.
function toAttendee(wire: NonNullable<WireEvent["attendees"]>[number]): Attendee[] {
  if (wire.email === undefined) return [];
  return [
    {
      email: wire.email,
      ...(wire.displayName !== undefined && { name: wire.displayName }),
      response: toResponse(wire.responseStatus),
      ...(wire.comment !== undefined && { comment: wire.comment }),
      optional: wire.optional ?? false,
      resource: wire.resource ?? false,
      organizer: wire.organizer ?? false,
      self: wire.self ?? false,
    },
  ];
}

function toResponse(status: string | undefined): ResponseStatus {
  return status === "accepted" || status === "declined" || status === "tentative" ? status : "needsAction";
}

function toReminder({ method, minutes }: { method: string; minutes: number }): NonNullable<Event["reminders"]>[number] {
  return { method: method === "email" ? "email" : "popup", minutesBefore: minutes };
}

function toVisibility(visibility: string | undefined): Event["visibility"] {
  return visibility === "public" || visibility === "private" || visibility === "confidential" ? visibility : "default";
}

function conferenceUrlOf(wire: WireEvent): string | undefined {
  const video = wire.conferenceData?.entryPoints?.find((entry) => entry.entryPointType === "video");
  return video?.uri ?? wire.hangoutLink;
}
