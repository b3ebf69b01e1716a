import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { writePreview, type WritePreview } from "../../../core/write-preview.js";
import type { EmailFolder } from "../../../email/models.js";
import type { WriteOptions } from "../../../core/write-options.js";
import { requireWritable } from "../access.js";
import { toFolder } from "./account-info.js";
import { labelName } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import { cost } from "./quota.js";
import { label, nothing, type WireLabel } from "./wire.js";

/** Makes a label. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/create */
export async function createFolder(
  mailbox: Mailbox,
  name: string,
  { dryRun = false }: WriteOptions,
  deadline: Deadline,
): Promise<EmailFolder | WritePreview> {
  requireWritable(mailbox);
  const wanted = requireName(name);
  await requireFree(mailbox, wanted, undefined, deadline);
  if (dryRun) return preview(mailbox, [`+ ${wanted}`]);
  const body = { name: wanted, labelListVisibility: "labelShow", messageListVisibility: "show" };
  return changed(mailbox, { method: "POST", path: "/labels", body }, deadline);
}

/** Renames a label; those below it keep their names, as they do in Gmail. */
export async function renameFolder(
  mailbox: Mailbox,
  id: string,
  name: string,
  { dryRun = false }: WriteOptions,
  deadline: Deadline,
): Promise<EmailFolder | WritePreview> {
  requireWritable(mailbox);
  const wanted = requireName(name);
  const known = await ownLabel(mailbox, id, deadline);
  await requireFree(mailbox, wanted, known.id, deadline);
  if (dryRun) return preview(mailbox, [`- ${known.name}`, `+ ${wanted}`]);
  const path = `/labels/${encodeURIComponent(known.id)}`;
  return changed(mailbox, { method: "PATCH", path, body: { name: wanted }, repeatable: true }, deadline);
}

/** Deletes a label; its mails stay, without it. */
export async function deleteFolder(
  mailbox: Mailbox,
  id: string,
  { dryRun = false }: WriteOptions,
  deadline: Deadline,
): Promise<WritePreview | undefined> {
  requireWritable(mailbox);
  const known = await ownLabel(mailbox, id, deadline);
  if (dryRun) return preview(mailbox, [`- ${known.name}`], false);
  const path = `/labels/${encodeURIComponent(known.id)}`;
  await mailbox.api.call({ method: "DELETE", path, cost: cost["labels.change"], answer: nothing }, deadline);
  mailbox.labels.forget();
  return undefined;
}

async function changed(
  mailbox: Mailbox,
  call: { method: "POST" | "PATCH"; path: string; body: unknown; repeatable?: boolean },
  deadline: Deadline,
): Promise<EmailFolder> {
  const made = await mailbox.api.call({ ...call, cost: cost["labels.change"], answer: label }, deadline);
  mailbox.labels.forget();
  return toFolder(made);
}

async function ownLabel({ labels }: Mailbox, folder: string, deadline: Deadline): Promise<WireLabel> {
  const known = await labels.find(folder, deadline);
  if (known.type === "user") return known;
  throw integrationError("request.forbidden", {
    message: `${labelName(known)} is Gmail's own and cannot be changed.`,
    hint: "Change labels that a person made; listFolders tells them apart.",
  });
}

function requireName(name: string): string {
  const wanted = name.trim();
  if (wanted !== "" && wanted.length <= 225 && !/\p{Cc}/u.test(wanted)) return wanted;
  throw integrationError("request.invalid", {
    message: "That cannot be the name of a folder.",
    hint: "Give 1 to 225 characters; a slash makes a folder inside another: Projects/Apollo.",
    details: { field: "name" },
  });
}

async function requireFree(
  { labels }: Mailbox,
  name: string,
  exceptId: string | undefined,
  deadline: Deadline,
): Promise<void> {
  const key = name.toLowerCase();
  const taken = (await labels.list(deadline)).find(
    (each) => each.id !== exceptId && (each.name.toLowerCase() === key || labelName(each).toLowerCase() === key),
  );
  if (!taken) return;
  throw integrationError("request.conflict", {
    message: `There is a folder called "${labelName(taken)}" already.`,
    hint: "Use that one, or give another name.",
    details: { id: taken.id },
  });
}

function preview({ account }: Mailbox, diff: string[], reversible = true): WritePreview {
  return writePreview(account, { diff, reversible, payload: diff });
}
