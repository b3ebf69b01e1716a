import * as v from "valibot";
import type { CalendarChangePage, EventChange } from "../../calendar/models.js";
import { eventSchema, eventTimeSchema, failureSchema, type FieldsOf, type Schema } from "./schemas.js";

const change: Schema<EventChange> = v.union([
  v.object({
    ...{ type: v.literal("changed"), id: v.string(), calendarId: v.string() },
    event: eventSchema,
  } satisfies FieldsOf<Extract<EventChange, { type: "changed" }>>),
  v.object({
    ...{ type: v.literal("removed"), id: v.string(), calendarId: v.string() },
    ...{ seriesId: v.exactOptional(v.string()), originalStart: v.exactOptional(eventTimeSchema) },
  } satisfies FieldsOf<Extract<EventChange, { type: "removed" }>>),
]);

/** A page of what changed in calendars. */
export const changePageSchema: Schema<CalendarChangePage> = v.object({
  changes: v.array(change),
  cursor: v.string(),
  hasMore: v.boolean(),
  reset: v.boolean(),
  resetCalendars: v.array(v.string()),
  failures: v.array(failureSchema),
} satisfies FieldsOf<CalendarChangePage>);
