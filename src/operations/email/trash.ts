import * as v from "valibot";
import type { EmailClient } from "../../email/client.js";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { ids } from "./fields.js";
import { inSteps, manyResult, type ManyWrite } from "./many.js";

/** Moves mails to the trash. */
export const trash: Operation<"email"> = doneToMany((client) => ({
  run: (mails, options) => client.trashEmails(mails, options),
  preview: (mails, options) => client.trashEmails(mails, { ...options, dryRun: true }),
}));

/** Takes mails out of the trash. */
export const untrash: Operation<"email"> = doneToMany((client) => ({
  run: (mails, options) => client.untrashEmails(mails, options),
  preview: (mails, options) => client.untrashEmails(mails, { ...options, dryRun: true }),
}));

/** Deletes mails for good, past the trash. */
export const deleteMails: Operation<"email"> = doneToMany((client) => ({
  run: (mails, options) => client.deleteEmails(mails, options),
  preview: (mails, options) => client.deleteEmails(mails, { ...options, dryRun: true }),
}));

function doneToMany(write: (client: EmailClient) => ManyWrite): Operation<"email"> {
  return defineOperation({
    kind: "email",
    input: v.strictObject({ ids }),
    output: manyResult,
    run: (call, { ids: mails }) => inSteps(call, mails, write(call.client)),
    preview: (call, { ids: mails }) => write(call.client).preview(mails, optionsOf(call)),
  });
}
