import * as v from "valibot";
import type { InvitationResponse } from "../../calendar/models.js";
import type { RespondOptions } from "../../calendar/options.js";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { choice, optional, text } from "../fields.js";
import { defineOperation, type Operation, type OperationCall } from "../operation.js";
import { eventRef } from "./event-ref.js";
import { calendar, id, notify } from "./fields.js";
import { updateResultSchema } from "./schemas.js";

const input = v.strictObject({
  id,
  answer: choice(["accepted", "declined", "tentative"], "the answer"),
  comment: optional(text("a line to the organizer")),
  scope: optional(choice(["this", "all"], "of a series: this occurrence (default) or all")),
  notify,
  calendar,
});
type Asked = v.InferOutput<typeof input>;

/** Answers an invitation. */
export const respond: Operation<"calendar"> = defineOperation({
  kind: "calendar",
  input,
  output: updateResultSchema,
  run: (call, asked) => call.client.respondToInvitation(eventRef(asked), toResponse(asked), options(call, asked)),
  preview: (call, asked) =>
    call.client.respondToInvitation(eventRef(asked), toResponse(asked), { ...options(call, asked), dryRun: true }),
});

function toResponse({ answer, comment }: Asked): InvitationResponse {
  return { status: answer, ...given({ comment }) };
}

function options(call: OperationCall, { scope, notify: told }: Asked): RespondOptions {
  return { ...optionsOf(call), ...given({ scope, notify: told }) };
}
