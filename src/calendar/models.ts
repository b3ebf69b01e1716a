import type { InstantInput } from "../core/zoned-time.js";

/** When an event begins or ends: a whole day, or an instant (ISO 8601 with offset) in an IANA time zone. */
export type EventTime =
  { date: string; dateTime?: never; timeZone?: never } | { dateTime: string; timeZone: string; date?: never };

/** The start or end of an event as callers may give it; a `YYYY-MM-DD` makes it an all-day event. */
export type EventTimeInput = InstantInput | { date: string } | { dateTime: string; timeZone?: string };

/**
 * From `start` to just before `end`. Besides instants, a boundary may be a date (its first moment in the time zone),
 * `today`, or `today+N` and `today-N` for days from now; with a time, `today+1 09:00`.
 */
export interface TimeRange {
  start: InstantInput;
  end: InstantInput;
  /** IANA name; default: the profile's time zone, else the calendar's. */
  timeZone?: string;
}

/** An attendee's answer. */
export type ResponseStatus = "accepted" | "declined" | "tentative" | "needsAction";

/** Somebody invited to an event. */
export interface Attendee {
  email: string;
  name?: string;
  response: ResponseStatus;
  comment?: string;
  optional: boolean;
  /** A room or other resource rather than a person. */
  resource: boolean;
  organizer: boolean;
  /** The account that this client acts for. */
  self: boolean;
}

/** Who organizes or created an event. */
export interface EventPerson {
  email?: string;
  name?: string;
  /** The account that this client acts for. */
  self: boolean;
}

/** How an event repeats, in the words of iCalendar. @see https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5 */
export interface Recurrence {
  /** Lines such as `RRULE:FREQ=WEEKLY;BYDAY=MO`, `EXDATE…`, `RDATE…`. */
  lines: string[];
}

/** A reminder, minutes before the start. */
export interface Reminder {
  method: "email" | "popup";
  minutesBefore: number;
}

/** An event as plain data, in one calendar's view. */
export interface Event {
  id: string;
  calendarId: string;
  /** The UID that all copies of the event share, in every calendar and in invitation mails. */
  iCalUid: string;
  title: string;
  description?: string;
  location?: string;
  start: EventTime;
  /** For an all-day event the day after its last, as in iCalendar. */
  end: EventTime;
  allDay: boolean;
  status: "confirmed" | "tentative" | "cancelled";
  /** Whether it blocks the time in the calendar. */
  busy: boolean;
  organizer: EventPerson;
  creator?: EventPerson;
  attendees: Attendee[];
  /** The service does not show all attendees to this account. */
  attendeesOmitted: boolean;
  /** This account's own answer; missing when it is not invited. */
  myResponse?: ResponseStatus;
  /** On a series: how it repeats. */
  recurrence?: Recurrence;
  /** On an occurrence: the id of its series. */
  seriesId?: string;
  /** On an occurrence: when the series would have had it. */
  originalStart?: EventTime;
  reminders?: Reminder[];
  /** Where to join the call. */
  conferenceUrl?: string;
  visibility: "default" | "public" | "private" | "confidential";
  /** The event's page at the service. */
  link?: string;
  createdAt?: string;
  updatedAt?: string;
  /** Changes with every write. */
  version: string;
}

/** An event by its id in the main calendar, or by id and calendar; an `Event` is one too. */
export type EventRef = string | { readonly id: string; readonly calendarId?: string };

/** Somebody to invite. */
export interface AttendeeInput {
  email: string;
  name?: string;
  optional?: boolean;
}

/** A new event. */
export interface EventInput {
  title: string;
  start: EventTimeInput;
  /** Or `durationMinutes`; for all-day events the day after the last, default one day. */
  end?: EventTimeInput;
  durationMinutes?: number;
  /** IANA zone of times without one; default: the profile's time zone, else the calendar's. */
  timeZone?: string;
  description?: string;
  location?: string;
  attendees?: readonly (string | AttendeeInput)[];
  recurrence?: Recurrence;
  reminders?: readonly Reminder[];
  /** Default true. */
  busy?: boolean;
  visibility?: Event["visibility"];
}

/** The answer to an invitation. */
export interface InvitationResponse {
  status: Exclude<ResponseStatus, "needsAction">;
  /** A line to the organizer. A comment given earlier stays when this is missing. */
  comment?: string;
}

/** What a write did. */
export interface UpdateResult {
  event: Event;
  /** Addresses that the service was asked to write to; none with `external`, where only the service knows who is. */
  notified: string[];
}

/** A calendar of the account. */
export interface CalendarInfo {
  id: string;
  name: string;
  description?: string;
  timeZone: string;
  accessRole: "owner" | "writer" | "reader" | "freeBusyReader";
  primary: boolean;
  /** Shown in the person's own calendar view. */
  selected: boolean;
}

/** What kept one calendar from being read. */
export interface CalendarFailure {
  calendarId: string;
  code: string;
  message: string;
  hint: string;
}

/** One page of events, beside what could not be read. */
export interface EventPage {
  /** By start, then by id. */
  events: Event[];
  failures: CalendarFailure[];
  /** Continues the list; missing at its end. */
  cursor?: string;
}
