import * as v from "valibot";
import type { EventChanges } from "../../calendar/models.js";
import type { UpdateOptions } from "../../calendar/options.js";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { choices, flag, list, name, optional, time } from "../fields.js";
import { defineOperation, type Operation, type OperationCall } from "../operation.js";
import { inFields, wrongInput } from "../wrong-input.js";
import { eventFields, eventSettings, optionalGuests } from "./event-fields.js";
import { eventRef } from "./event-ref.js";
import { calendar, fieldNames, id, notify, onConflict, scope } from "./fields.js";
import { updateResultSchema } from "./schemas.js";

const input = v.strictObject({
  id,
  title: optional(name("what it is called from now on")),
  start: optional(time("when it begins from now on; without an end it keeps its length")),
  ...eventFields,
  attendees: optional(list("addresses of all who are invited from now on; who stays keeps the answer")),
  addAttendees: optional(list("addresses of those who are invited as well")),
  removeAttendees: optional(list("addresses of those who are invited no more")),
  conference: optional(flag("with or without a video call")),
  clear: optional(choices(["description", "location", "repeat", "reminders"], "what to take away from it")),
  ...{ scope, notify, onConflict },
  expectedVersion: optional(name("only if the event still has this version")),
  calendar,
});
type Asked = v.InferOutput<typeof input>;

/** Changes an event that the account organizes. */
export const update: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: updateResultSchema,
  run: async (call, asked) =>
    inFields(fieldNames, call.client.updateMyEvent(eventRef(asked), toChanges(asked), options(call, asked))),
  preview: async (call, asked) => {
    const telling = { ...options(call, asked), dryRun: true } as const;
    return inFields(fieldNames, call.client.updateMyEvent(eventRef(asked), toChanges(asked), telling));
  },
});

/** @throws RequestError `request.invalid` for what is both said and taken away */
function toChanges(asked: Asked): EventChanges {
  const { title, start, attendees, addAttendees = [], optionalAttendees = [], removeAttendees, conference } = asked;
  const clear = asked.clear ?? [];
  const both = clear.find((field) => asked[field] !== undefined);
  if (both !== undefined) throw wrongInput("clear", `takes ${both} away, which is given as well`);
  const added = [...addAttendees, ...optionalGuests(optionalAttendees)];
  return {
    ...given({ title, start, attendees, removeAttendees, conference }),
    ...eventSettings(asked),
    ...(added.length > 0 && { addAttendees: added }),
    ...Object.fromEntries(clear.map((field) => [field === "repeat" ? "recurrence" : field, null])),
  };
}

function options(call: OperationCall, asked: Asked): UpdateOptions {
  const { notify: told, scope: meant, onConflict: clash, expectedVersion } = asked;
  return { ...optionsOf(call), ...given({ notify: told, scope: meant, onConflict: clash, expectedVersion }) };
}
