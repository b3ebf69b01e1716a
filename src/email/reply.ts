import type { Email, EmailAddress } from "./models.js";
import { eachOnce } from "./people.js";

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
  const others = (people: EmailAddress[], known: EmailAddress[] = []): EmailAddress[] =>
    eachOnce(
      people.filter((person) => !isOwn(person)),
      known,
    );
  const mine = email.from !== undefined && isOwn(email.from);
  // Lists and people who say where the discussion goes on. https://datatracker.ietf.org/doc/html/draft-ietf-drums-mail-followup-to
  const followUp = all ? addresses(header("mail-followup-to") ?? "") : [];
  if (followUp.length > 0) return { to: orSelf(others(followUp), email), cc: [] };
  const author = email.replyTo.length > 0 ? email.replyTo : email.from ? [email.from] : [];
  const to = others(mine ? email.to : all ? [...author, ...email.to] : author);
  if (!all) return { to: orSelf(to, email), cc: [] };
  return { to: orSelf(to, email), cc: others([...email.cc, ...listOf(mail)], to) };
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
