import type { Mailbox, PreparedMessage } from "./mailbox.js";
import type { StoredMessage } from "./message.js";
import { headerOf } from "./mime-tree.js";
import { decodeWords } from "./encoded-words.js";
import { matches } from "./search-match.js";
import { parseSearch } from "./search-parse.js";
import type { MailFilter } from "./settings.js";

/**
 * Gives an incoming message, before it is kept, the labels that the person's filters want; each filter sees what those
 * before it did. Forwarding is not done: an address outside of this world cannot be reached.
 *
 * Unsure(google): history tells only that the message came, with these labels.
 *
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters
 */
export function applyFilters(mailbox: Mailbox, incoming: PreparedMessage, now: number): void {
  for (const { criteria, action } of mailbox.settings.filters) {
    if (!fits(mailbox, incoming, criteria, now)) continue;
    const { addLabelIds = [], removeLabelIds = [] } = action;
    incoming.labelIds = [...incoming.labelIds, ...addLabelIds].filter((id) => !removeLabelIds.includes(id));
  }
}

/**
 * The filters that are left when a label is gone: what gave or took it does so no longer, and what did nothing else goes.
 *
 * Unsure(google): it is not documented what becomes of a filter whose label is deleted.
 */
export function withoutLabel(filters: readonly MailFilter[], labelId: string): MailFilter[] {
  const rest = (ids: readonly string[] | undefined): string[] => (ids ?? []).filter((id) => id !== labelId);
  return filters.flatMap((filter) => {
    const { addLabelIds, removeLabelIds, forward } = filter.action;
    if (![...(addLabelIds ?? []), ...(removeLabelIds ?? [])].includes(labelId)) return [filter];
    const [add, remove] = [rest(addLabelIds), rest(removeLabelIds)];
    const action = {
      ...(add.length > 0 && { addLabelIds: add }),
      ...(remove.length > 0 && { removeLabelIds: remove }),
      ...(forward !== undefined && { forward }),
    };
    return Object.keys(action).length > 0 ? [{ ...filter, action }] : [];
  });
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
