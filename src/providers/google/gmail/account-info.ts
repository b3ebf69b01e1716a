import type { Deadline } from "../../../core/deadline.js";
import type { EmailFolder, EmailStats } from "../../../email/models.js";
import { labelName } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import { cost } from "./quota.js";
import { label, profile, type WireLabel } from "./wire.js";

/**
 * The account's address, totals and folders with their true counts.
 *
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile
 */
export async function readAccountInfo(mailbox: Mailbox, deadline: Deadline): Promise<EmailStats> {
  const call = { path: "/profile", cost: cost.getProfile, answer: profile };
  const [account, folders] = await Promise.all([mailbox.api.call(call, deadline), listFolders(mailbox, deadline)]);
  return {
    address: account.emailAddress,
    unreadCount: folders.find(({ id }) => id === "INBOX")?.unreadMessages ?? 0,
    totalMessages: account.messagesTotal,
    totalThreads: account.threadsTotal,
    folders,
  };
}

/**
 * All labels with their true counts, asked side by side.
 *
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/get
 */
export async function listFolders({ api, labels }: Mailbox, deadline: Deadline): Promise<EmailFolder[]> {
  // Quirk(google): labels.list leaves out the counts, which only labels.get tells.
  const counted = await Promise.all(
    (await labels.list(deadline)).map(({ id }) =>
      api.call({ path: `/labels/${encodeURIComponent(id)}`, cost: cost["labels.get"], answer: label }, deadline),
    ),
  );
  return counted.map(toFolder);
}

/** Gmail's label as ours. */
export function toFolder(wire: WireLabel): EmailFolder {
  return {
    id: wire.id,
    name: labelName(wire),
    kind: wire.type === "user" ? "label" : "system",
    totalMessages: wire.messagesTotal ?? 0,
    unreadMessages: wire.messagesUnread ?? 0,
  };
}
