import * as v from "valibot";
import type {
  AvailableSlot,
  BusyBlock,
  DayAvailability,
  DayObstacle,
  FreeBusy,
  SlotPerson,
} from "../../calendar/availability-models.js";
import { eventTimeSchema, localTimeSchema, type FieldsOf, type Schema } from "./schemas.js";

/** When somebody is busy. */
export const freeBusySchema: Schema<FreeBusy> = v.object({
  who: v.string(),
  status: v.picklist(["known", "unknown"]),
  busy: v.array(v.object({ start: v.string(), end: v.string() } satisfies FieldsOf<BusyBlock>)),
  reason: v.exactOptional(v.string()),
} satisfies FieldsOf<FreeBusy>);

const slotPerson = v.object({
  email: v.string(),
  optional: v.boolean(),
  state: v.picklist(["free", "busy", "tentative", "outside_hours", "unknown"]),
  local: localTimeSchema,
} satisfies FieldsOf<SlotPerson>);

/** A time that suits all who are required. */
export const slotSchema: Schema<AvailableSlot> = v.object({
  start: localTimeSchema,
  end: localTimeSchema,
  score: v.number(),
  confidence: v.number(),
  reasons: v.array(v.string()),
  people: v.array(slotPerson),
} satisfies FieldsOf<AvailableSlot>);

const obstacle = v.object({
  kind: v.picklist(["busy", "tentative", "outside_hours", "buffer", "notice", "range"]),
  email: v.exactOptional(v.string()),
  starts: v.number(),
  message: v.string(),
} satisfies FieldsOf<DayObstacle>);

/** Why a day has the slots that it has. */
export const daySchema: Schema<DayAvailability> = v.object({
  day: eventTimeSchema,
  slots: v.number(),
  obstacles: v.array(obstacle),
} satisfies FieldsOf<DayAvailability>);
