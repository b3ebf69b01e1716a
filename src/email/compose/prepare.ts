import { htmlToText } from "../mime/html-text.js";
import type { EmailAddress, EmailPriority } from "../models.js";
import type { OutgoingEmail } from "../outgoing.js";
import { eachOnce } from "../people.js";
import { loadAddressReader } from "./addresses.js";
import { requireHeaders, requireOneLine, requireText, wrongField } from "./fields.js";
import { openFiles, type OutgoingFile } from "./files.js";

/** A mail whose every part was checked, ready to be composed. */
export interface PreparedMail {
  readonly from: EmailAddress;
  readonly to: readonly EmailAddress[];
  readonly cc: readonly EmailAddress[];
  readonly bcc: readonly EmailAddress[];
  readonly replyTo: readonly EmailAddress[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  readonly files: readonly OutgoingFile[];
  readonly priority: EmailPriority;
  readonly headers: Readonly<Record<string, string>>;
  readonly inReplyTo?: string | undefined;
  readonly references?: readonly string[] | undefined;
}

/** What is known of a mail's place and sender besides what its author gave. */
export interface MailPlace {
  readonly from: EmailAddress;
  /** Message-ID of what it answers, and of what that answered. */
  readonly inReplyTo?: string | undefined;
  readonly references?: readonly string[] | undefined;
}

/**
 * Checks a mail. An address stands once, where it is seen most: in To, then Cc, then Bcc.
 *
 * @param maxBytes - of the finished mail
 * @throws RequestError `request.invalid` naming the field, `request.too_large`; ConfigurationError `config.invalid_file`
 */
export async function prepareMail(message: OutgoingEmail, place: MailPlace, maxBytes: number): Promise<PreparedMail> {
  const reader = await loadAddressReader();
  const [to, given, hidden] = [
    reader.list("to", message.to),
    reader.list("cc", message.cc),
    reader.list("bcc", message.bcc),
  ];
  const cc = eachOnce(given, to);
  const html = message.html === undefined ? undefined : requireText("html", message.html);
  const text = message.text === undefined ? undefined : requireText("text", message.text);
  return {
    ...place,
    to,
    cc,
    bcc: eachOnce(hidden, [...to, ...cc]),
    replyTo: reader.list("replyTo", message.replyTo),
    subject: requireOneLine("subject", message.subject ?? ""),
    text: text ?? (html === undefined ? "" : (await htmlToText(html)).text),
    html,
    files: await openFiles(message.attachments ?? [], maxBytes),
    priority: message.priority ?? "normal",
    headers: requireHeaders(message.headers ?? {}),
  };
}

/** Everybody who would get a mail, by address. */
export function recipientsOf({ to, cc, bcc }: Pick<PreparedMail, "to" | "cc" | "bcc">): string[] {
  return [...to, ...cc, ...bcc].map(({ address }) => address);
}

/** Refuses a mail to nobody. @throws RequestError `request.invalid` */
export function requireRecipients(mail: PreparedMail): void {
  if (recipientsOf(mail).length > 0) return;
  throw wrongField("to", "it names nobody", "Give at least one address in to, cc or bcc.");
}
