import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { WritePreview } from "../../../core/write-preview.js";
import type { BatchUpdateResult, EventUpdate } from "../../../calendar/batch-models.js";
import type { EventInput } from "../../../calendar/models.js";
import type { BatchCreateOptions, BatchOptions } from "../../../calendar/options.js";

export function batchCreateEvents(
  calendars: Calendars,
  events: readonly EventInput[],
  options: BatchCreateOptions,
  deadline: Deadline,
): Promise<BatchUpdateResult | WritePreview> {
  void [calendars, events, options, deadline];
  throw integrationError("request.unsupported", {});
}
export function batchUpdateEvents(
  calendars: Calendars,
  updates: readonly EventUpdate[],
  options: BatchOptions,
  deadline: Deadline,
): Promise<BatchUpdateResult | WritePreview> {
  void [calendars, updates, options, deadline];
  throw integrationError("request.unsupported", {});
}
