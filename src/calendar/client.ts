import type { CallOptions } from "../core/deadline.js";
import type { ClientShape } from "../core/lazy-client.js";
import type {
  CalendarInfo,
  Event,
  EventInput,
  EventPage,
  EventRef,
  InvitationResponse,
  TimeRange,
  UpdateResult,
} from "./models.js";

/** Options of the calls that read events in a range. */
export interface EventsOptions extends CallOptions {
  /** Default: the account's main calendar. They are read side by side. */
  readonly calendarIds?: readonly string[];
  /** Whether invitations that the account declined are listed too. Default false. */
  readonly includeDeclined?: boolean;
  /** Whether series are given as their occurrences. Default true. */
  readonly expandRecurring?: boolean;
  /** IANA zone in which instants are given back; default: each event's own. */
  readonly timeZone?: string;
}

/** Options of `listEvents`. */
export interface ListEventsOptions extends EventsOptions {
  /** How many on this page; default all. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** Whom the service writes to about a change. */
export type Notify = "all" | "external" | "none";

/** Options of `createMyEvent`. */
export interface CreateOptions extends CallOptions {
  /** Default: the account's main calendar. */
  readonly calendarId?: string;
  /** Default `all`; the result lists who was told. */
  readonly notify?: Notify;
  /** The same key makes the same event: a repeat after a lost answer creates nothing twice. */
  readonly idempotencyKey?: string;
  /** Whether to add a video call. */
  readonly conference?: boolean;
}

/** Options of `respondToInvitation`. */
export interface RespondOptions extends CallOptions {
  /** For an occurrence: only this one (default), or the whole series. */
  readonly scope?: "this" | "all";
  /** Default `all`: the organizer is told. */
  readonly notify?: Notify;
}

/**
 * The calendars of an account, whoever provides them. Every method may throw `auth.*` and `connection.*`, and rejects
 * with the signal's reason when its caller aborts.
 */
export interface CalendarClient extends AsyncDisposable {
  readonly service: string;
  /** The profile that this client acts for. */
  readonly userId: string;
  /** Fails early when the profile cannot be used; every other call connects by itself. */
  connect(options?: CallOptions): Promise<void>;
  /** Ends the client's connections and what is under way on them; later calls are refused. May be called twice. */
  close(): Promise<void>;
  /**
   * The events of a range, merged over the calendars and sorted by start, to the last page.
   *
   * @throws RequestError `request.partial_failure` when some calendars failed: `details.events` and `details.failures`
   */
  getEvents(range: TimeRange, options?: EventsOptions): Promise<Event[]>;
  /** The same by pages, with failures beside the events instead of thrown. */
  listEvents(range: TimeRange, options?: ListEventsOptions): Promise<EventPage>;
  /** One event. @throws RequestError `request.not_found` */
  getEvent(ref: EventRef, options?: CallOptions): Promise<Event>;
  /** The account's calendars, the main one first. */
  getCalendars(options?: CallOptions): Promise<CalendarInfo[]>;
  /**
   * Creates an event that this account organizes.
   *
   * @throws RequestError `request.invalid` naming the field, `request.forbidden`, `request.idempotency_mismatch` when the
   * idempotency key made another event before, `request.conflict` when that event was deleted since
   */
  createMyEvent(event: EventInput, options?: CreateOptions): Promise<UpdateResult>;
  /**
   * Answers an invitation: this account's own entry and nothing else changes.
   *
   * @throws RequestError `request.not_invited`, `request.not_found`, `request.conflict`
   */
  respondToInvitation(
    ref: EventRef,
    response: InvitationResponse | InvitationResponse["status"],
    options?: RespondOptions,
  ): Promise<UpdateResult>;
}

/** The methods of a `CalendarClient`, for making one that loads its provider at the first call. */
export const calendarClientShape: ClientShape<CalendarClient> = {
  connect: "call",
  getEvents: "call",
  listEvents: "call",
  getEvent: "call",
  getCalendars: "call",
  createMyEvent: "call",
  respondToInvitation: "call",
};
