import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { FreeBusy } from "../../../calendar/availability-models.js";
import type { TimeRange } from "../../../calendar/models.js";

export function getFreeBusy(
  calendars: Calendars,
  range: TimeRange,
  who: readonly string[],
  deadline: Deadline,
): Promise<FreeBusy[]> {
  void [calendars, range, who, deadline];
  throw integrationError("request.unsupported", {});
}
