import * as v from "valibot";
import { integrationError } from "../core/errors.js";
import { callOptions, idInput, instantInput, requireInput } from "../core/input.js";
import { weekdays } from "../core/zoned-time.js";
import type { AvailabilityPerson, AvailabilityQuery, WorkingHours } from "./availability-models.js";
import type { EventUpdate } from "./batch-models.js";
import type { calendarClientShape, ResponseInput } from "./client.js";
import type {
  CalendarSearchQuery,
  EventChanges,
  EventInput,
  EventRef,
  InvitationResponse,
  TimeRange,
} from "./models.js";

const text = v.optional(v.string());
const flag = v.optional(v.boolean());
const size = v.optional(v.number());
const ids = v.optional(v.array(idInput));
const nullable = (schema: v.GenericSchema): v.GenericSchema => v.optional(v.nullable(schema));

const tenYearsInMinutes = 10 * 366 * 24 * 60;
const minutes = v.pipe(v.number(), v.minValue(0), v.maxValue(tenYearsInMinutes));
/** Of an `EventTime` that is given back, its weekday and local time say nothing new. */
const said = { weekday: v.optional(v.unknown()), local: v.optional(v.unknown()) };
const time = v.union([
  v.strictObject({ date: v.string(), ...said }),
  v.strictObject({ dateTime: v.string(), timeZone: text, ...said }),
  instantInput,
]);
const attendee = v.union([v.string(), v.strictObject({ email: v.string(), name: text, optional: flag })]);
const recurrence = v.strictObject({ lines: v.array(v.string()) });
const reminders = v.array(
  v.strictObject({ method: v.picklist(["email", "popup"]), minutesBefore: v.pipe(minutes, v.integer()) }),
);
const status = v.picklist(["accepted", "declined", "tentative"]);

/** What is longer, Google drops or cuts without a word. @see https://developers.google.com/workspace/calendar/api/guides/extended-properties */
const propertyName = v.pipe(v.string(), v.minLength(1), v.maxLength(44));
const propertyValue = v.pipe(v.string(), v.maxLength(1024));
const properties = (value: v.GenericSchema): v.GenericSchema =>
  v.optional(v.pipe(v.record(propertyName, value), v.maxEntries(300)));

const eventSettings = {
  timeZone: text,
  durationMinutes: v.optional(minutes),
  attendees: v.optional(v.array(attendee)),
  busy: flag,
  visibility: v.optional(v.picklist(["default", "public", "private", "confidential"])),
  status: v.optional(v.picklist(["confirmed", "tentative"])),
  guestsCanModify: flag,
  guestsCanInvite: flag,
  guestsCanSeeGuests: flag,
};
const eventFields: Record<keyof EventInput, v.GenericSchema> = {
  ...eventSettings,
  title: v.string(),
  start: time,
  end: v.optional(time),
  description: text,
  location: text,
  recurrence: v.optional(recurrence),
  reminders: v.optional(reminders),
  properties: properties(propertyValue),
};
const changeFields: Record<keyof EventChanges, v.GenericSchema> = {
  ...eventSettings,
  title: text,
  start: v.optional(time),
  end: v.optional(time),
  description: nullable(v.string()),
  location: nullable(v.string()),
  addAttendees: v.optional(v.array(attendee)),
  removeAttendees: v.optional(v.array(v.string())),
  recurrence: nullable(recurrence),
  reminders: nullable(reminders),
  conference: flag,
  properties: properties(v.nullable(propertyValue)),
};

const range = v.object({ start: instantInput, end: instantInput, timeZone: text });
const ref = v.union([idInput, v.object({ id: idInput, calendarId: v.optional(idInput) })]);
const scope = v.optional(v.picklist(["this", "following", "all"]));

const searchFields: Record<keyof CalendarSearchQuery, v.GenericSchema> = {
  ...{ text, attendee: text, organizer: text },
  status: v.optional(v.picklist(["confirmed", "tentative", "cancelled"])),
  myResponse: v.optional(v.picklist(["accepted", "declined", "tentative", "needsAction"])),
  range: v.optional(range),
};
const updateFields: Record<keyof EventUpdate, v.GenericSchema> = {
  ref,
  changes: v.strictObject(changeFields),
  scope,
  expectedVersion: text,
};

const days = v.optional(v.array(v.picklist(weekdays)));
const clockTime = v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/));
const hoursFields: Record<keyof WorkingHours, v.GenericSchema> = {
  days,
  start: v.optional(clockTime),
  end: v.optional(clockTime),
};
const hours = v.optional(v.union([v.literal("any"), v.strictObject(hoursFields)]));
const personFields: Record<keyof AvailabilityPerson, v.GenericSchema> = {
  email: idInput,
  optional: flag,
  timeZone: text,
  workingHours: hours,
};
const dayInMinutes = 24 * 60;
const whole = (least: number, most: number): v.GenericSchema =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const availabilityFields: Record<keyof AvailabilityQuery, v.GenericSchema> = {
  range,
  durationMinutes: whole(1, 31 * dayInMinutes),
  stepMinutes: v.optional(whole(1, dayInMinutes)),
  timeZone: text,
  people: v.optional(v.array(v.union([idInput, v.strictObject(personFields)]))),
  workingHours: hours,
  bufferBeforeMinutes: v.optional(whole(0, dayInMinutes)),
  bufferAfterMinutes: v.optional(whole(0, dayInMinutes)),
  preferredTimes: v.optional(v.array(v.strictObject({ start: clockTime, end: clockTime, days }))),
  minimumNoticeMinutes: v.optional(whole(0, 366 * dayInMinutes)),
  tentative: v.optional(v.picklist(["busy", "free"])),
  allDay: v.optional(v.picklist(["as_marked", "busy", "free"])),
  calendarIds: ids,
  limit: v.optional(whole(1, 10_000)),
};

const call = v.strictObject(callOptions);
const reading = { ...callOptions, timeZone: text };
const several = { ...reading, calendarIds: ids };
const events = { ...several, includeDeclined: flag, expandRecurring: flag };
const paging = { limit: size, cursor: text };
const notify = v.optional(v.picklist(["all", "external", "none"]));
const writing = { ...callOptions, dryRun: flag, notify };
const onConflict = v.optional(v.picklist(["allow", "warn", "fail"]));
const idempotencyKey = v.optional(v.pipe(v.string(), v.nonEmpty()));

/** The options of each method, as they may be given. */
export const calendarOptions: Readonly<Record<keyof typeof calendarClientShape, v.GenericSchema>> = {
  connect: call,
  getEvents: v.strictObject(events),
  listEvents: v.strictObject({ ...events, ...paging }),
  getEvent: v.strictObject(reading),
  findEventByUid: v.strictObject(several),
  searchEvents: v.strictObject({ ...several, ...paging }),
  getOccurrences: v.strictObject(reading),
  getCalendars: call,
  getEventPermissions: call,
  getPendingInvitations: v.strictObject(several),
  getChanges: v.strictObject(several),
  getFreeBusy: call,
  findAvailableSlots: call,
  explainAvailability: call,
  findConflicts: v.strictObject(several),
  createMyEvent: v.strictObject({
    ...writing,
    onConflict,
    calendarId: v.optional(idInput),
    idempotencyKey,
    conference: flag,
  }),
  updateMyEvent: v.strictObject({ ...writing, onConflict, scope, expectedVersion: text }),
  deleteMyEvent: v.strictObject({ ...writing, scope, message: text }),
  moveMyEvent: v.strictObject(writing),
  batchCreateEvents: v.strictObject({
    ...writing,
    onConflict,
    atomic: flag,
    calendarId: v.optional(idInput),
    idempotencyKey,
  }),
  batchUpdateEvents: v.strictObject({ ...writing, onConflict, atomic: flag }),
  respondToInvitation: v.strictObject({ ...writing, scope: v.optional(v.picklist(["this", "all"])) }),
  suggestReschedule: v.strictObject(writing),
};

/** A new event as it may be given. @throws RequestError `request.invalid` naming the field */
export function requireEventInput(event: EventInput): EventInput {
  return requireInput(v.strictObject(eventFields), event, "event");
}

/** Any number of new events. @throws RequestError `request.invalid` naming the field */
export function requireEventInputs(given: readonly EventInput[]): readonly EventInput[] {
  return requireInput(v.array(v.strictObject(eventFields)), given, "list of events");
}

/** What is to be changed, at least one thing. @throws RequestError `request.invalid` naming the field */
export function requireChanges(changes: EventChanges): EventChanges {
  requireInput(v.strictObject(changeFields), changes, "change");
  if (Object.values<unknown>({ ...changes }).some((value) => value !== undefined)) return changes;
  throw integrationError("request.invalid", {
    message: "The change names nothing that is to be different.",
    hint: "Name at least one field, such as title or start.",
    details: { field: "changes" },
  });
}

/** Any number of updates. @throws RequestError `request.invalid` naming the field */
export function requireUpdates(updates: readonly EventUpdate[]): readonly EventUpdate[] {
  requireInput(v.array(v.strictObject(updateFields)), updates, "list of updates");
  for (const { changes } of updates) requireChanges(changes);
  return updates;
}

/** @throws RequestError `request.invalid` naming the field */
export function requireRange(given: TimeRange): TimeRange {
  return requireInput(range, given, "range");
}

/** @throws RequestError `request.invalid` */
export function requireRef(given: EventRef): EventRef {
  return requireInput(ref, given, "event reference");
}

/** An event that exists, or a new one. @throws RequestError `request.invalid` naming the field */
export function requireEventOrInput(given: EventRef | EventInput): EventRef | EventInput {
  return isNewEvent(given) ? requireEventInput(given) : requireRef(given);
}

/** Whether what was given is a new event rather than one that exists. */
export function isNewEvent(given: EventRef | EventInput): given is EventInput {
  return typeof given === "object" && !("id" in given);
}

/** A search as it may be given. @throws RequestError `request.invalid` naming the field */
export function requireEventSearch(query: string | CalendarSearchQuery): string | CalendarSearchQuery {
  return requireInput(typeof query === "string" ? v.string() : v.strictObject(searchFields), query, "search");
}

/** Which times are looked for. @throws RequestError `request.invalid` naming the field */
export function requireAvailabilityQuery(query: AvailabilityQuery): AvailabilityQuery {
  return requireInput(v.strictObject(availabilityFields), query, "query");
}

/** Whose time is asked for. @throws RequestError `request.invalid` */
export function requirePeople(who: readonly string[]): readonly string[] {
  return requireInput(v.array(idInput), who, "list of people");
}

/** A name or id that becomes one part of an address. @throws RequestError `request.invalid` */
export function requireCalendarId(id: string): string {
  return requireInput(idInput, id, "calendar id");
}

/** A line of text, or none. @throws RequestError `request.invalid` */
export function requireOptionalText(given: string | undefined, what: string): string | undefined {
  return requireInput(text, given, what);
}

/** The answer to an invitation, in its long form. @throws RequestError `request.invalid` */
export function requireResponse(given: ResponseInput): InvitationResponse {
  const response = v.strictObject({ status, comment: text });
  return requireInput(response, typeof given === "string" ? { status: given } : given, "answer");
}
