import { addressesIn } from "./addresses.js";
import { decodeWords } from "./encoded-words.js";
import type { Mailbox } from "./mailbox.js";
import type { StoredMessage } from "./message.js";
import { headerOf, type MimePart } from "./mime-tree.js";
import type { SearchTerm } from "./search-parse.js";

/** What a search is answered with. */
export interface SearchScope {
  readonly mailbox: Mailbox;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Whether a message is what a search asks for. */
export function matches(message: StoredMessage, term: SearchTerm, scope: SearchScope): boolean {
  switch (term.kind) {
    case "and":
      return term.terms.every((each) => matches(message, each, scope));
    case "or":
      return term.terms.some((each) => matches(message, each, scope));
    case "not":
      return !matches(message, term.term, scope);
    case "word":
      return hasWords(scope.mailbox.scan(message).searchText, term.text);
    case "operator":
      return matchesOperator(message, term.name, term.value, scope);
  }
}

/** Whether a search says itself where to look, so that spam and trash are not left out. */
export function namesFolder(term: SearchTerm): boolean {
  if (term.kind === "operator") return term.name === "in" && /^(anywhere|trash|spam)$/i.test(term.value);
  if (term.kind === "and" || term.kind === "or") return term.terms.some(namesFolder);
  return false;
}

/** The addresses that are one's own, in lower case. */
export function ownAddresses({ address, settings }: Mailbox): string[] {
  return [address, ...settings.sendAs.map(({ sendAsEmail }) => sendAsEmail)].map((each) => each.toLowerCase());
}

type Operator = (message: StoredMessage, value: string, scope: SearchScope) => boolean;

const inHeader =
  (...names: string[]): Operator =>
  (message, value, { mailbox }) => {
    const { mime } = mailbox.scan(message);
    return names.some((name) => hasWords(decodeWords(headerOf(mime, name)), value.toLowerCase()));
  };

const hasLabel: Operator = (message, value, { mailbox }) => {
  const wanted = value.toLowerCase().replaceAll("-", " ").replaceAll("/", " ");
  const label = mailbox.labels.all.find(
    ({ id, name }) =>
      id.toLowerCase() === value.toLowerCase() ||
      name.toLowerCase().replaceAll("-", " ").replaceAll("/", " ") === wanted,
  );
  return label !== undefined && message.labelIds.includes(label.id);
};

const folders = new Map([
  ["draft", "DRAFT"],
  ["drafts", "DRAFT"],
]);

/** Quirk(google): "me" is who searches. https://support.google.com/mail/answer/7190 Unsure(google): by any alias as well. */
const hasPerson =
  (name: string): Operator =>
  (message, value, scope) => {
    if (value.toLowerCase() !== "me") return inHeader(name)(message, value, scope);
    const own = new Set(ownAddresses(scope.mailbox));
    return addressesIn(headerOf(scope.mailbox.scan(message).mime, name)).some((address) => own.has(address));
  };

const operators: Readonly<Record<string, Operator>> = {
  from: hasPerson("from"),
  to: hasPerson("to"),
  cc: hasPerson("cc"),
  bcc: hasPerson("bcc"),
  deliveredto: hasPerson("delivered-to"),
  subject: inHeader("subject"),
  list: inHeader("list-id"),
  rfc822msgid: (message, value, { mailbox }) => {
    const messageId = message.messageId ?? headerOf(mailbox.scan(message).mime, "message-id");
    return messageId.replace(/[<>]/g, "") === value.replace(/[<>]/g, "");
  },
  label: hasLabel,
  in: (message, value, scope) => {
    if (value.toLowerCase() === "anywhere") return true;
    return hasLabel(message, folders.get(value.toLowerCase()) ?? value, scope);
  },
  category: (message, value) => {
    if (value.toLowerCase() !== "primary") return message.labelIds.includes(`CATEGORY_${value.toUpperCase()}`);
    // Unsure(google): that what is in the inbox without a category is in the primary one, as a person sees it there.
    const others = message.labelIds.filter((id) => id.startsWith("CATEGORY_"));
    return others.length === 0 ? message.labelIds.includes("INBOX") : others.includes("CATEGORY_PERSONAL");
  },
  is: (message, value) => {
    const state = value.toUpperCase();
    return state === "READ" ? !message.labelIds.includes("UNREAD") : message.labelIds.includes(state);
  },
  has: (message, value, { mailbox }) =>
    value.toLowerCase() === "attachment" && filesOf(mailbox.scan(message).mime).length > 0,
  filename: (message, value, { mailbox }) =>
    filesOf(mailbox.scan(message).mime).some(({ filename }) => {
      const name = filename.toLowerCase();
      return (
        name === value.toLowerCase() || name.endsWith(`.${value.toLowerCase()}`) || hasWords(name, value.toLowerCase())
      );
    }),
  after: (message, value) => message.internalDate >= dateMs(value),
  newer: (message, value) => message.internalDate >= dateMs(value),
  before: (message, value) => message.internalDate < dateMs(value),
  older: (message, value) => message.internalDate < dateMs(value),
  newer_than: (message, value, { now }) => message.internalDate >= now - ageMs(value),
  older_than: (message, value, { now }) => message.internalDate < now - ageMs(value),
  larger: (message, value, { mailbox }) => mailbox.scan(message).raw.length > sizeBytes(value),
  size: (message, value, { mailbox }) => mailbox.scan(message).raw.length > sizeBytes(value),
  smaller: (message, value, { mailbox }) => mailbox.scan(message).raw.length < sizeBytes(value),
};

function matchesOperator(message: StoredMessage, name: string, value: string, scope: SearchScope): boolean {
  return operators[name]?.(message, value, scope) ?? false;
}

function filesOf(part: MimePart): MimePart[] {
  return part.filename !== "" ? [part] : part.parts.flatMap(filesOf);
}

/** Words are matched whole, as Gmail does; a phrase must stand as it is. */
function hasWords(text: string, wanted: string): boolean {
  if (wanted.length > maxPatternLength) return singleSpaced(text).includes(singleSpaced(wanted));
  return wordPattern(wanted)?.test(text) ?? false;
}

/** What is longer is sought as it is: no engine takes patterns of any length. */
const maxPatternLength = 1000;

function singleSpaced(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase();
}

const patterns = new Map<string, RegExp | undefined>();

function wordPattern(wanted: string): RegExp | undefined {
  if (patterns.has(wanted)) return patterns.get(wanted);
  const escaped = wanted
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\s+/g, "\\s+");
  const pattern = escaped === "" ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu");
  if (patterns.size > 1000) patterns.clear();
  patterns.set(wanted, pattern);
  return pattern;
}

/**
 * Seconds since the epoch, or a date, which begins at midnight in California whatever the reader's zone.
 *
 * Quirk(google): the year comes first or last; then the month is first. https://support.google.com/mail/answer/7190
 */
function dateMs(value: string): number {
  if (/^\d{9,12}$/.test(value)) return Number(value) * 1000;
  const american = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(value);
  const [, year, month, day] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(value) ?? [];
  const utc = american
    ? Date.UTC(Number(american[3]), Number(american[1]) - 1, Number(american[2]))
    : Date.UTC(Number(year), Number(month) - 1, Number(day));
  // Unsure(google): that a date it cannot read finds nothing.
  if (Number.isNaN(utc)) return NaN;
  const pacificHour = Number(
    new Intl.DateTimeFormat("en-US", { timeZone: "America/Los_Angeles", hour: "numeric", hourCycle: "h23" }).format(
      utc,
    ),
  );
  return utc + ((24 - pacificHour) % 24) * 60 * 60 * 1000;
}

const dayMs = 24 * 60 * 60 * 1000;
const ages: Readonly<Record<string, number>> = { d: dayMs, m: 30 * dayMs, y: 365 * dayMs, h: dayMs / 24 };

function ageMs(value: string): number {
  const found = /^(\d+)([dmyh])$/i.exec(value);
  return found ? Number(found[1]) * (ages[(found[2] ?? "d").toLowerCase()] ?? dayMs) : NaN;
}

function sizeBytes(value: string): number {
  const found = /^(\d+)([km])?b?$/i.exec(value);
  const factor = { k: 1024, m: 1024 * 1024 }[(found?.[2] ?? "").toLowerCase()] ?? 1;
  return found ? Number(found[1]) * factor : NaN;
}
