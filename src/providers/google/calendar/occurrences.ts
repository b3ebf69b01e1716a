import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { Event, EventRef, TimeRange } from "../../../calendar/models.js";
import type { ReadOptions } from "../../../calendar/options.js";

export function getOccurrences(
  calendars: Calendars,
  ref: EventRef,
  range: TimeRange,
  options: ReadOptions,
  deadline: Deadline,
): Promise<Event[]> {
  void [calendars, ref, range, options, deadline];
  throw integrationError("request.unsupported", {});
}
