import type { CallOptions } from "../core/deadline.js";
import type { WriteOptions } from "../core/write-options.js";

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

/** Options of `iterateEmails`, `getEmail` and `getThread`. */
export interface IterateOptions extends CallOptions {
  readonly includeBody?: boolean;
}

/** Options of the calls that give one page. */
export interface PageOptions extends CallOptions {
  /** How many on this page. Default 50, at most 500. */
  readonly limit?: number;
  /** Continues where an earlier page of the same call ended. */
  readonly cursor?: string;
}

/** Options of `searchEmails`, `listThreads` and `listDrafts`. */
export interface SearchOptions extends PageOptions {
  readonly includeBody?: boolean;
}

/** Options of the calls that send. */
export interface SendOptions extends WriteOptions {
  /**
   * The same key sends the same mail once, however often it is called within 30 days, from whichever process.
   * 1 to 200 characters.
   */
  readonly idempotencyKey?: string;
}

/** Options of `replyToEmail`. */
export interface ReplyOptions extends SendOptions {
  /** Whether everybody who got the mail gets the answer too. Default false. */
  readonly all?: boolean;
}
