import * as v from "valibot";

/** What is read of Google Calendar's answers: tolerant of whatever else they hold. */

/** A day, or a moment with its zone. @see https://developers.google.com/workspace/calendar/api/v3/reference/events */
export interface WireTime {
  date?: string | undefined;
  dateTime?: string | undefined;
  timeZone?: string | undefined;
}

/** The organizer or creator of an event. */
export interface WirePerson {
  email?: string | undefined;
  displayName?: string | undefined;
  self?: boolean | undefined;
}

/** A person or room invited to an event. */
export interface WireAttendee extends WirePerson {
  organizer?: boolean | undefined;
  optional?: boolean | undefined;
  resource?: boolean | undefined;
  responseStatus?: string | undefined;
  comment?: string | undefined;
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events */
export interface WireEvent {
  id: string;
  etag?: string | undefined;
  status?: string | undefined;
  iCalUID?: string | undefined;
  summary?: string | undefined;
  description?: string | undefined;
  location?: string | undefined;
  start?: WireTime | undefined;
  end?: WireTime | undefined;
  organizer?: WirePerson | undefined;
  creator?: WirePerson | undefined;
  attendees?: WireAttendee[] | undefined;
  attendeesOmitted?: boolean | undefined;
  recurrence?: string[] | undefined;
  recurringEventId?: string | undefined;
  originalStartTime?: WireTime | undefined;
  transparency?: string | undefined;
  visibility?: string | undefined;
  guestsCanModify?: boolean | undefined;
  guestsCanInviteOthers?: boolean | undefined;
  guestsCanSeeOtherGuests?: boolean | undefined;
  hangoutLink?: string | undefined;
  conferenceData?:
    { entryPoints?: { entryPointType?: string | undefined; uri?: string | undefined }[] | undefined } | undefined;
  reminders?: { overrides?: { method: string; minutes: number }[] | undefined } | undefined;
  extendedProperties?: { private?: Record<string, string> | undefined } | undefined;
  htmlLink?: string | undefined;
  created?: string | undefined;
  updated?: string | undefined;
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/calendarList */
export interface WireCalendar {
  id: string;
  summary?: string | undefined;
  summaryOverride?: string | undefined;
  description?: string | undefined;
  timeZone?: string | undefined;
  accessRole?: string | undefined;
  primary?: boolean | undefined;
  selected?: boolean | undefined;
}

/** Whatever else Google says of something. */
interface Unread {
  [field: string]: unknown;
}

/** An attendee as it is. */
export interface RawAttendee extends Unread {
  email?: string | undefined;
  displayName?: string | undefined;
  self?: boolean | undefined;
  organizer?: boolean | undefined;
  responseStatus?: string | undefined;
  comment?: string | undefined;
}

/** A whole event as it is, for writing it back: what we do not know of it survives. */
export interface RawEvent extends Unread {
  id: string;
  etag: string;
  status?: string | undefined;
  iCalUID?: string | undefined;
  summary?: string | undefined;
  start?: (WireTime & Unread) | undefined;
  end?: (WireTime & Unread) | undefined;
  originalStartTime?: (WireTime & Unread) | undefined;
  recurrence?: string[] | undefined;
  recurringEventId?: string | undefined;
  organizer?: (WirePerson & Unread) | undefined;
  creator?: (WirePerson & Unread) | undefined;
  attendees?: RawAttendee[] | undefined;
  attendeesOmitted?: boolean | undefined;
  guestsCanModify?: boolean | undefined;
  guestsCanInviteOthers?: boolean | undefined;
  guestsCanSeeOtherGuests?: boolean | undefined;
  extendedProperties?: ({ private?: Record<string, string> | undefined } & Unread) | undefined;
}

interface WirePage<T> {
  items?: T[] | undefined;
  nextPageToken?: string | undefined;
  nextSyncToken?: string | undefined;
  timeZone?: string | undefined;
  accessRole?: string | undefined;
}

const text = v.optional(v.string());
const flag = v.optional(v.boolean());

const time: v.GenericSchema<unknown, WireTime> = v.object({ date: text, dateTime: text, timeZone: text });
const person: v.GenericSchema<unknown, WirePerson> = v.object({ email: text, displayName: text, self: flag });
const attendee: v.GenericSchema<unknown, WireAttendee> = v.object({
  email: text,
  displayName: text,
  self: flag,
  organizer: flag,
  optional: flag,
  resource: flag,
  responseStatus: text,
  comment: text,
});

/** events.get, and each entry of events.list. */
export const event: v.GenericSchema<unknown, WireEvent> = v.object({
  id: v.string(),
  etag: text,
  status: text,
  iCalUID: text,
  summary: text,
  description: text,
  location: text,
  start: v.optional(time),
  end: v.optional(time),
  organizer: v.optional(person),
  creator: v.optional(person),
  attendees: v.optional(v.array(attendee)),
  attendeesOmitted: flag,
  recurrence: v.optional(v.array(v.string())),
  recurringEventId: text,
  originalStartTime: v.optional(time),
  transparency: text,
  visibility: text,
  guestsCanModify: flag,
  guestsCanInviteOthers: flag,
  guestsCanSeeOtherGuests: flag,
  hangoutLink: text,
  conferenceData: v.optional(
    v.object({ entryPoints: v.optional(v.array(v.object({ entryPointType: text, uri: text }))) }),
  ),
  reminders: v.optional(
    v.object({ overrides: v.optional(v.array(v.object({ method: v.string(), minutes: v.number() }))) }),
  ),
  extendedProperties: v.optional(v.object({ private: v.optional(v.record(v.string(), v.string())) })),
  htmlLink: text,
  created: text,
  updated: text,
});

const rawTime = v.looseObject({ date: text, dateTime: text, timeZone: text });
const rawPerson = v.looseObject({ email: text, displayName: text, self: flag });

/** events.get, nothing of it left out. */
export const rawEvent: v.GenericSchema<unknown, RawEvent> = v.looseObject({
  id: v.string(),
  etag: v.string(),
  status: text,
  iCalUID: text,
  summary: text,
  start: v.optional(rawTime),
  end: v.optional(rawTime),
  originalStartTime: v.optional(rawTime),
  recurrence: v.optional(v.array(v.string())),
  recurringEventId: text,
  organizer: v.optional(rawPerson),
  creator: v.optional(rawPerson),
  attendees: v.optional(
    v.array(
      v.looseObject({
        email: text,
        displayName: text,
        self: flag,
        organizer: flag,
        responseStatus: text,
        comment: text,
      }),
    ),
  ),
  attendeesOmitted: flag,
  guestsCanModify: flag,
  guestsCanInviteOthers: flag,
  guestsCanSeeOtherGuests: flag,
  extendedProperties: v.optional(v.looseObject({ private: v.optional(v.record(v.string(), v.string())) })),
});

/** One page of events.list, nothing of its events left out. */
export const rawEventList: v.GenericSchema<unknown, WirePage<RawEvent>> = v.object({
  items: v.optional(v.array(rawEvent)),
  nextPageToken: text,
  timeZone: text,
});

/** An answer without content. */
export const nothing: v.GenericSchema<unknown, unknown> = v.unknown();

/** calendarList.get, and each entry of calendarList.list. */
export const calendar: v.GenericSchema<unknown, WireCalendar> = v.object({
  id: v.string(),
  summary: text,
  summaryOverride: text,
  description: text,
  timeZone: text,
  accessRole: text,
  primary: flag,
  selected: flag,
});

/** One page of events.list. */
export const eventList: v.GenericSchema<unknown, WirePage<WireEvent>> = v.object({
  items: v.optional(v.array(event)),
  nextPageToken: text,
  nextSyncToken: text,
  timeZone: text,
  accessRole: text,
});

/** One page of calendarList.list. */
export const calendarList: v.GenericSchema<unknown, WirePage<WireCalendar>> = v.object({
  items: v.optional(v.array(calendar)),
  nextPageToken: text,
});
