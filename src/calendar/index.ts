export { parseInvitation } from "./invitation/parse-invitation.js";
export { timeRange } from "./time-range.js";

// What a provider of calendars is made with.
export { decodeCursor, encodeCursor } from "../core/cursor.js";
export { payloadHash, writePreview } from "../core/write-preview.js";
export { loadZonedTime } from "../core/zoned-time.js";
export { explainSlots } from "./availability/explain-slots.js";
export { findSlots } from "./availability/find-slots.js";
export { askedPeople, slotRequest } from "./availability/slot-query.js";
export { createCalendarCalls } from "./calls.js";
export { changedSpan, lengthMs, movedSeries, spanFrom } from "./changed-times.js";
export { conflictsIn } from "./conflicts.js";
export { describeDifference } from "./event-difference.js";
export { epochMsOf, invalidField, readEventSpan, toEventTime } from "./event-times.js";
export {
  isNewEvent,
  requireAvailabilityQuery,
  requireCalendarId,
  requireChanges,
  requireEventInput,
  requireEventInputs,
  requireEventOrInput,
  requireEventSearch,
  requireOptionalText,
  requirePeople,
  requireRange,
  requireRef,
  requireResponse,
  requireUpdates,
} from "./inputs.js";
export { plannedAgain, plannedNew } from "./planned-event.js";
export { requireRecurrence } from "./recurrence/check.js";
export { expandSeries, type SeriesDate, type SeriesTimes } from "./recurrence/series.js";
export { movedDates, shiftSeries } from "./recurrence/shift.js";
export { splitSeries, type SplitSeries } from "./recurrence/split.js";
export { matchesSearch } from "./search.js";
export { duplicateWithinMs } from "./similarity.js";

export type { ChangePage } from "../core/change-page.js";
export type { LooseMethods } from "../core/loose-methods.js";
export type { DryRun, WriteOptions } from "../core/write-options.js";
export type { WritePreview } from "../core/write-preview.js";
export type { InstantInput, LocalTime, TemporalLike, Weekday, ZonedTime } from "../core/zoned-time.js";
export type { Interval } from "./availability/intervals.js";
export type { RequestedPerson, SlotRequest, TakenTime } from "./availability/slot-request.js";
export type {
  AvailabilityPerson,
  AvailabilityQuery,
  AvailableSlot,
  BusyBlock,
  DayAvailability,
  DayObstacle,
  FreeBusy,
  SlotPerson,
  WorkingHours,
} from "./availability-models.js";
export type { BatchEventOutcome, BatchUpdateResult, EventUpdate } from "./batch-models.js";
export type { CalendarOperation } from "./calls.js";
export type {
  CalendarAttendee,
  CalendarClient,
  CalendarOrganizer,
  CalendarPlanner,
  CalendarReader,
  ResponseInput,
} from "./client.js";
export type { ConflictFacts, InvitedPerson } from "./conflicts.js";
export type { EventMoment, EventSpan, EventSpanInput } from "./event-times.js";
export type {
  Invitation,
  InvitationMethod,
  InvitationOptions,
  InvitedAttendee,
  InvitedEvent,
} from "./invitation/models.js";
export type {
  Attendee,
  AttendeeInput,
  CalendarChangePage,
  CalendarFailure,
  CalendarInfo,
  CalendarSearchQuery,
  CalendarSearchResult,
  ConflictInfo,
  Event,
  EventChange,
  EventChanges,
  EventInput,
  EventPage,
  EventPerson,
  EventRef,
  EventTime,
  EventTimeInput,
  InvitationResponse,
  PermissionInfo,
  ProposalDelivery,
  Recurrence,
  Reminder,
  ResponseStatus,
  SeriesScope,
  TimeRange,
  UpdateResult,
} from "./models.js";
export type {
  BatchCreateOptions,
  BatchOptions,
  CalendarsOptions,
  ChangesOptions,
  ConflictOptions,
  CreateOptions,
  DeleteOptions,
  EventsOptions,
  ListEventsOptions,
  Notify,
  NotifyOptions,
  PageOptions,
  ReadOptions,
  RespondOptions,
  ScopeOptions,
  SearchEventsOptions,
  UpdateOptions,
} from "./options.js";
export type { PlannedEvent } from "./planned-event.js";
