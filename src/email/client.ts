import type { CallOptions } from "../core/deadline.js";
import type { ClientShape } from "../core/lazy-client.js";
import type { Email, EmailSearchQuery, EmailSearchResult, EmailStats } from "./models.js";

/** Options of the calls that read several mails. */
export interface ReadOptions extends CallOptions {
  /** A folder or label by name or id: `inbox` (default), `sent`, `all`, `Projects/Apollo`. */
  readonly folder?: string;
  /** Whether to read bodies and attachment lists too. Default false in lists. */
  readonly includeBody?: boolean;
}

/** Options of `getRecentEmails`. `count` alone sets no date limit, `days` alone no count; with neither, 7 days. */
export interface RecentOptions extends ReadOptions {
  readonly days?: number;
  readonly count?: number;
}

/** Options of `getEmails`. */
export interface ListOptions extends ReadOptions {
  /** At most this many. Default: all. */
  readonly limit?: number;
  /** How far back, in days. Default: no limit. */
  readonly sinceDays?: number;
}

/** Options of `searchEmails`. */
export interface SearchOptions extends CallOptions {
  /** How many on this page. Default 50, at most 500. */
  readonly limit?: number;
  /** Continues where an earlier page of the same search ended. */
  readonly cursor?: string;
  readonly includeBody?: boolean;
}

/** Options of `iterateEmails`. */
export interface IterateOptions extends CallOptions {
  readonly includeBody?: boolean;
}

/**
 * A mailbox, whoever provides it. Every method may throw `auth.*` and `connection.*`, and rejects with the signal's
 * reason when its caller aborts.
 */
export interface EmailClient extends AsyncDisposable {
  readonly service: string;
  /** The profile that this client acts for. */
  readonly userId: string;
  /** Fails early when the profile cannot be used; every other call connects by itself. */
  connect(options?: CallOptions): Promise<void>;
  /** Ends the client's connections and what is under way on them; later calls are refused. May be called twice. */
  close(): Promise<void>;
  /** The newest mails of a folder, newest first by the time they were received, to the last page. */
  getRecentEmails(options?: RecentOptions): Promise<Email[]>;
  /** The mails of a folder, newest first. */
  getEmails(options?: ListOptions): Promise<Email[]>;
  /**
   * One page of a search. A string is in the portable query language (Gmail's search syntax).
   *
   * @throws RequestError `request.invalid` for a cursor of another account or query
   */
  searchEmails(query: string | EmailSearchQuery, options?: SearchOptions): Promise<EmailSearchResult>;
  /** All mails that a query finds, newest first, read ahead while the caller works. */
  iterateEmails(query: string | EmailSearchQuery, options?: IterateOptions): AsyncIterable<Email>;
  /** One mail with its body. @throws RequestError `request.not_found` */
  getEmail(id: string, options?: IterateOptions): Promise<Email>;
  /** Address, true unread count, totals and folders. */
  getAccountInfo(options?: CallOptions): Promise<EmailStats>;
  /** An attachment's bytes. @throws RequestError `request.not_found` */
  downloadAttachment(
    messageId: string,
    attachmentId: string,
    options?: CallOptions,
  ): Promise<ReadableStream<Uint8Array>>;
}

/** The methods of an `EmailClient`, for making one that loads its provider at the first call. */
export const emailClientShape: ClientShape<EmailClient> = {
  connect: "call",
  getRecentEmails: "call",
  getEmails: "call",
  searchEmails: "call",
  iterateEmails: "stream",
  getEmail: "call",
  getAccountInfo: "call",
  downloadAttachment: "call",
};
