import * as v from "valibot";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { calendarSchema } from "./schemas.js";

/** The account's calendars. */
export const calendars: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input: v.strictObject({}),
  output: v.object({ calendars: v.array(calendarSchema) }),
  run: async (call) => ({ calendars: await call.client.getCalendars(optionsOf(call)) }),
});
