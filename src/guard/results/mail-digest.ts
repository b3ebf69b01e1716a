import { without } from "../../core/without.js";
import type { Email, EmailThread } from "../../email/models.js";
import type { EmailDraft } from "../../email/outgoing.js";
import { foldMail } from "../untrusted/fold.js";
import { visibleText } from "../untrusted/visible.js";
import type { DigestContext } from "./digest-context.js";
import type { Digest, Item } from "./digest.js";
import { shownAddress, shownAddresses, shownName } from "./people.js";
import { itemOf, looksLikeName, onlyTrue, type MaybeFacts, type MaybeLines } from "./trust.js";

/** A mail as a list shows it, and with its text where that was read as well. */
export function listedMail(email: Email, context: DigestContext): Item {
  if (email.bodyText !== undefined) return wholeMail(email, context);
  return itemOf(mailFacts(email, context), {
    ...labelLine(email),
    from: email.from && shownAddress(email.from),
    to: email.to.length > 1 ? shownAddresses(email.to) : undefined,
    ...{ subject: email.subject, attachments: fileNames(email), snippet: email.snippet },
  });
}

/** A mail with all that a reader wants to know of it. What it repeats of other mails is folded away. */
export function wholeMail(email: Email, context: DigestContext): Item {
  const { from, to, cc, bcc, replyTo, subject, bodyText = "", removed } = email;
  const seen = visibleText(bodyText);
  const { text, folded } = foldMail(seen.text);
  const answersGoElsewhere = replyTo.some(({ address }) => address.toLowerCase() !== from?.address.toLowerCase());
  return itemOf(
    { ...mailFacts(email, context), trackingPixels: removed && (removed.trackingPixels || undefined) },
    {
      ...labelLine(email),
      ...{ from: from && shownAddress(from), to: shownAddresses(to), cc: shownAddresses(cc), bcc: shownAddresses(bcc) },
      replyTo: answersGoElsewhere ? shownAddresses(replyTo) : undefined,
      ...{ subject, attachments: fileNames(email) },
    },
    { text: text.trim(), folded, hidden: (removed?.hiddenTexts ?? 0) + seen.hidden },
  );
}

/** A conversation, its newest mail first. */
export function wholeThread(thread: EmailThread, context: DigestContext): Digest {
  const { id, subject, emails, unreadCount } = thread;
  const items = emails.toReversed().map((email): Item => {
    const same = withoutPrefix(email.subject) === withoutPrefix(subject);
    const item = wholeMail(same ? { ...email, subject: "" } : email, context);
    return { ...item, facts: without(item.facts, ["threadId"]) };
  });
  return {
    own: itemOf({ threadId: id, mails: emails.length, unread: unreadCount || undefined }, { subject }),
    lists: [{ name: "emails", what: "earlier mails", items }],
  };
}

/** A conversation as a list shows it. */
export function listedThread(thread: EmailThread, { times }: DigestContext): Item {
  const { id, emails, unreadCount, lastReceivedAt, participants, subject, snippet } = thread;
  const names = participants.slice(0, mostNames).map(shownName);
  return itemOf(
    {
      ...{ id, mails: emails.length || undefined, unread: unreadCount || undefined },
      ...{ last: times.moment(lastReceivedAt), labels: toldLabels(thread.labels).filter(looksLikeName) },
      people: participants.length > mostNames ? participants.length : undefined,
    },
    { ...labelLine(thread), people: names.join(", "), subject, snippet },
  );
}

/** A draft with its own id: that of the mail in it changes with every change. */
export function listedDraft({ id, email }: EmailDraft, context: DigestContext): Item {
  const mail = listedMail(email, context);
  const { id: mailId, received: written, ...facts } = without(mail.facts, ["status"]);
  const { lines = {}, ...more } = mail.untrusted ?? {};
  return itemOf({ id, mailId, written, ...facts }, { to: shownAddresses(email.to), ...lines }, more);
}

/** More names than these are told by their number. */
const mostNames = 5;

function mailFacts(email: Email, { times }: DigestContext): MaybeFacts {
  const { id, threadId, receivedAt, status, priority, attachments = [] } = email;
  return {
    ...{ id, threadId: threadId === id ? undefined : threadId, received: times.moment(receivedAt) },
    status: status === "read" || status === "unread" ? undefined : status,
    priority: priority === "normal" ? undefined : priority,
    ...{ unread: onlyTrue(email.unread), starred: onlyTrue(email.starred), important: onlyTrue(email.important) },
    labels: toldLabels(email.labels).filter(looksLikeName),
    attachments: attachments.filter(({ inline }) => !inline).length || undefined,
  };
}

/** Labels that say nothing that is not said by another fact. */
const saidElsewhere = ["unread", "starred", "important", "sent", "draft", "drafts"];

function toldLabels(labels: readonly string[]): string[] {
  return labels.filter((label) => !saidElsewhere.includes(label));
}

/** Labels whose names could say something. */
function labelLine({ labels }: Pick<Email, "labels">): MaybeLines {
  return {
    labels: toldLabels(labels)
      .filter((label) => !looksLikeName(label))
      .join(", "),
  };
}

function fileNames({ attachments = [] }: Email): string {
  return attachments
    .filter(({ inline }) => !inline)
    .map(({ filename }) => filename)
    .join(", ");
}

function withoutPrefix(subject: string): string {
  return subject.replace(/^(?:\s*(?:re|aw|sv|fwd?|wg)\s*:)+/i, "").trim();
}
