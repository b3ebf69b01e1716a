import * as v from "valibot";
import type { EventInput } from "../../calendar/models.js";
import type { CreateOptions } from "../../calendar/options.js";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { flag, name, optional, time } from "../fields.js";
import { defineOperation, type Operation, type OperationCall } from "../operation.js";
import { inFields } from "../wrong-input.js";
import { eventFields, eventSettings, optionalGuests } from "./event-fields.js";
import { fieldNames, notify, onConflict } from "./fields.js";
import { updateResultSchema } from "./schemas.js";

const input = v.strictObject({
  title: name("what it is called"),
  start: time("when it begins: today+1 09:00, ISO 8601, or a date for whole days"),
  ...eventFields,
  calendar: optional(name("id of the calendar that it goes into, default: the main one")),
  conference: optional(flag("add a video call")),
  notify,
  onConflict,
  idempotencyKey: optional(name("a repeat with the same key creates nothing twice")),
});
type Asked = v.InferOutput<typeof input>;

/** Creates an event that the account organizes. */
export const create: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: updateResultSchema,
  run: async (call, asked) => inFields(fieldNames, call.client.createMyEvent(toEvent(asked), options(call, asked))),
  preview: async (call, asked) =>
    inFields(fieldNames, call.client.createMyEvent(toEvent(asked), { ...options(call, asked), dryRun: true })),
});

function toEvent(asked: Asked): EventInput {
  const { title, start, attendees = [], optionalAttendees = [] } = asked;
  const invited = [...attendees, ...optionalGuests(optionalAttendees)];
  return { title, start, ...eventSettings(asked), ...(invited.length > 0 && { attendees: invited }) };
}

function options(call: OperationCall, { calendar: calendarId, conference, ...asked }: Asked): CreateOptions {
  const { notify: told, onConflict: clash, idempotencyKey } = asked;
  return { ...optionsOf(call), ...given({ calendarId, conference, notify: told, onConflict: clash, idempotencyKey }) };
}
