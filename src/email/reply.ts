import type { Email, EmailAddress } from "./models.js";

/** A mail that is answered, with the headers that say how it wants to be. */
export interface AnsweredMail {
  readonly email: Email;
  /** A header's value by its name in lower case. */
  readonly header: (lowerCaseName: string) => string | undefined;
  /** Reads a header's addresses. */
  readonly addresses: (value: string) => EmailAddress[];
}

/** Where an answer goes. */
export interface ReplyPeople {
  readonly to: EmailAddress[];
  readonly cc: EmailAddress[];
}

/**
 * Who gets the answer to a mail: the address that it asks answers to, or with `all` everybody who got it, each once and
 * without oneself. The answer to one's own mail goes to whom that went to.
 *
 * @param own - the account's addresses, in lower case
 * @see https://www.rfc-editor.org/rfc/rfc5322#section-3.6.3
 */
export function replyPeople(mail: AnsweredMail, own: ReadonlySet<string>, all: boolean): ReplyPeople {
  const { email, header, addresses } = mail;
  const isOwn = ({ address }: EmailAddress): boolean => own.has(address.toLowerCase());
  const mine = email.from !== undefined && isOwn(email.from);
  // Lists and people who say where the discussion goes on. https://datatracker.ietf.org/doc/html/draft-ietf-drums-mail-followup-to
  const followUp = all ? addresses(header("mail-followup-to") ?? "") : [];
  if (followUp.length > 0) return { to: orSelf(once(followUp, isOwn), email), cc: [] };
  const author = email.replyTo.length > 0 ? email.replyTo : email.from ? [email.from] : [];
  const to = once(mine ? email.to : all ? [...author, ...email.to] : author, isOwn);
  if (!all) return { to: orSelf(to, email), cc: [] };
  const known = new Set(to.map(({ address }) => address.toLowerCase()));
  const others = once([...email.cc, ...listOf(mail)], isOwn).filter(({ address }) => !known.has(address.toLowerCase()));
  return { to: orSelf(to, email), cc: others };
}

/** The list that a mail came by, unless it takes no mails. @see https://www.rfc-editor.org/rfc/rfc2369#section-3.4 */
function listOf({ header, addresses }: AnsweredMail): EmailAddress[] {
  const post = /<mailto:([^?>]+)/i.exec(header("list-post") ?? "")?.[1];
  return post === undefined ? [] : addresses(decoded(post));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // no address that could be written to
  }
}

function once(people: readonly EmailAddress[], isOwn: (person: EmailAddress) => boolean): EmailAddress[] {
  const found = new Map<string, EmailAddress>();
  for (const person of people) {
    const key = person.address.toLowerCase();
    if (!isOwn(person) && !found.has(key)) found.set(key, person);
  }
  return [...found.values()];
}

/** Whoever writes to themselves gets the answer as well. */
function orSelf(to: EmailAddress[], { from }: Email): EmailAddress[] {
  return to.length > 0 || !from ? to : [from];
}

/** The subject of an answer: that of the mail, marked once. */
export function replySubject(subject: string): string {
  return /^\s*(re|aw|sv|vs|antw|odp|ref|rif|回复|回覆|res)\s*(\[\d+\])?\s*[:：]/i.test(subject)
    ? subject
    : `Re: ${subject}`;
}

/** The subject of a mail that is passed on. */
export function forwardSubject(subject: string): string {
  return /^\s*(fwd?|wg|tr|vs|vb|enc|i)\s*:/i.test(subject) ? subject : `Fwd: ${subject}`;
}

const longestReferences = 40;

/** The Message-IDs of a conversation, oldest first: those that a mail names, and its own. @see https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4 */
export function referencesTo({ references, inReplyTo, messageId }: Email): string[] {
  const before = references.length > 0 ? references : (inReplyTo?.match(/<[^<>\s]+>/g) ?? []).slice(0, 1);
  const all = [...new Set([...before, ...(messageId === undefined ? [] : [messageId])])];
  // The first one names the conversation; between it and the latest, readers do without.
  return all.length <= longestReferences ? all : [...all.slice(0, 1), ...all.slice(1 - longestReferences)];
}
