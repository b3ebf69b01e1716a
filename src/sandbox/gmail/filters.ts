import type { Mailbox } from "./mailbox.js";
import type { StoredMessage } from "./message.js";
import { headerOf } from "./mime-tree.js";
import { decodeWords } from "./encoded-words.js";
import { matches } from "./search-match.js";
import { parseSearch } from "./search-parse.js";
import type { MailFilter } from "./settings.js";

/**
 * Does with an incoming message what the person's filters say. Forwarding is not done: an address outside of this world
 * cannot be reached.
 *
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters
 */
export function applyFilters(mailbox: Mailbox, message: StoredMessage, now: number): void {
  for (const { criteria, action } of mailbox.settings.filters) {
    if (!fits(mailbox, message, criteria, now)) continue;
    mailbox.relabel(message, { add: action.addLabelIds ?? [], remove: action.removeLabelIds ?? [] });
  }
}

function fits(mailbox: Mailbox, message: StoredMessage, criteria: MailFilter["criteria"], now: number): boolean {
  const { mime, raw } = mailbox.read(message);
  const says = (names: readonly string[], wanted: string | undefined): boolean =>
    wanted === undefined ||
    names.some((name) => decodeWords(headerOf(mime, name)).toLowerCase().includes(wanted.trim().toLowerCase()));
  const found = (query: string): boolean => matches(message, parseSearch(query), { mailbox, now });
  const { query, negatedQuery, hasAttachment, size, sizeComparison } = criteria;
  return (
    says(["from"], criteria.from) &&
    says(["to", "cc", "bcc", "delivered-to"], criteria.to) &&
    says(["subject"], criteria.subject?.replace(/\s+/g, " ")) &&
    (query === undefined || found(query)) &&
    (negatedQuery === undefined || !found(negatedQuery)) &&
    (hasAttachment === undefined || found("has:attachment") === hasAttachment) &&
    (size === undefined || (sizeComparison === "smaller" ? raw.length < size : raw.length > size))
  );
}
