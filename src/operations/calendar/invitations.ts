import * as v from "valibot";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { optional, time } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { inFields } from "../wrong-input.js";
import { calendars, fieldNames, timeZone } from "./fields.js";
import { rangeIfGiven } from "./ranges.js";
import { eventSchema } from "./schemas.js";

/** Invitations that wait for an answer. */
export const invitations: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input: v.strictObject({
    from: optional(time("from when, default: now")),
    to: optional(time("until when, default: in a year")),
    calendars,
    timeZone,
  }),
  output: v.object({ events: v.array(eventSchema) }),
  run: async (call, { calendars: calendarIds, ...asked }) => {
    const range = rangeIfGiven(asked, { start: "today", end: "today+365" });
    const options = { ...optionsOf(call), ...given({ calendarIds, timeZone: asked.timeZone }) };
    return { events: await inFields(fieldNames, call.client.getPendingInvitations(range, options)) };
  },
});
