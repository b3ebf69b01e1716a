import * as v from "valibot";
import { given } from "../../core/given.js";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { deletedOne } from "./deleted.js";
import { name } from "../fields.js";
import { body } from "./fields.js";
import { idempotencyKey, messageFields, messageOf, sendOptions } from "./message.js";
import { fromPages, paging } from "./paging.js";
import { draft, draftPage, sendResult } from "./schemas.js";

const draftId = name("id of the draft");
const oneDraft = v.object({ draft });

/** One page of drafts; as a stream all of them. */
export const listDrafts: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ ...paging, body }),
  output: draftPage,
  run: ({ client, ...call }, { limit, cursor, body: includeBody }) =>
    client.listDrafts({ ...optionsOf(call), ...given({ limit, cursor, includeBody }) }),
  stream: ({ client, ...call }, { body: includeBody, ...place }) =>
    fromPages(call, place, async (options) => {
      const page = await client.listDrafts({ ...options, ...given({ includeBody }) });
      return { items: page.drafts, next: page.cursor };
    }),
});

/** Keeps a mail as a draft. */
export const createDraft: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject(messageFields),
  output: oneDraft,
  run: async ({ client, ...call }, message) => ({
    draft: await client.createDraft(messageOf(message), optionsOf(call)),
  }),
  preview: ({ client, ...call }, message) =>
    client.createDraft(messageOf(message), { ...optionsOf(call), dryRun: true }),
});

/** Puts another mail in a draft's place. */
export const updateDraft: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ id: draftId, ...messageFields }),
  output: oneDraft,
  run: async ({ client, ...call }, { id: which, ...message }) => ({
    draft: await client.updateDraft(which, messageOf(message), optionsOf(call)),
  }),
  preview: ({ client, ...call }, { id: which, ...message }) =>
    client.updateDraft(which, messageOf(message), { ...optionsOf(call), dryRun: true }),
});

/** Sends a draft as it is, once. */
export const sendDraft: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ id: draftId, idempotencyKey }),
  output: sendResult,
  run: ({ client, ...call }, { id: which, idempotencyKey: key }) => client.sendDraft(which, sendOptions(call, key)),
  preview: ({ client, ...call }, { id: which, idempotencyKey: key }) =>
    client.sendDraft(which, { ...sendOptions(call, key), dryRun: true }),
});

/** Deletes a draft for good. */
export const deleteDraft: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ id: draftId }),
  output: deletedOne,
  async run({ client, ...call }, { id: which }) {
    await client.deleteDraft(which, optionsOf(call));
    return { deleted: which };
  },
  preview: ({ client, ...call }, { id: which }) => client.deleteDraft(which, { ...optionsOf(call), dryRun: true }),
});
