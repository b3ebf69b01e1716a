import * as v from "valibot";
import type {
  Attendee,
  CalendarFailure,
  CalendarInfo,
  ConflictInfo,
  Event,
  EventPage,
  EventPerson,
  EventTime,
  PermissionInfo,
  ProposalDelivery,
  Recurrence,
  Reminder,
  ResponseStatus,
  UpdateResult,
} from "../../calendar/models.js";
import { weekdays, type LocalTime } from "../../core/zoned-time.js";

/** The schema of a model. */
export type Schema<Model> = v.GenericSchema<unknown, Model>;

/** Fields of which TypeScript notices when they are others than those of their model. */
export type FieldsOf<Model> = Record<keyof Model, v.GenericSchema>;

const text = v.exactOptional(v.string());
const weekday = v.picklist(weekdays);
const answer: Schema<ResponseStatus> = v.picklist(["accepted", "declined", "tentative", "needsAction"]);
const accessRole: Schema<CalendarInfo["accessRole"]> = v.picklist(["owner", "writer", "reader", "freeBusyReader"]);

const localTime = { dateTime: v.string(), timeZone: v.string(), weekday };
const zonedTime = { ...localTime, local: v.exactOptional(v.object(localTime)) };
const day = { date: v.string(), weekday };

/** An instant as the clocks of a zone show it. */
export const localTimeSchema: Schema<LocalTime> = v.object(localTime satisfies FieldsOf<LocalTime>);

/** When an event begins or ends. */
export const eventTimeSchema: Schema<EventTime> = v.union([
  v.object(day satisfies FieldsOf<Day>),
  v.object(zonedTime satisfies FieldsOf<LocalTime & Pick<EventTime, "local">>),
]);
type Day = Pick<Extract<EventTime, { date: string }>, "date" | "weekday">;

const person: Schema<EventPerson> = v.object({
  email: text,
  name: text,
  self: v.boolean(),
} satisfies FieldsOf<EventPerson>);

const attendee: Schema<Attendee> = v.object({
  email: v.string(),
  name: text,
  response: answer,
  comment: text,
  optional: v.boolean(),
  resource: v.boolean(),
  organizer: v.boolean(),
  self: v.boolean(),
} satisfies FieldsOf<Attendee>);

const reminder: Schema<Reminder> = v.object({
  method: v.picklist(["email", "popup"]),
  minutesBefore: v.number(),
} satisfies FieldsOf<Reminder>);

/** An event in one calendar's view. */
export const eventSchema: Schema<Event> = v.object({
  id: v.string(),
  calendarId: v.string(),
  iCalUid: v.string(),
  title: v.string(),
  description: text,
  location: text,
  start: eventTimeSchema,
  end: eventTimeSchema,
  allDay: v.boolean(),
  status: v.picklist(["confirmed", "tentative", "cancelled"]),
  busy: v.boolean(),
  organizer: person,
  creator: v.exactOptional(person),
  attendees: v.array(attendee),
  attendeesOmitted: v.boolean(),
  myResponse: v.exactOptional(answer),
  recurrence: v.exactOptional(v.object({ lines: v.array(v.string()) } satisfies FieldsOf<Recurrence>)),
  nextOccurrence: v.exactOptional(
    v.object({ start: eventTimeSchema, end: eventTimeSchema } satisfies FieldsOf<NonNullable<Event["nextOccurrence"]>>),
  ),
  seriesId: text,
  originalStart: v.exactOptional(eventTimeSchema),
  reminders: v.exactOptional(v.array(reminder)),
  conferenceUrl: text,
  visibility: v.picklist(["default", "public", "private", "confidential"]),
  guestsCanModify: v.boolean(),
  guestsCanInvite: v.boolean(),
  guestsCanSeeGuests: v.boolean(),
  properties: v.exactOptional(v.record(v.string(), v.string())),
  link: text,
  createdAt: text,
  updatedAt: text,
  version: v.string(),
} satisfies FieldsOf<Event>);

/** What kept one calendar from being read. */
export const failureSchema: Schema<CalendarFailure> = v.object({
  calendarId: v.string(),
  code: v.string(),
  message: v.string(),
  hint: v.string(),
} satisfies FieldsOf<CalendarFailure>);

/** One page of events, beside what could not be read. */
export const eventPageSchema: Schema<EventPage> = v.object({
  events: v.array(eventSchema),
  failures: v.array(failureSchema),
  cursor: text,
} satisfies FieldsOf<EventPage>);

/** A calendar of the account. */
export const calendarSchema: Schema<CalendarInfo> = v.object({
  id: v.string(),
  name: v.string(),
  description: text,
  timeZone: v.string(),
  accessRole,
  primary: v.boolean(),
  selected: v.boolean(),
} satisfies FieldsOf<CalendarInfo>);

/** What the account may do with an event. */
export const permissionsSchema: Schema<PermissionInfo> = v.object({
  role: v.picklist(["organizer", "attendee", "viewer"]),
  calendarRole: accessRole,
  canEdit: v.boolean(),
  canDelete: v.boolean(),
  canMove: v.boolean(),
  canInvite: v.boolean(),
  canRespond: v.boolean(),
  canSeeAttendees: v.boolean(),
  organizer: person,
  editors: v.array(v.string()),
  reasons: v.array(v.string()),
} satisfies FieldsOf<PermissionInfo>);

/** What an event's time clashes with. */
export const conflictSchema: Schema<ConflictInfo> = v.object({
  kind: v.picklist(["double_booking", "attendee_busy", "unreadable", "duplicate"]),
  message: v.string(),
  start: text,
  end: text,
  event: v.exactOptional(
    v.object({
      ...{ id: v.string(), calendarId: v.string(), title: v.string() },
      ...{ start: eventTimeSchema, end: eventTimeSchema },
    } satisfies FieldsOf<NonNullable<ConflictInfo["event"]>>),
  ),
  attendee: text,
  similarity: v.exactOptional(v.number()),
} satisfies FieldsOf<ConflictInfo>);

/** What a write did. */
export const updateResultSchema: Schema<UpdateResult> = v.object({
  event: eventSchema,
  notified: v.array(v.string()),
  conflicts: v.array(conflictSchema),
  endedSeries: v.exactOptional(eventSchema),
  delivery: v.exactOptional(
    v.object({ how: v.picklist(["proposal", "comment"]), text: v.string() } satisfies FieldsOf<ProposalDelivery>),
  ),
} satisfies FieldsOf<UpdateResult>);
