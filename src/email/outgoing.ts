import type { Email, EmailAddress, EmailPriority } from "./models.js";

/** An address as callers give it: `ann@example.com`, `Ann Miller <ann@example.com>`, or its parts. */
export type AddressInput = string | EmailAddress;

/** Where a file's bytes come from; a path is read when the mail is sent. */
export type AttachmentSource =
  { readonly content: Uint8Array | ReadableStream<Uint8Array> | string } | { readonly path: string };

/** A file to send along. */
export type OutgoingAttachment = AttachmentSource & {
  /** Default for a path: its last part. */
  readonly filename?: string;
  /** Default: by the file name, else `application/octet-stream`. */
  readonly mimeType?: string;
  /** Shows it inside the HTML, which refers to it as `cid:` with this text. */
  readonly contentId?: string;
};

/** A mail to be sent or kept as a draft. */
export interface OutgoingEmail {
  readonly to?: AddressInput | readonly AddressInput[];
  readonly cc?: AddressInput | readonly AddressInput[];
  /** Not shown to anybody who gets it. */
  readonly bcc?: AddressInput | readonly AddressInput[];
  /** One of the account's own addresses; default: its main one. */
  readonly from?: AddressInput;
  /** Where answers go, if not to the sender. */
  readonly replyTo?: AddressInput | readonly AddressInput[];
  readonly subject?: string;
  readonly text?: string;
  /** Given with `text`, the same in both; given alone, a text is made of it. */
  readonly html?: string;
  readonly attachments?: readonly OutgoingAttachment[];
  readonly priority?: EmailPriority;
  /** Further headers by name, such as `X-Ticket`; those that this package sets cannot be given. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is written above or instead of a mail that is answered or passed on. Recipients are added to those it has. */
export type ReplyEmail = Omit<OutgoingEmail, "subject">;

/** What became of sending a mail. */
export interface SendResult {
  /** For `settleSend`. */
  sendId: string;
  /**
   * `sent`; `unknown` when the answer was lost and the mailbox does not tell either, so that sending again could send
   * twice: `settleSend` tells later; `not_sent` only from `settleSend` and from repeats: it never left, and the same
   * idempotency key sends it.
   */
  outcome: "sent" | "unknown" | "not_sent";
  /** The mail's id in the mailbox, once it is known. */
  messageId?: string;
  threadId?: string;
}

/** A mail that was not sent yet. */
export interface EmailDraft {
  /** The draft's own id, which stays while its mail is replaced. */
  id: string;
  /** The mail as it is now. */
  email: Email;
}

/** One page of drafts. */
export interface EmailDraftPage {
  drafts: EmailDraft[];
  cursor?: string;
}
