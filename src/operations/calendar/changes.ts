import * as v from "valibot";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { name, optional } from "../fields.js";
import { defineOperation, type Operation } from "../operation.js";
import { changePageSchema } from "./change-schemas.js";
import { calendars, timeZone } from "./fields.js";

/** What changed since a cursor. */
export const changes: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input: v.strictObject({
    cursor: optional(name("tells what changed since that; without one, only a first cursor is given")),
    calendars,
    timeZone,
  }),
  output: changePageSchema,
  run: (call, { cursor, calendars: calendarIds, timeZone: zone }) =>
    call.client.getChanges(cursor, { ...optionsOf(call), ...given({ calendarIds, timeZone: zone }) }),
});
