import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { WritePreview } from "../../../core/write-preview.js";
import type { EventRef, UpdateResult } from "../../../calendar/models.js";
import type { DeleteOptions } from "../../../calendar/options.js";

export function deleteMyEvent(
  calendars: Calendars,
  ref: EventRef,
  options: DeleteOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  void [calendars, ref, options, deadline];
  throw integrationError("request.unsupported", {});
}
