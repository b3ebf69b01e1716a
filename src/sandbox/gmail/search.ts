import type { Mailbox } from "./mailbox.js";
import type { StoredMessage } from "./message.js";
import { matches, namesFolder, ownAddresses } from "./search-match.js";
import { parseSearch, type SearchTerm } from "./search-parse.js";

/** Which messages of a mailbox are wanted. */
export interface MessageFilter {
  /** In Gmail's search language; empty for all. */
  readonly query: string;
  /** A message has all of them. */
  readonly labelIds: readonly string[];
  readonly includeSpamTrash: boolean;
}

const lastFound = new WeakMap<Mailbox, { readonly key: string; readonly found: readonly StoredMessage[] }>();

/** The messages that a filter asks for, newest first. Spam and trash are left out unless it names them. */
export function searchMessages(mailbox: Mailbox, filter: MessageFilter, now: number): readonly StoredMessage[] {
  const { query, labelIds, includeSpamTrash } = filter;
  const term = cheapFirst(parseSearch(query));
  const everywhere = includeSpamTrash || namesFolder(term) || labelIds.some((id) => id === "SPAM" || id === "TRASH");
  const scope = { mailbox, now };
  const find = (): readonly StoredMessage[] =>
    mailbox.messages.filter(
      (message) =>
        (everywhere || !(message.labelIds.includes("SPAM") || message.labelIds.includes("TRASH"))) &&
        labelIds.every((id) => message.labelIds.includes(id)) &&
        (query === "" || matches(message, term, scope)),
    );
  // The pages of one search come one after the other, and what a mail says takes time to read.
  if (!needsText(term) || /_than:/i.test(query)) return find();
  // What history does not tell of, and a search goes by.
  const names = [...mailbox.labels.all.map(({ name }) => name), ...ownAddresses(mailbox)];
  const key = JSON.stringify([query, labelIds, everywhere, String(mailbox.history.current), names]);
  const last = lastFound.get(mailbox);
  const found = last?.key === key ? last.found : find();
  lastFound.set(mailbox, { key, found });
  return found;
}

/** What can be told without reading a message comes before what needs its text. */
function cheapFirst(term: SearchTerm): SearchTerm {
  if (term.kind === "not") return { kind: "not", term: cheapFirst(term.term) };
  if (term.kind !== "and" && term.kind !== "or") return term;
  const terms = term.terms.map(cheapFirst);
  return { kind: term.kind, terms: [...terms.filter((each) => !needsText(each)), ...terms.filter(needsText)] };
}

const withoutText = new Set("label in category is after newer before older newer_than older_than".split(" "));

function needsText(term: SearchTerm): boolean {
  if (term.kind === "not") return needsText(term.term);
  if (term.kind === "and" || term.kind === "or") return term.terms.some(needsText);
  return term.kind !== "operator" || !withoutText.has(term.name);
}
