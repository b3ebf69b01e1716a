import type { BatchResult } from "../core/batch-result.js";
import type { ChangePage } from "../core/change-page.js";
import type { CallOptions } from "../core/deadline.js";
import type { ClientShape } from "../core/lazy-client.js";
import type { DryRun, WriteOptions } from "../core/write-options.js";
import type { WritePreview } from "../core/write-preview.js";
import type {
  Email,
  EmailChange,
  EmailFolder,
  EmailSearchQuery,
  EmailSearchResult,
  EmailStats,
  EmailThread,
  EmailThreadPage,
  EmailUpdate,
} from "./models.js";
import type {
  IterateOptions,
  ListOptions,
  RecentOptions,
  ReplyOptions,
  SearchOptions,
  SendOptions,
} from "./options.js";
import type { EmailDraft, EmailDraftPage, OutgoingEmail, ReplyEmail, SendResult } from "./outgoing.js";

/** A search: in the portable language, which is Gmail's search syntax, or by fields. */
export type SearchInput = string | EmailSearchQuery;

/** Reads mails, conversations, folders and files. */
export interface EmailReader {
  /** The newest mails of a folder, newest first by the time they were received, to the last page. */
  getRecentEmails(options?: RecentOptions): Promise<Email[]>;
  /** The mails of a folder, newest first. */
  getEmails(options?: ListOptions): Promise<Email[]>;
  /**
   * One page of a search.
   *
   * @throws RequestError `request.invalid` for a search that cannot be read, with the position, and for a cursor of
   * another account or query; `request.unsupported` for what this service cannot search for
   */
  searchEmails(query: SearchInput, options?: SearchOptions): Promise<EmailSearchResult>;
  /** All mails that a query finds, newest first, read ahead while the caller works. */
  iterateEmails(query: SearchInput, options?: IterateOptions): AsyncIterable<Email>;
  /** One mail with its body. @throws RequestError `request.not_found` */
  getEmail(id: string, options?: IterateOptions): Promise<Email>;
  /** A conversation with its mails' bodies, oldest first. @throws RequestError `request.not_found` */
  getThread(threadId: string, options?: IterateOptions): Promise<EmailThread>;
  /** One page of conversations that have a mail which fits; default: those of the inbox. */
  listThreads(query?: SearchInput, options?: SearchOptions): Promise<EmailThreadPage>;
  /** Address, true unread count, totals and folders. */
  getAccountInfo(options?: CallOptions): Promise<EmailStats>;
  /** All folders and labels with their counts. */
  listFolders(options?: CallOptions): Promise<EmailFolder[]>;
  /** An attachment's bytes as they come; the call's time limit holds to the end of the stream. @throws RequestError `request.not_found` */
  downloadAttachment(
    messageId: string,
    attachmentId: string,
    options?: CallOptions,
  ): Promise<ReadableStream<Uint8Array>>;
  /**
   * Writes an attachment into a folder, under its own name made harmless; a file that is there already stays, and the new
   * one gets a number.
   *
   * @returns the absolute path of the new file
   * @throws RequestError `request.not_found`; ConfigurationError `config.invalid_file` when the folder cannot be written to
   */
  saveAttachment(messageId: string, attachmentId: string, directory: string, options?: CallOptions): Promise<string>;
  /** What changed since a cursor; without one, a first cursor for now and no changes. */
  getChanges(cursor?: string, options?: CallOptions): Promise<ChangePage<EmailChange>>;
}

/** Sends, answers, passes on, and keeps drafts. Nothing is ever sent twice by itself. */
export interface EmailSender {
  sendEmail(message: OutgoingEmail, options: SendOptions & DryRun): Promise<WritePreview>;
  /**
   * Sends a mail, or tells by `outcome` that it is not known whether it was sent.
   *
   * @throws RequestError `request.invalid` naming the field, `request.too_large`, `request.forbidden`,
   * `request.idempotency_mismatch` when the key sent another mail before
   */
  sendEmail(message: OutgoingEmail, options?: SendOptions): Promise<SendResult>;
  replyToEmail(id: string, message: ReplyEmail, options: ReplyOptions & DryRun): Promise<WritePreview>;
  /** Answers the sender, or with `all` everybody, in the same conversation. Own addresses are left out. */
  replyToEmail(id: string, message: ReplyEmail, options?: ReplyOptions): Promise<SendResult>;
  forwardEmail(id: string, message: ReplyEmail, options: SendOptions & DryRun): Promise<WritePreview>;
  /** Passes a mail on with its files, below what is written. */
  forwardEmail(id: string, message: ReplyEmail, options?: SendOptions): Promise<SendResult>;
  /** Looks again what became of a mail whose sending is `unknown`. Never sends. @throws RequestError `request.not_found` */
  settleSend(sendId: string, options?: CallOptions): Promise<SendResult>;
  createDraft(message: OutgoingEmail, options: WriteOptions & DryRun): Promise<WritePreview>;
  createDraft(message: OutgoingEmail, options?: WriteOptions): Promise<EmailDraft>;
  updateDraft(id: string, message: OutgoingEmail, options: WriteOptions & DryRun): Promise<WritePreview>;
  /** Puts another mail in a draft's place; it stays in its conversation. @throws RequestError `request.not_found` */
  updateDraft(id: string, message: OutgoingEmail, options?: WriteOptions): Promise<EmailDraft>;
  listDrafts(options?: SearchOptions): Promise<EmailDraftPage>;
  sendDraft(id: string, options: SendOptions & DryRun): Promise<WritePreview>;
  sendDraft(id: string, options?: SendOptions): Promise<SendResult>;
  deleteDraft(id: string, options: WriteOptions & DryRun): Promise<WritePreview>;
  deleteDraft(id: string, options?: WriteOptions): Promise<void>;
}

/** Changes mails and folders. Of many mails each has its own outcome. */
export interface EmailOrganizer {
  updateEmails(ids: readonly string[], changes: EmailUpdate, options: WriteOptions & DryRun): Promise<WritePreview>;
  updateEmails(ids: readonly string[], changes: EmailUpdate, options?: WriteOptions): Promise<BatchResult>;
  trashEmails(ids: readonly string[], options: WriteOptions & DryRun): Promise<WritePreview>;
  trashEmails(ids: readonly string[], options?: WriteOptions): Promise<BatchResult>;
  untrashEmails(ids: readonly string[], options: WriteOptions & DryRun): Promise<WritePreview>;
  untrashEmails(ids: readonly string[], options?: WriteOptions): Promise<BatchResult>;
  deleteEmails(ids: readonly string[], options: WriteOptions & DryRun): Promise<WritePreview>;
  /** Deletes for good, past the trash. @throws RequestError `request.forbidden` without access `full` */
  deleteEmails(ids: readonly string[], options?: WriteOptions): Promise<BatchResult>;
  createFolder(name: string, options: WriteOptions & DryRun): Promise<WritePreview>;
  /** @throws RequestError `request.conflict` when there is one of that name */
  createFolder(name: string, options?: WriteOptions): Promise<EmailFolder>;
  renameFolder(id: string, name: string, options: WriteOptions & DryRun): Promise<WritePreview>;
  renameFolder(id: string, name: string, options?: WriteOptions): Promise<EmailFolder>;
  deleteFolder(id: string, options: WriteOptions & DryRun): Promise<WritePreview>;
  /** Deletes a folder or label that a person made; its mails stay. */
  deleteFolder(id: string, options?: WriteOptions): Promise<void>;
}

/**
 * A mailbox, whoever provides it. Every method may throw `auth.*` and `connection.*`, and rejects with the signal's
 * reason when its caller aborts. Folders are named by name or id. Writes need access `write`, else they throw
 * `request.forbidden` before anything is sent.
 */
export interface EmailClient extends EmailReader, EmailSender, EmailOrganizer, AsyncDisposable {
  readonly service: string;
  /** The profile that this client acts for. */
  readonly userId: string;
  /** Fails early when the profile cannot be used; every other call connects by itself. */
  connect(options?: CallOptions): Promise<void>;
  /** Ends the client's connections and what is under way on them; later calls are refused. May be called twice. */
  close(): Promise<void>;
}

/** The methods of an `EmailClient`, for making one that loads its provider at the first call. */
export const emailClientShape: ClientShape<EmailClient> = {
  connect: "call",
  getRecentEmails: "call",
  getEmails: "call",
  searchEmails: "call",
  iterateEmails: "stream",
  getEmail: "call",
  getThread: "call",
  listThreads: "call",
  getAccountInfo: "call",
  listFolders: "call",
  downloadAttachment: "call",
  saveAttachment: "call",
  getChanges: "call",
  sendEmail: "call",
  replyToEmail: "call",
  forwardEmail: "call",
  settleSend: "call",
  createDraft: "call",
  updateDraft: "call",
  listDrafts: "call",
  sendDraft: "call",
  deleteDraft: "call",
  updateEmails: "call",
  trashEmails: "call",
  untrashEmails: "call",
  deleteEmails: "call",
  createFolder: "call",
  renameFolder: "call",
  deleteFolder: "call",
};
