import type { Attachment, Email, RemovedContent } from "../models.js";

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

/** A mail as it travels, read: what it says, and nothing of where it lies. */
export interface ParsedMail extends Pick<
  Email,
  | "messageId"
  | "inReplyTo"
  | "references"
  | "from"
  | "to"
  | "cc"
  | "bcc"
  | "replyTo"
  | "subject"
  | "sentAt"
  | "bodyHtml"
> {
  /** All headers of the mail itself, in order, unfolded. */
  headers: { name: string; value: string }[];
  bodyText: string;
  removed: RemovedContent;
  attachments: ParsedAttachment[];
  problems: ParseProblem[];
}
