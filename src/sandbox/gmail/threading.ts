import { baseSubject } from "./addresses.js";
import type { Mailbox } from "./mailbox.js";
import { headerOf, type MimePart } from "./mime-tree.js";

/** After so many messages a conversation goes on as another. @see https://support.google.com/mail/answer/5900 */
const maxThreadMessages = 100;

/**
 * The thread that a message belongs to: that of a message which its References or In-Reply-To name, with the same
 * subject. Undefined when it begins one.
 *
 * @see https://developers.google.com/workspace/gmail/api/guides/threads
 */
export function threadOf(mailbox: Mailbox, mime: MimePart): string | undefined {
  const subject = baseSubject(mime);
  for (const messageId of referencesOf(mime)) {
    // Unsure(google): of several mails with the same Message-ID, the one that came last decides.
    const named = mailbox.findByMessageId(messageId).findLast(({ threadId }) => continues(mailbox, threadId, subject));
    if (named) return named.threadId;
  }
  return undefined;
}

/**
 * The thread that a client asks for, if the message may join it. Unsure(google): its guide wants References, In-Reply-To
 * and Subject to fit; as observed, the sender's own mailbox goes by the subject, the recipients' by all three.
 */
export function joinedThread(mailbox: Mailbox, mime: MimePart, threadId: string): string | undefined {
  return continues(mailbox, threadId, baseSubject(mime)) ? threadId : undefined;
}

function continues(mailbox: Mailbox, threadId: string, subject: string): boolean {
  const thread = mailbox.thread(threadId);
  const first = thread[0];
  return first !== undefined && thread.length < maxThreadMessages && baseSubject(mailbox.read(first).mime) === subject;
}

/** The newest reference first. */
function referencesOf(mime: MimePart): string[] {
  const named = `${headerOf(mime, "references")} ${headerOf(mime, "in-reply-to")}`.match(/<[^<>\s]+>/g) ?? [];
  return [...new Set(named.reverse())];
}
