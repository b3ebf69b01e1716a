import * as v from "valibot";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { name } from "../fields.js";
import { mailId } from "./fields.js";
import { email, thread } from "./schemas.js";

/** One mail with its body. */
export const show: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ id: mailId }),
  output: v.object({ email }),
  run: async ({ client, ...call }, input) => ({ email: await client.getEmail(input.id, optionsOf(call)) }),
});

/** A conversation with its mails' bodies. */
export const showThread: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ id: name("id of the conversation") }),
  output: v.object({ thread }),
  run: async ({ client, ...call }, input) => ({ thread: await client.getThread(input.id, optionsOf(call)) }),
});
