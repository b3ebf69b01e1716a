import type { Attachment, EmailAddress, RemovedContent } from "../models.js";

/** A file in a mail, with its bytes. */
export interface ParsedAttachment extends Attachment {
  content: Uint8Array;
}

/** Why a mail was not read whole. */
export type ParseProblem =
  /** Its headers, parts or nesting go beyond what any mail needs; it was read as far as its headers tell. */
  | "too_complex"
  /** Reading it took too long; it was read as far as its headers tell. */
  | "too_slow";

/** A mail as it travels, read. */
export interface ParsedMail {
  /** All headers of the mail itself, in order, unfolded. */
  headers: { name: string; value: string }[];
  messageId?: string;
  inReplyTo?: string;
  references: string[];
  from?: EmailAddress;
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  replyTo: EmailAddress[];
  subject: string;
  /** When the sender claims to have sent it: ISO 8601; missing when the header is, or is no date. */
  sentAt?: string;
  bodyText: string;
  bodyHtml?: string;
  removed: RemovedContent;
  attachments: ParsedAttachment[];
  problems: ParseProblem[];
}
