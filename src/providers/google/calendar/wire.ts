import * as z from "zod/mini";

/** What is read of Google Calendar's answers: tolerant of whatever else they hold. */

export interface WireTime {
  date?: string | undefined;
  dateTime?: string | undefined;
  timeZone?: string | undefined;
}

export interface WirePerson {
  email?: string | undefined;
  displayName?: string | undefined;
  self?: boolean | undefined;
}

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
  hangoutLink?: string | undefined;
  conferenceData?:
    { entryPoints?: { entryPointType?: string | undefined; uri?: string | undefined }[] | undefined } | undefined;
  reminders?: { overrides?: { method: string; minutes: number }[] | undefined } | undefined;
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

/** A whole event as it is, for writing it back: what we do not know of it survives. */
export interface RawEvent {
  id: string;
  etag: string;
  recurringEventId?: string | undefined;
  attendees?: { self?: boolean | undefined; [field: string]: unknown }[] | undefined;
  [field: string]: unknown;
}

interface WirePage<T> {
  items?: T[] | undefined;
  nextPageToken?: string | undefined;
  timeZone?: string | undefined;
}

const text = z.optional(z.string());
const flag = z.optional(z.boolean());

const time: z.ZodMiniType<WireTime> = z.object({ date: text, dateTime: text, timeZone: text });
const person: z.ZodMiniType<WirePerson> = z.object({ email: text, displayName: text, self: flag });
const attendee: z.ZodMiniType<WireAttendee> = z.object({
  email: text,
  displayName: text,
  self: flag,
  organizer: flag,
  optional: flag,
  resource: flag,
  responseStatus: text,
  comment: text,
});

export const event: z.ZodMiniType<WireEvent> = z.object({
  id: z.string(),
  etag: text,
  status: text,
  iCalUID: text,
  summary: text,
  description: text,
  location: text,
  start: z.optional(time),
  end: z.optional(time),
  organizer: z.optional(person),
  creator: z.optional(person),
  attendees: z.optional(z.array(attendee)),
  attendeesOmitted: flag,
  recurrence: z.optional(z.array(z.string())),
  recurringEventId: text,
  originalStartTime: z.optional(time),
  transparency: text,
  visibility: text,
  hangoutLink: text,
  conferenceData: z.optional(
    z.object({ entryPoints: z.optional(z.array(z.object({ entryPointType: text, uri: text }))) }),
  ),
  reminders: z.optional(
    z.object({ overrides: z.optional(z.array(z.object({ method: z.string(), minutes: z.number() }))) }),
  ),
  htmlLink: text,
  created: text,
  updated: text,
});

export const rawEvent: z.ZodMiniType<RawEvent> = z.looseObject({
  id: z.string(),
  etag: z.string(),
  recurringEventId: text,
  attendees: z.optional(z.array(z.looseObject({ self: flag }))),
});

export const calendar: z.ZodMiniType<WireCalendar> = z.object({
  id: z.string(),
  summary: text,
  summaryOverride: text,
  description: text,
  timeZone: text,
  accessRole: text,
  primary: flag,
  selected: flag,
});

export const eventList: z.ZodMiniType<WirePage<WireEvent>> = z.object({
  items: z.optional(z.array(event)),
  nextPageToken: text,
  timeZone: text,
});

export const calendarList: z.ZodMiniType<WirePage<WireCalendar>> = z.object({
  items: z.optional(z.array(calendar)),
  nextPageToken: text,
});
