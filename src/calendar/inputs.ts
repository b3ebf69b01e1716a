import * as v from "valibot";
import { callOptions, idInput, instantInput, requireInput } from "../core/input.js";
import type { calendarClientShape } from "./client.js";
import type { EventInput, EventRef, InvitationResponse, TimeRange } from "./models.js";

const text = v.optional(v.string());
const tenYearsInMinutes = 10 * 366 * 24 * 60;
const minutes = v.pipe(v.number(), v.minValue(0), v.maxValue(tenYearsInMinutes));
const time = v.union([
  v.strictObject({ date: v.string() }),
  v.strictObject({ dateTime: v.string(), timeZone: text }),
  instantInput,
]);
const attendee = v.union([
  v.string(),
  v.strictObject({ email: v.string(), name: text, optional: v.optional(v.boolean()) }),
]);

const eventFields: Record<keyof EventInput, v.GenericSchema> = {
  title: v.string(),
  start: time,
  end: v.optional(time),
  durationMinutes: v.optional(minutes),
  timeZone: text,
  description: text,
  location: text,
  attendees: v.optional(v.array(attendee)),
  recurrence: v.optional(v.strictObject({ lines: v.array(v.string()) })),
  reminders: v.optional(
    v.array(v.strictObject({ method: v.picklist(["email", "popup"]), minutesBefore: v.pipe(minutes, v.integer()) })),
  ),
  busy: v.optional(v.boolean()),
  visibility: v.optional(v.picklist(["default", "public", "private", "confidential"])),
};
const range = v.object({ start: instantInput, end: instantInput, timeZone: text });
const ref = v.union([idInput, v.object({ id: idInput, calendarId: v.optional(idInput) })]);
const status = v.picklist(["accepted", "declined", "tentative"]);
const response = v.strictObject({ status, comment: text });

const call = v.strictObject(callOptions);
const flag = v.optional(v.boolean());
const notify = v.optional(v.picklist(["all", "external", "none"]));
const reading = {
  ...callOptions,
  calendarIds: v.optional(v.array(idInput)),
  includeDeclined: flag,
  expandRecurring: flag,
  timeZone: text,
};

/** The options of each method, as they may be given. */
export const calendarOptions: Readonly<Record<keyof typeof calendarClientShape, v.GenericSchema>> = {
  connect: call,
  getEvents: v.strictObject(reading),
  listEvents: v.strictObject({ ...reading, limit: v.optional(v.number()), cursor: text }),
  getEvent: call,
  getCalendars: call,
  createMyEvent: v.strictObject({
    ...callOptions,
    calendarId: v.optional(idInput),
    notify,
    idempotencyKey: v.optional(v.pipe(v.string(), v.nonEmpty())),
    conference: flag,
  }),
  respondToInvitation: v.strictObject({ ...callOptions, scope: v.optional(v.picklist(["this", "all"])), notify }),
};

/** A new event as it may be given. @throws RequestError `request.invalid` naming the field */
export function requireEventInput(event: EventInput): EventInput {
  return requireInput(v.strictObject(eventFields), event, "event");
}

/** @throws RequestError `request.invalid` naming the field */
export function requireRange(given: TimeRange): TimeRange {
  return requireInput(range, given, "range");
}

/** @throws RequestError `request.invalid` */
export function requireRef(given: EventRef): EventRef {
  return requireInput(ref, given, "event reference");
}

/** The answer to an invitation, in its long form. @throws RequestError `request.invalid` */
export function requireResponse(given: InvitationResponse | InvitationResponse["status"]): InvitationResponse {
  return requireInput(response, typeof given === "string" ? { status: given } : given, "answer");
}
