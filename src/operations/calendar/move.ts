import * as v from "valibot";
import type { NotifyOptions } from "../../calendar/options.js";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { name } from "../fields.js";
import { defineOperation, type Operation, type OperationCall } from "../operation.js";
import { eventRef } from "./event-ref.js";
import { calendar, id, notify } from "./fields.js";
import { updateResultSchema } from "./schemas.js";

const input = v.strictObject({ id, toCalendar: name("id of the calendar that it goes into"), notify, calendar });
type Asked = v.InferOutput<typeof input>;

/** Makes another calendar the organizer of an event. */
export const move: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: updateResultSchema,
  run: (call, asked) => call.client.moveMyEvent(eventRef(asked), asked.toCalendar, options(call, asked)),
  preview: (call, asked) =>
    call.client.moveMyEvent(eventRef(asked), asked.toCalendar, { ...options(call, asked), dryRun: true }),
});

function options(call: OperationCall, { notify: told }: Asked): NotifyOptions {
  return { ...optionsOf(call), ...given({ notify: told }) };
}
