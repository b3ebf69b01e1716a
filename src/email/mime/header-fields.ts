import { mailDate } from "./mail-date.js";
import type { HeaderReader } from "./headers.js";
import type { ParsedMail } from "./parsed-mail.js";

/** What headers say of a mail. */
export type HeaderFields = Pick<
  ParsedMail,
  "messageId" | "inReplyTo" | "references" | "from" | "to" | "cc" | "bcc" | "replyTo" | "subject" | "sentAt"
>;

/** Reads the headers of a mail; the first of several of a name counts. */
export function readHeaderFields(
  headers: readonly { name: string; value: string }[],
  reader: HeaderReader,
): HeaderFields {
  const header = (name: string): string | undefined =>
    headers.find((each) => each.name.toLowerCase() === name)?.value.trim();
  const list = (name: string): ParsedMail["to"] => reader.addresses(header(name) ?? "");
  const [messageId, inReplyTo] = [header("message-id"), header("in-reply-to")];
  const from = list("from")[0];
  const sentAt = mailDate(header("date") ?? "");
  return {
    ...(messageId && { messageId }),
    ...(inReplyTo && { inReplyTo }),
    references: header("references")?.match(/<[^<>\s]+>/g) ?? [],
    ...(from && { from }),
    to: list("to"),
    cc: list("cc"),
    bcc: list("bcc"),
    replyTo: list("reply-to"),
    subject: reader.text(header("subject") ?? ""),
    ...(sentAt !== undefined && { sentAt }),
  };
}

/** More than any mail has; what comes after is left out. */
const mostHeaders = 10_000;

/** The header lines of a mail's beginning, folded ones joined. @see https://www.rfc-editor.org/rfc/rfc5322#section-2.2 */
export function splitHeaders(head: string): ParsedMail["headers"] {
  return head
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/, mostHeaders)
    .flatMap((line) => {
      const colon = line.indexOf(":");
      return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
    });
}
