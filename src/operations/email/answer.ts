import * as v from "valibot";
import { given } from "../../core/given.js";
import { defineOperation, type Operation } from "../operation.js";
import { flag, list, optional } from "../fields.js";
import { mailId } from "./fields.js";
import { idempotencyKey, messageOf, replyFields, sendOptions } from "./message.js";
import { sendResult } from "./schemas.js";

/** Answers a mail in its conversation. */
export const reply: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({
    id: mailId,
    ...replyFields,
    to: optional(list("who gets it besides those whom it answers")),
    all: optional(flag("answer everybody who got the mail")),
    idempotencyKey,
  }),
  output: sendResult,
  run: ({ client, ...call }, { id, all, idempotencyKey: key, ...message }) =>
    client.replyToEmail(id, messageOf(message), { ...sendOptions(call, key), ...given({ all }) }),
  preview: ({ client, ...call }, { id, all, idempotencyKey: key, ...message }) =>
    client.replyToEmail(id, messageOf(message), { ...sendOptions(call, key), ...given({ all }), dryRun: true }),
});

/** Passes a mail on with its files. */
export const forward: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ id: mailId, ...replyFields, idempotencyKey }),
  output: sendResult,
  run: ({ client, ...call }, { id, idempotencyKey: key, ...message }) =>
    client.forwardEmail(id, messageOf(message), sendOptions(call, key)),
  preview: ({ client, ...call }, { id, idempotencyKey: key, ...message }) =>
    client.forwardEmail(id, messageOf(message), { ...sendOptions(call, key), dryRun: true }),
});
