import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { WritePreview } from "../../../core/write-preview.js";
import type { EventRef, UpdateResult } from "../../../calendar/models.js";
import type { NotifyOptions } from "../../../calendar/options.js";

export function moveMyEvent(
  calendars: Calendars,
  ref: EventRef,
  toCalendarId: string,
  options: NotifyOptions,
  deadline: Deadline,
): Promise<UpdateResult | WritePreview> {
  void [calendars, ref, toCalendarId, options, deadline];
  throw integrationError("request.unsupported", {});
}
