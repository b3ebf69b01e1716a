import type { Deadline } from "../../../core/deadline.js";
import type { EmailStats } from "../../../email/models.js";
import { labelName } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import { label, profile } from "./wire.js";

/**
 * The account's address, totals and folders with their true counts; the labels are asked side by side.
 *
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels/get
 */
export async function readAccountInfo(mailbox: Mailbox, deadline: Deadline): Promise<EmailStats> {
  const { api, labels } = mailbox;
  const [account, listed] = await Promise.all([
    api.call({ path: "/profile", answer: profile }, deadline),
    labels.list(deadline),
  ]);
  // Quirk(google): labels.list leaves out the counts, which only labels.get tells.
  const counted = await Promise.all(
    listed.map(({ id }) => api.call({ path: `/labels/${encodeURIComponent(id)}`, answer: label }, deadline)),
  );
  return {
    address: account.emailAddress,
    unreadCount: counted.find(({ id }) => id === "INBOX")?.messagesUnread ?? 0,
    totalMessages: account.messagesTotal,
    totalThreads: account.threadsTotal,
    folders: counted.map((each) => ({
      id: each.id,
      name: labelName(each),
      kind: each.type === "user" ? "label" : "system",
      totalMessages: each.messagesTotal ?? 0,
      unreadMessages: each.messagesUnread ?? 0,
    })),
  };
}
