import type { ChangePage } from "../core/change-page.js";
import type { InstantInput, LocalTime, Weekday } from "../core/zoned-time.js";

/** When an event begins or ends: a whole day, or an instant (ISO 8601 with offset) in the event's own IANA time zone. */
export type EventTime =
  | { date: string; weekday: Weekday; dateTime?: never; timeZone?: never; local?: never }
  | (LocalTime & {
      /** The same instant in the zone that the caller asked for; missing when none was. */
      local?: LocalTime;
      date?: never;
    });

/**
 * The start or end of an event as callers may give it; a `YYYY-MM-DD` makes it an all-day event. A time without offset is
 * wall time in its zone, else in the event's. An `EventTime` is one too.
 */
export type EventTimeInput = InstantInput | { date: string } | { dateTime: string; timeZone?: string };

/**
 * From `start` to just before `end`. Besides instants, a boundary may be a date (its first moment in the time zone),
 * `today`, `tomorrow`, `yesterday`, or `today+N` and `today-N` for days from now; with a time, `today+1 09:00`.
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
  /** On a series among pending invitations: its next occurrence that waits for an answer. */
  nextOccurrence?: { start: EventTime; end: EventTime };
  /** On an occurrence: the id of its series. */
  seriesId?: string;
  /** On an occurrence: when the series would have had it. */
  originalStart?: EventTime;
  reminders?: Reminder[];
  /** Where to join the call. */
  conferenceUrl?: string;
  visibility: "default" | "public" | "private" | "confidential";
  guestsCanModify: boolean;
  guestsCanInvite: boolean;
  guestsCanSeeGuests: boolean;
  /** What programs noted with the event for themselves, by name. */
  properties?: Record<string, string>;
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
  /** Default `confirmed`. */
  status?: "confirmed" | "tentative";
  /** Default false. */
  guestsCanModify?: boolean;
  /** Default true. */
  guestsCanInvite?: boolean;
  /** Default true. */
  guestsCanSeeGuests?: boolean;
  /** For programs to find again; people do not see them. At most 300, with names of 44 and values of 1,024 characters. */
  properties?: Readonly<Record<string, string>>;
}

/**
 * What is to be different about an event. What is not named stays, also what this package does not know of; null takes
 * something away. A start without an end moves the event and keeps its length.
 */
export interface EventChanges {
  title?: string;
  start?: EventTimeInput;
  end?: EventTimeInput;
  durationMinutes?: number;
  /** IANA zone of times without one; default: the event's own. */
  timeZone?: string;
  description?: string | null;
  location?: string | null;
  /** Everybody who is invited from now on; who stays keeps the answer. */
  attendees?: readonly (string | AttendeeInput)[];
  addAttendees?: readonly (string | AttendeeInput)[];
  /** By address. */
  removeAttendees?: readonly string[];
  /** Null: happens once. */
  recurrence?: Recurrence | null;
  /** Null: the calendar's own. */
  reminders?: readonly Reminder[] | null;
  busy?: boolean;
  visibility?: Event["visibility"];
  status?: "confirmed" | "tentative";
  guestsCanModify?: boolean;
  guestsCanInvite?: boolean;
  guestsCanSeeGuests?: boolean;
  /** Whether there is a video call; one that is there stays the same. */
  conference?: boolean;
  /** By name; null takes one away, others stay. */
  properties?: Readonly<Record<string, string | null>>;
}

/** Which occurrences of a series are meant: one, that one and all later ones, or all. */
export type SeriesScope = "this" | "following" | "all";

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
  /** What the event's time clashes with, where that was looked for. */
  conflicts: ConflictInfo[];
  /** After a change of this and the following occurrences: the series that ends before them. `event` is the new one. */
  endedSeries?: Event;
  /** How a proposal reached the organizer. */
  delivery?: ProposalDelivery;
}

/** How a proposal of another time reached the organizer. */
export interface ProposalDelivery {
  /** `comment`: as a line beside a tentative answer, since the service has no proposals. */
  how: "proposal" | "comment";
  /** What the organizer reads. */
  text: string;
}

/** What an event's time clashes with. */
export interface ConflictInfo {
  /**
   * `double_booking`: another event of this account. `attendee_busy`: somebody invited is busy. `unreadable`: somebody's
   * calendar cannot be read, so that nobody knows. `duplicate`: an event that says much the same at about that time.
   */
  kind: "double_booking" | "attendee_busy" | "unreadable" | "duplicate";
  /** One sentence for people. */
  message: string;
  /** The time that overlaps: ISO 8601 with offset. */
  start?: string;
  end?: string;
  /** The other event, where it is known. */
  event?: Pick<Event, "id" | "calendarId" | "title" | "start" | "end">;
  /** Whose time it is, by address. */
  attendee?: string;
  /** How much alike a duplicate is, from 0 to 1. */
  similarity?: number;
}

/** What this account may do with an event, and why. */
export interface PermissionInfo {
  role: "organizer" | "attendee" | "viewer";
  /** This account's access to the calendar that the event was read in. */
  calendarRole: CalendarInfo["accessRole"];
  /** Change title, time and whatever else all attendees share. */
  canEdit: boolean;
  canDelete: boolean;
  canMove: boolean;
  canInvite: boolean;
  canRespond: boolean;
  canSeeAttendees: boolean;
  organizer: EventPerson;
  /** Addresses of those who may change the event, where the service tells. */
  editors: string[];
  /** One sentence for each thing that this account may not do. */
  reasons: string[];
}

/** What to look for in calendars. All that is named must fit. */
export interface CalendarSearchQuery {
  /** Words in title, description, location, organizer and attendees, all of which must be there; "a phrase" in quotes. */
  text?: string;
  /** A whole address, or a part of a name or address. */
  attendee?: string;
  /** A whole address, or a part of a name or address. */
  organizer?: string;
  status?: Event["status"];
  /** This account's own answer. */
  myResponse?: ResponseStatus;
  /** Default: from 90 days ago to a year from now. */
  range?: TimeRange;
}

/** One page of what was found. */
export type CalendarSearchResult = EventPage;

/** What happened to one event since a cursor. */
export type EventChange =
  | { type: "changed"; id: string; calendarId: string; event: Event }
  | {
      /** Deleted or cancelled; a series with all its occurrences, also those that were events of their own. */
      type: "removed";
      id: string;
      calendarId: string;
      /** Of an occurrence that was taken out of its series, which goes on without that date. */
      seriesId?: string;
      originalStart?: EventTime;
    };

/** A page of what changed in calendars. */
export interface CalendarChangePage extends ChangePage<EventChange> {
  /** With `reset`: the calendars that must be read anew; the others go on. */
  resetCalendars: string[];
  /** Calendars that could not be read this time. The cursor still stands before what changed in them. */
  failures: CalendarFailure[];
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
