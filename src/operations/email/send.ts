import * as v from "valibot";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { name } from "../fields.js";
import { idempotencyKey, messageFields, messageOf, sendOptions } from "./message.js";
import { sendResult } from "./schemas.js";

/** Sends a mail once. */
export const send: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ ...messageFields, idempotencyKey }),
  output: sendResult,
  run: ({ client, ...call }, { idempotencyKey: key, ...message }) =>
    client.sendEmail(messageOf(message), sendOptions(call, key)),
  preview: ({ client, ...call }, { idempotencyKey: key, ...message }) =>
    client.sendEmail(messageOf(message), { ...sendOptions(call, key), dryRun: true }),
});

/** Looks again what became of a mail whose sending nobody knows the end of. */
export const settle: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ sendId: name("the sendId that sending gave") }),
  output: sendResult,
  run: ({ client, ...call }, { sendId }) => client.settleSend(sendId, optionsOf(call)),
});
