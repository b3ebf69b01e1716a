import type { Email, EmailAddress, EmailThread } from "./models.js";

/** A conversation of its mails, which may come in any order. */
export function toThread(id: string, given: readonly Email[]): EmailThread {
  const emails = [...given].sort((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt));
  const last = emails.at(-1);
  return {
    id,
    subject: emails[0]?.subject ?? "",
    participants: participantsOf(emails),
    emails,
    unreadCount: emails.filter(({ unread }) => unread).length,
    lastReceivedAt: last?.receivedAt ?? "",
    labels: [...new Set(emails.flatMap(({ labels }) => labels))],
    snippet: last?.snippet ?? "",
  };
}

/** Everybody once, by the name under which they appeared first. */
function participantsOf(emails: readonly Email[]): EmailAddress[] {
  const found = new Map<string, EmailAddress>();
  for (const { from, to, cc } of emails) {
    for (const person of [...(from ? [from] : []), ...to, ...cc]) {
      const key = person.address.toLowerCase();
      const known = found.get(key);
      if (!known || (known.name === undefined && person.name !== undefined)) found.set(key, { ...known, ...person });
    }
  }
  return [...found.values()];
}
