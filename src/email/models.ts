import type { InstantInput } from "../core/zoned-time.js";

/** A person or list in a mail header: `"Miller, Ann" <ann@example.com>`. */
export interface EmailAddress {
  /** The display name, decoded; missing when the header has none. */
  name?: string;
  address: string;
}

/** Roughly what an attachment is, derived from its media type and file name. */
export type AttachmentType = "document" | "image" | "audio" | "video" | "archive" | "other";

/** A file in a mail. Its content is read with `downloadAttachment`. */
export interface Attachment {
  /** The part's number inside the message: stable, unlike the service's own download ids. */
  id: string;
  filename: string;
  mimeType: string;
  type: AttachmentType;
  sizeBytes: number;
  /** Shown inside the text (a picture of an HTML mail) rather than beside it. */
  inline: boolean;
  /** The Content-ID by which the HTML body refers to it, without angle brackets. */
  contentId?: string;
}

/** How the sender, or failing that the mailbox, ranks a mail. */
export type EmailPriority = "low" | "normal" | "high" | "urgent";

/** Where a mail stands. A mail that could be several is the first that fits of deleted, draft, sent, unread, read. */
export type EmailStatus = "unread" | "read" | "replied" | "forwarded" | "draft" | "sent" | "deleted";

/** A mail as plain data. */
export interface Email {
  id: string;
  threadId: string;
  /** The Message-ID header, with its angle brackets. */
  messageId?: string;
  inReplyTo?: string;
  references: string[];
  from?: EmailAddress;
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  replyTo: EmailAddress[];
  subject: string;
  /** The beginning of the text, as the service shows it in lists. */
  snippet: string;
  /** When the mailbox received it: ISO 8601. */
  receivedAt: string;
  /** When the sender claims to have sent it: ISO 8601; missing when the header is, or is no date. */
  sentAt?: string;
  /** The text to read: the plain part, else the HTML part as text. Only where bodies were asked for. */
  bodyText?: string;
  /** The HTML part, untouched: outside content. Only where bodies were asked for and the mail has one. */
  bodyHtml?: string;
  /** Labels and folders by name; the service's own in lower case (`inbox`, `starred`). */
  labels: string[];
  status: EmailStatus;
  priority: EmailPriority;
  unread: boolean;
  starred: boolean;
  important: boolean;
  /** What was left out of `bodyText` because no reader would have seen it. Only where bodies were asked for. */
  removed?: RemovedContent;
  /** Known where bodies were asked for; without them undefined, since only the full mail tells. */
  attachments?: Attachment[];
  sizeBytes: number;
}

/** What an HTML mail holds besides what a person reads. */
export interface RemovedContent {
  /** Pieces of text that are hidden from readers, which may be meant for programs. */
  hiddenTexts: number;
  /** Pictures that tell the sender when the mail was opened. */
  trackingPixels: number;
}

/** A conversation. */
export interface EmailThread {
  id: string;
  /** That of its first mail. */
  subject: string;
  /** Everybody who wrote or was written to, in the order of their appearance, each once. */
  participants: EmailAddress[];
  /** Oldest first, by the time they were received. */
  emails: Email[];
  /** How many of them are unread. */
  unreadCount: number;
  /** When its last mail was received: ISO 8601. */
  lastReceivedAt: string;
  /** All labels of its mails. */
  labels: string[];
  /** Of its last mail. */
  snippet: string;
}

/** One page of conversations. */
export interface EmailThreadPage {
  /** The one with the newest mail first. */
  threads: EmailThread[];
  cursor?: string;
  /** The service's guess of how many there are. */
  estimatedTotal?: number;
}

/** A folder or label of the mailbox. */
export interface EmailFolder {
  id: string;
  name: string;
  /** `system` folders come with the service; `label`s were made by the person. */
  kind: "system" | "label";
  totalMessages: number;
  unreadMessages: number;
}

/** What an account holds. */
export interface EmailStats {
  address: string;
  /** Unread mails in the inbox: the true count, not an estimate. */
  unreadCount: number;
  /** All mails of the account, spam and trash included. */
  totalMessages: number;
  totalThreads: number;
  folders: EmailFolder[];
}

/** What is to change about mails; what is left out stays. */
export interface EmailUpdate {
  /** Labels by name or id, added to those that it has. */
  addLabels?: readonly string[];
  removeLabels?: readonly string[];
  /** Moves it there, out of the inbox and other folders: a folder or label by name or id, `inbox`, `archive`, `spam` or `trash`. */
  folder?: string;
  read?: boolean;
  starred?: boolean;
  important?: boolean;
}

/** What happened to a mail since a cursor. */
export interface EmailChange {
  type: "added" | "removed" | "relabelled";
  id: string;
  threadId: string;
  /** The labels after it, by name; not for one that was removed. */
  labels?: string[];
}

/** A search by fields; all that are given must fit. Dates and times without an offset are in the profile's time zone. */
export interface EmailSearchQuery {
  /** Words that the mail contains. */
  text?: string;
  from?: string;
  to?: string;
  cc?: string;
  subject?: string;
  /** A folder or label by name or id. */
  folder?: string;
  unread?: boolean;
  starred?: boolean;
  important?: boolean;
  hasAttachment?: boolean;
  filename?: string;
  after?: InstantInput;
  before?: InstantInput;
  largerThanBytes?: number;
  smallerThanBytes?: number;
  /** The Message-ID header. */
  messageId?: string;
}

/** One page of a search. */
export interface EmailSearchResult {
  /** Newest first. */
  emails: Email[];
  /** Continues the search; missing at its end. Opaque, and bound to account and query. */
  cursor?: string;
  /** The service's guess of how many there are. */
  estimatedTotal?: number;
}
