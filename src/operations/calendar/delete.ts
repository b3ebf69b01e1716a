import * as v from "valibot";
import type { DeleteOptions } from "../../calendar/options.js";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { optional, text } from "../fields.js";
import { defineOperation, type Operation, type OperationCall } from "../operation.js";
import { eventRef } from "./event-ref.js";
import { calendar, id, notify, scope } from "./fields.js";
import { updateResultSchema } from "./schemas.js";

const input = v.strictObject({
  ...{ id, scope, notify },
  message: optional(text("a line to the attendees, where the service can deliver one")),
  calendar,
});

/** Cancels an event that the account organizes; its output is the event that was. */
export const deleteEvent: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: updateResultSchema,
  run: (call, asked) => call.client.deleteMyEvent(eventRef(asked), options(call, asked)),
  preview: (call, asked) => call.client.deleteMyEvent(eventRef(asked), { ...options(call, asked), dryRun: true }),
});

function options(call: OperationCall, asked: v.InferOutput<typeof input>): DeleteOptions {
  const { scope: meant, notify: told, message } = asked;
  return { ...optionsOf(call), ...given({ scope: meant, notify: told, message }) };
}
