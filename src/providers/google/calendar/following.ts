import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { CalendarChangePage } from "../../../calendar/models.js";
import type { ChangesOptions } from "../../../calendar/options.js";

export function getChanges(
  calendars: Calendars,
  cursor: string | undefined,
  options: ChangesOptions,
  deadline: Deadline,
): Promise<CalendarChangePage> {
  void [calendars, cursor, options, deadline];
  throw integrationError("request.unsupported", {});
}
