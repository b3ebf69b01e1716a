import * as v from "valibot";
import type { TimeRange } from "../../calendar/models.js";
import type { NotifyOptions } from "../../calendar/options.js";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { optional, text, time } from "../fields.js";
import { defineOperation, type Operation, type OperationCall } from "../operation.js";
import { eventRef } from "./event-ref.js";
import { calendar, id, notify, timeZone } from "./fields.js";
import { updateResultSchema } from "./schemas.js";

const input = v.strictObject({
  id,
  start: time("when it shall begin instead"),
  end: time("when it shall end instead"),
  timeZone,
  message: optional(text("a line to the organizer")),
  ...{ notify, calendar },
});
type Asked = v.InferOutput<typeof input>;

/** Proposes another time for an event to its organizer. */
export const propose: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: updateResultSchema,
  run: (call, asked) =>
    call.client.suggestReschedule(eventRef(asked), proposed(asked), asked.message, options(call, asked)),
  preview: (call, asked) =>
    call.client.suggestReschedule(eventRef(asked), proposed(asked), asked.message, {
      ...options(call, asked),
      dryRun: true,
    }),
});

function proposed({ start, end, timeZone: zone }: Asked): TimeRange {
  return { start, end, ...given({ timeZone: zone }) };
}

function options(call: OperationCall, { notify: told }: Asked): NotifyOptions {
  return { ...optionsOf(call), ...given({ notify: told }) };
}
