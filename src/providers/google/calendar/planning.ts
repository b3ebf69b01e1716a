import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { AvailabilityQuery, AvailableSlot, DayAvailability } from "../../../calendar/availability-models.js";

export function findAvailableSlots(
  calendars: Calendars,
  query: AvailabilityQuery,
  deadline: Deadline,
): Promise<AvailableSlot[]> {
  void [calendars, query, deadline];
  throw integrationError("request.unsupported", {});
}
export function explainAvailability(
  calendars: Calendars,
  query: AvailabilityQuery,
  deadline: Deadline,
): Promise<DayAvailability[]> {
  void [calendars, query, deadline];
  throw integrationError("request.unsupported", {});
}
