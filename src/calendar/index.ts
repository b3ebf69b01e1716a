export type { InstantInput, TemporalLike } from "../core/zoned-time.js";
export type {
  CalendarClient,
  CreateOptions,
  EventsOptions,
  ListEventsOptions,
  Notify,
  RespondOptions,
} from "./client.js";
export type {
  Attendee,
  AttendeeInput,
  CalendarFailure,
  CalendarInfo,
  Event,
  EventInput,
  EventPage,
  EventPerson,
  EventRef,
  EventTime,
  EventTimeInput,
  InvitationResponse,
  Recurrence,
  Reminder,
  ResponseStatus,
  TimeRange,
  UpdateResult,
} from "./models.js";
export { timeRange } from "./time-range.js";
