import { gmailInvalid, gmailNotFound } from "../../api-error.js";
import type { ApiCall } from "../../routes.js";
import type { Labels } from "../labels.js";
import type { Mailbox } from "../mailbox.js";
import type { StoredMessage } from "../message.js";
import { checkedId, mailboxOf, textIn, textsIn } from "./call.js";

/** A message resource as a client sends it, or the part of a body that holds one. */
export type MessageInput = Readonly<Record<string, unknown>>;

/** The RFC 5322 text that a client sends: uploaded, or as `raw`. @throws ApiError 400 without one */
export function rawOf(call: ApiCall, message: MessageInput): Buffer {
  const raw = call.media?.content ?? decoded(textIn(message, "raw"));
  if (raw !== undefined && raw.length > 0) return raw;
  throw gmailInvalid("'raw' RFC822 payload message string or uploading message via /upload/* URL required");
}

function decoded(raw: string | undefined): Buffer | undefined {
  if (raw === undefined) return undefined;
  if (!/^[\w+/-]*={0,2}$/.test(raw)) {
    throw gmailInvalid(`Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed for "${raw.slice(0, 40)}"`);
  }
  return Buffer.from(raw, "base64url");
}

/** The thread that a client wants a message in. @throws ApiError 400 for what is no id, 404 for one that is not there */
export function threadIdOf(call: ApiCall, message: MessageInput): string | undefined {
  const threadId = textIn(message, "threadId");
  if (threadId === undefined || threadId === "") return undefined;
  if (!/^[0-9a-f]{1,16}$/i.test(threadId)) throw gmailInvalid("Invalid thread_id value");
  const known = mailboxOf(call).thread(checkedId(threadId)).length > 0;
  if (!known) throw gmailNotFound();
  return threadId.toLowerCase();
}

/** Labels to add to messages, and to take off. */
export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Labels that only Google gives and takes. */
const unsettable = new Set(["SENT", "DRAFT", "CHAT"]);
const maxLabelsAtOnce = 100;

/**
 * Labels that a client names.
 *
 * @param allowed - what it may name of those that Google gives
 * @throws ApiError 400 for an unknown one, one that is Google's own, and too many
 */
export function labelIdsIn(
  labels: Labels,
  input: MessageInput,
  name: string,
  allowed: readonly string[] = [],
): string[] {
  const ids = textsIn(input, name);
  if (ids.length > maxLabelsAtOnce) throw gmailInvalid(`Too many label ids in ${name}`);
  for (const id of ids) {
    const settable = !unsettable.has(id) || allowed.includes(id);
    if (!labels.has(id) || !settable) throw gmailInvalid(`Invalid label: ${id}`);
  }
  return ids;
}

/** The change of labels that a body asks for. @throws ApiError 400 for none, and as {@link labelIdsIn} does */
export function labelChangeIn(labels: Labels, body: MessageInput): LabelChange {
  const change = {
    add: labelIdsIn(labels, body, "addLabelIds"),
    remove: labelIdsIn(labels, body, "removeLabelIds"),
  };
  if (change.add.length + change.remove.length === 0) throw gmailInvalid("No label add or removes specified");
  if (!change.add.some((id) => change.remove.includes(id))) return change;
  throw gmailInvalid("Cannot both add and remove the same label");
}

/** Changes the labels of messages: of all, or of none when a draft is among those that would get one. */
export function changeLabels(mailbox: Mailbox, messages: readonly StoredMessage[], change: LabelChange): void {
  const labelled = change.add.some((id) => mailbox.labels.get(id).type === "user");
  if (labelled && messages.some(({ labelIds }) => labelIds.includes("DRAFT"))) {
    throw gmailInvalid("Labels cannot be applied to draft messages");
  }
  for (const message of messages) mailbox.relabel(message, change);
}
