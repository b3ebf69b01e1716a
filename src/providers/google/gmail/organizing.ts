import { batchResult, type BatchResult } from "../../../core/batch-result.js";
import type { Deadline } from "../../../core/deadline.js";
import { writePreview, type WritePreview } from "../../../core/write-preview.js";
import type { EmailUpdate } from "../../../email/models.js";
import type { WriteOptions } from "../../../core/write-options.js";
import { requireFull, requireWritable } from "../access.js";
import { requireIds } from "./ids.js";
import { describeChange, fromTrash, toLabelChange, toTrash, type LabelChange } from "./label-change.js";
import type { Mailbox } from "./mailbox.js";
import { doToMany, type ManyCalls } from "./many.js";
import { cost } from "./quota.js";
import { nothing } from "./wire.js";

/** Changes labels, folder and flags of mails. */
export async function updateEmails(
  mailbox: Mailbox,
  ids: readonly string[],
  update: EmailUpdate,
  options: WriteOptions,
  deadline: Deadline,
): Promise<BatchResult | WritePreview> {
  requireWritable(mailbox);
  requireIds(ids);
  return relabel(mailbox, ids, await toLabelChange(mailbox, update, deadline), options, deadline);
}

/** What is done to any number of mails. */
export type ManyMails = (
  mailbox: Mailbox,
  ids: readonly string[],
  options: WriteOptions,
  deadline: Deadline,
) => Promise<BatchResult | WritePreview>;

/** Moves mails to the trash, where Gmail deletes them after 30 days. */
export const trashEmails: ManyMails = relabelling(toTrash);

/** Takes mails out of the trash. */
export const untrashEmails: ManyMails = relabelling(fromTrash);

function relabelling(change: LabelChange): ManyMails {
  return async (mailbox, ids, options, deadline) => {
    requireWritable(mailbox);
    return relabel(mailbox, requireIds(ids), change, options, deadline);
  };
}

/** Deletes mails for good. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/batchDelete */
export async function deleteEmails(
  mailbox: Mailbox,
  ids: readonly string[],
  { dryRun = false }: WriteOptions,
  deadline: Deadline,
): Promise<BatchResult | WritePreview> {
  requireWritable(mailbox);
  requireFull(mailbox);
  requireIds(ids);
  if (dryRun) return preview(mailbox, ids, ["- deleted for good"], false);
  const { api } = mailbox;
  const calls: ManyCalls = {
    async one(id) {
      const path = `/messages/${id}`;
      await api.call({ method: "DELETE", path, cost: cost["messages.delete"], bulk: true, answer: nothing }, deadline);
    },
    async many(chunk) {
      const call = { method: "POST" as const, path: "/messages/batchDelete", body: { ids: chunk }, repeatable: true };
      await api.call({ ...call, cost: cost["messages.batchDelete"], answer: nothing }, deadline);
    },
    shows: ({ kind }) => kind === "removed",
  };
  return batchResult(await doToMany(mailbox, ids, calls, deadline));
}

async function relabel(
  mailbox: Mailbox,
  ids: readonly string[],
  change: LabelChange,
  { dryRun = false }: WriteOptions,
  deadline: Deadline,
): Promise<BatchResult | WritePreview> {
  if (dryRun) return preview(mailbox, ids, await describeChange(mailbox, change, deadline), true);
  const { api } = mailbox;
  const body = { addLabelIds: change.add, removeLabelIds: change.remove };
  const calls: ManyCalls = {
    async one(id) {
      const call = { method: "POST" as const, path: `/messages/${id}/modify`, body, repeatable: true };
      await api.call({ ...call, cost: cost["labels.change"], bulk: true, answer: nothing }, deadline);
    },
    async many(chunk) {
      const call = { method: "POST" as const, path: "/messages/batchModify", repeatable: true };
      await api.call(
        { ...call, body: { ids: chunk, ...body }, cost: cost["messages.batchModify"], answer: nothing },
        deadline,
      );
    },
    shows: ({ kind }) => kind === "labelled" || kind === "unlabelled",
  };
  return batchResult(await doToMany(mailbox, ids, calls, deadline));
}

function preview({ account }: Mailbox, ids: readonly string[], diff: string[], reversible: boolean): WritePreview {
  const unique = [...new Set(ids)];
  return writePreview(account, { occurrences: unique.length, diff, reversible, payload: [unique, diff] });
}
