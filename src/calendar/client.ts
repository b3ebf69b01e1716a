import type { CallOptions } from "../core/deadline.js";
import type { ClientShape } from "../core/lazy-client.js";
import type { DryRun } from "../core/write-options.js";
import type { WritePreview } from "../core/write-preview.js";
import type { AvailabilityQuery, AvailableSlot, DayAvailability, FreeBusy } from "./availability-models.js";
import type { BatchUpdateResult, EventUpdate } from "./batch-models.js";
import type {
  CalendarChangePage,
  CalendarInfo,
  CalendarSearchQuery,
  CalendarSearchResult,
  ConflictInfo,
  Event,
  EventChanges,
  EventInput,
  EventPage,
  EventRef,
  InvitationResponse,
  PermissionInfo,
  TimeRange,
  UpdateResult,
} from "./models.js";
import type {
  BatchCreateOptions,
  BatchOptions,
  CalendarsOptions,
  ChangesOptions,
  CreateOptions,
  DeleteOptions,
  EventsOptions,
  ListEventsOptions,
  NotifyOptions,
  ReadOptions,
  RespondOptions,
  SearchEventsOptions,
  UpdateOptions,
} from "./options.js";

/** The answer to an invitation, or only its status. */
export type ResponseInput = InvitationResponse | InvitationResponse["status"];

/** Reads events and calendars. */
export interface CalendarReader {
  /**
   * The events of a range, merged over the calendars and sorted by start, to the last page.
   *
   * @throws RequestError `request.partial_failure` when some calendars failed: `details.events` and `details.failures`
   */
  getEvents(range: TimeRange, options?: EventsOptions): Promise<Event[]>;
  /** The same by pages, with failures beside the events instead of thrown. */
  listEvents(range: TimeRange, options?: ListEventsOptions): Promise<EventPage>;
  /** One event. @throws RequestError `request.not_found` */
  getEvent(ref: EventRef, options?: ReadOptions): Promise<Event>;
  /**
   * This account's copy of an event, by the UID that all copies share, as it stands in an invitation mail. Of a series
   * it is the series.
   *
   * @throws RequestError `request.not_found`
   */
  findEventByUid(iCalUid: string, options?: CalendarsOptions): Promise<Event>;
  /**
   * Events that fit, by words or by fields, sorted by start; occurrences, not series. Those that the account declined are
   * among them; cancelled ones only when their status is asked for.
   */
  searchEvents(query: string | CalendarSearchQuery, options?: SearchEventsOptions): Promise<CalendarSearchResult>;
  /** The occurrences of a series in a range, by the id of the series or of any occurrence. An event that happens once is its own. */
  getOccurrences(ref: EventRef, range: TimeRange, options?: ReadOptions): Promise<Event[]>;
  /** The account's calendars, the main one first. */
  getCalendars(options?: CallOptions): Promise<CalendarInfo[]>;
  /** What this account may do with an event, and why not more. */
  getEventPermissions(ref: EventRef, options?: CallOptions): Promise<PermissionInfo>;
  /**
   * Invitations that this account has not answered and that are not over, soonest first. Default: those of the coming
   * year. A series is given once, as the series itself, with its `nextOccurrence`: its answer is one for all. Where the
   * series was answered, single occurrences of it that wait for an answer of their own are given.
   *
   * @throws RequestError `request.partial_failure` as `getEvents`
   */
  getPendingInvitations(range?: TimeRange, options?: CalendarsOptions): Promise<Event[]>;
  /**
   * What changed in calendars since a cursor; without one, a first cursor for now and no changes. Series are given as
   * such, with those of their occurrences that differ. Whoever keeps a copy takes a cursor first and then reads the
   * calendars by `getEvents` with `expandRecurring: false` and `includeDeclined: true`; so again for the
   * `resetCalendars` of a page, after which its cursor goes on.
   *
   * @throws RequestError `request.invalid` for a cursor of another account, or of other calendars than `calendarIds`
   */
  getChanges(cursor?: string, options?: ChangesOptions): Promise<CalendarChangePage>;
}

/** Finds times. */
export interface CalendarPlanner {
  /** When people are busy, by address; who cannot be read is `unknown`. `me` is this account. */
  getFreeBusy(range: TimeRange, who: readonly string[], options?: CallOptions): Promise<FreeBusy[]>;
  /** Times that suit everybody required, the best first. */
  findAvailableSlots(query: AvailabilityQuery, options?: CallOptions): Promise<AvailableSlot[]>;
  /** For each day of the query's range: how many slots it has, and what rules the others out. */
  explainAvailability(query: AvailabilityQuery, options?: CallOptions): Promise<DayAvailability[]>;
  /** What an event, or one that does not exist yet, clashes with, and what it repeats. */
  findConflicts(event: EventRef | EventInput, options?: CalendarsOptions): Promise<ConflictInfo[]>;
}

/** Writes events that this account organizes. */
export interface CalendarOrganizer {
  createMyEvent(event: EventInput, options: CreateOptions & DryRun): Promise<WritePreview>;
  /**
   * Creates an event that this account organizes.
   *
   * @throws RequestError `request.invalid` naming the field, `request.forbidden`, `request.idempotency_mismatch` when the
   * idempotency key made another event before, `request.conflict` when that event was deleted since, or with
   * `onConflict: "fail"` when the time is taken (`details.conflicts`)
   */
  createMyEvent(event: EventInput, options?: CreateOptions): Promise<UpdateResult>;
  updateMyEvent(ref: EventRef, changes: EventChanges, options: UpdateOptions & DryRun): Promise<WritePreview>;
  /**
   * Changes what is named and nothing else. What somebody else changed meanwhile stays; where both changed the same, it
   * is `request.conflict` with both versions.
   *
   * @throws RequestError `request.scope_required` for a series without `scope`; `request.forbidden` naming who may;
   * `request.conflict`; `request.not_found`; `request.invalid`
   */
  updateMyEvent(ref: EventRef, changes: EventChanges, options?: UpdateOptions): Promise<UpdateResult>;
  deleteMyEvent(ref: EventRef, options: DeleteOptions & DryRun): Promise<WritePreview>;
  /**
   * Cancels an event, or occurrences of a series. The result's event is the one that was.
   *
   * @throws RequestError `request.scope_required`, `request.forbidden`, `request.not_found`; `request.unsupported` for a
   * message that the service cannot deliver
   */
  deleteMyEvent(ref: EventRef, options?: DeleteOptions): Promise<UpdateResult>;
  moveMyEvent(ref: EventRef, toCalendarId: string, options: NotifyOptions & DryRun): Promise<WritePreview>;
  /** Makes another calendar the organizer. A series moves as a whole. @throws RequestError `request.forbidden`, `request.not_found` */
  moveMyEvent(ref: EventRef, toCalendarId: string, options?: NotifyOptions): Promise<UpdateResult>;
  batchCreateEvents(events: readonly EventInput[], options: BatchCreateOptions & DryRun): Promise<WritePreview>;
  /** Creates many events, with an outcome for each. */
  batchCreateEvents(events: readonly EventInput[], options?: BatchCreateOptions): Promise<BatchUpdateResult>;
  batchUpdateEvents(updates: readonly EventUpdate[], options: BatchOptions & DryRun): Promise<WritePreview>;
  /** Changes many events, with an outcome for each. Those of one series are changed one after the other. */
  batchUpdateEvents(updates: readonly EventUpdate[], options?: BatchOptions): Promise<BatchUpdateResult>;
}

/** Answers invitations. */
export interface CalendarAttendee {
  respondToInvitation(ref: EventRef, response: ResponseInput, options: RespondOptions & DryRun): Promise<WritePreview>;
  /**
   * Answers an invitation: this account's own entry and nothing else changes.
   *
   * @throws RequestError `request.not_invited`, `request.not_found`, `request.conflict`
   */
  respondToInvitation(ref: EventRef, response: ResponseInput, options?: RespondOptions): Promise<UpdateResult>;
  suggestReschedule(
    ref: EventRef,
    proposed: TimeRange,
    message: string | undefined,
    options: NotifyOptions & DryRun,
  ): Promise<WritePreview>;
  /** Proposes another time to the organizer. The result's `delivery` says how that reached them. @throws RequestError `request.not_invited` */
  suggestReschedule(
    ref: EventRef,
    proposed: TimeRange,
    message?: string,
    options?: NotifyOptions,
  ): Promise<UpdateResult>;
}

/**
 * The calendars of an account, whoever provides them. Every method may throw `auth.*` and `connection.*`, and rejects
 * with the signal's reason when its caller aborts. Writes need access `write`, else they throw `request.forbidden` before
 * anything is sent.
 */
export interface CalendarClient
  extends CalendarReader, CalendarPlanner, CalendarOrganizer, CalendarAttendee, AsyncDisposable {
  readonly service: string;
  /** The profile that this client acts for. */
  readonly userId: string;
  /** Fails early when the profile cannot be used; every other call connects by itself. */
  connect(options?: CallOptions): Promise<void>;
  /** Ends the client's connections and what is under way on them; later calls are refused. May be called twice. */
  close(): Promise<void>;
}

/** The methods of a `CalendarClient`, for making one that loads its provider at the first call. */
export const calendarClientShape: ClientShape<CalendarClient> = {
  connect: "call",
  getEvents: "call",
  listEvents: "call",
  getEvent: "call",
  findEventByUid: "call",
  searchEvents: "call",
  getOccurrences: "call",
  getCalendars: "call",
  getEventPermissions: "call",
  getPendingInvitations: "call",
  getChanges: "call",
  getFreeBusy: "call",
  findAvailableSlots: "call",
  explainAvailability: "call",
  findConflicts: "call",
  createMyEvent: "call",
  updateMyEvent: "call",
  deleteMyEvent: "call",
  moveMyEvent: "call",
  batchCreateEvents: "call",
  batchUpdateEvents: "call",
  respondToInvitation: "call",
  suggestReschedule: "call",
};
