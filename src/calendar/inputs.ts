import * as v from "valibot";
import { instantInput, requireInput } from "../core/input.js";
import type { EventInput, EventRef, InvitationResponse, TimeRange } from "./models.js";

const text = v.optional(v.string());
const minutes = v.pipe(v.number(), v.finite(), v.minValue(0));
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
const ref = v.union([v.string(), v.object({ id: v.string(), calendarId: text })]);
const status = v.picklist(["accepted", "declined", "tentative"]);
const response = v.strictObject({ status, comment: text });

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
