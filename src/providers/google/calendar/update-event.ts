import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { WritePreview } from "../../../core/write-preview.js";
import type { EventChanges, EventRef, UpdateResult } from "../../../calendar/models.js";
import type { UpdateOptions } from "../../../calendar/options.js";

export function updateMyEvent(
  calendars: Calendars,
  ref: EventRef,
  changes: EventChanges,
  options: UpdateOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  void [calendars, ref, changes, options, deadline];
  throw integrationError("request.unsupported", {});
}
