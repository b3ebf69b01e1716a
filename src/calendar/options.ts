import type { CallOptions } from "../core/deadline.js";
import type { WriteOptions } from "../core/write-options.js";
import type { SeriesScope } from "./models.js";

/** Options of the calls that read events. */
export interface ReadOptions extends CallOptions {
  /** IANA zone whose local time and weekday are given beside each event's own. */
  readonly timeZone?: string;
}

/** Options of the calls that read events of several calendars. */
export interface CalendarsOptions extends ReadOptions {
  /** Default: the account's main calendar. They are read side by side. */
  readonly calendarIds?: readonly string[];
}

/** Options of `getEvents`. */
export interface EventsOptions extends CalendarsOptions {
  /** Whether invitations that the account declined are listed too. Default false. */
  readonly includeDeclined?: boolean;
  /**
   * Whether series are given as their occurrences. Default true. Without, series and those of their occurrences that
   * differ are given, also the cancelled ones.
   */
  readonly expandRecurring?: boolean;
}

/** How a list is taken in pages. */
export interface PageOptions {
  /** How many on this page; default all. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** Options of `listEvents`. */
export interface ListEventsOptions extends EventsOptions, PageOptions {}

/** Options of `searchEvents`. */
export interface SearchEventsOptions extends CalendarsOptions, PageOptions {}

/** Whom the service writes to about a change. */
export type Notify = "all" | "external" | "none";

/** Options of every write that attendees may be told of. */
export interface NotifyOptions extends WriteOptions {
  /** Default `all`; the result lists who was told. */
  readonly notify?: Notify;
}

/** What is done about clashes with other events and people. */
export interface ConflictOptions {
  /** `warn` (default) writes and lists them in the result, `fail` throws `request.conflict` and writes nothing, `allow` does not look. */
  readonly onConflict?: "allow" | "warn" | "fail";
}

/** Options of `createMyEvent`. */
export interface CreateOptions extends NotifyOptions, ConflictOptions {
  /** Default: the account's main calendar. */
  readonly calendarId?: string;
  /** The same key makes the same event: a repeat after a lost answer creates nothing twice. */
  readonly idempotencyKey?: string;
  /** Whether to add a video call. */
  readonly conference?: boolean;
}

/** Which occurrences of a series are meant. */
export interface ScopeOptions {
  /**
   * For an occurrence: `this` (default). A series needs it said: `all`. With `following` and `all`, what other occurrences
   * have for themselves stays.
   */
  readonly scope?: SeriesScope;
}

/** Options of `updateMyEvent`. */
export interface UpdateOptions extends NotifyOptions, ConflictOptions, ScopeOptions {
  /** Write only if the event still has this version. */
  readonly expectedVersion?: string;
}

/** Options of `deleteMyEvent`. */
export interface DeleteOptions extends NotifyOptions, ScopeOptions {
  /** A line to the attendees, where the service can deliver one. */
  readonly message?: string;
}

/** Options of `respondToInvitation`. */
export interface RespondOptions extends NotifyOptions {
  /** For an occurrence: only this one (default), or the whole series. */
  readonly scope?: "this" | "all";
}

/** Options of the calls for many events. */
export interface BatchOptions extends NotifyOptions, ConflictOptions {
  /** Whether everything is taken back when one fails. Default false. */
  readonly atomic?: boolean;
}

/** Options of `batchCreateEvents`. */
export interface BatchCreateOptions extends BatchOptions {
  /** Default: the account's main calendar. */
  readonly calendarId?: string;
  /** The same key makes the same events, one for each place in the list. */
  readonly idempotencyKey?: string;
}

/** Options of `getChanges`. */
export interface ChangesOptions extends ReadOptions {
  /** Which calendars to follow, for a first cursor. Default: the main one. */
  readonly calendarIds?: readonly string[];
}
