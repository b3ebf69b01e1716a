import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { ConflictInfo, EventInput, EventRef } from "../../../calendar/models.js";
import type { CalendarsOptions } from "../../../calendar/options.js";

export function findConflicts(
  calendars: Calendars,
  event: EventRef | EventInput,
  options: CalendarsOptions,
  deadline: Deadline,
): Promise<ConflictInfo[]> {
  void [calendars, event, options, deadline];
  throw integrationError("request.unsupported", {});
}

export function conflictsOf(
  _calendars: Calendars,
  _planned: object,
  _options: { calendarIds?: readonly string[] },
  _deadline: Deadline,
): Promise<ConflictInfo[]> {
  return Promise.resolve([]);
}
