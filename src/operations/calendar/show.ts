import * as v from "valibot";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { optional, time } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { inFields } from "../wrong-input.js";
import { eventRef } from "./event-ref.js";
import { calendar, fieldNames, from, id, timeZone } from "./fields.js";
import { rangeOf } from "./ranges.js";
import { eventSchema, permissionsSchema } from "./schemas.js";

/** One event. */
export const show: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input: v.strictObject({ id, calendar, timeZone }),
  output: v.object({ event: eventSchema }),
  run: async (call, { timeZone: zone, ...asked }) => ({
    event: await call.client.getEvent(eventRef(asked), { ...optionsOf(call), ...given({ timeZone: zone }) }),
  }),
});

/** The occurrences of a series. */
export const occurrences: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input: v.strictObject({
    ...{ id, from },
    to: optional(time("until when, default: 90 days after from")),
    ...{ calendar, timeZone },
  }),
  output: v.object({ events: v.array(eventSchema) }),
  run: async (call, asked) => {
    const options = { ...optionsOf(call), ...given({ timeZone: asked.timeZone }) };
    const reading = call.client.getOccurrences(eventRef(asked), rangeOf(asked, 90), options);
    return { events: await inFields(fieldNames, reading) };
  },
});

/** What the account may do with an event. */
export const permissions: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input: v.strictObject({ id, calendar }),
  output: v.object({ permissions: permissionsSchema }),
  run: async (call, asked) => ({
    permissions: await call.client.getEventPermissions(eventRef(asked), optionsOf(call)),
  }),
});
