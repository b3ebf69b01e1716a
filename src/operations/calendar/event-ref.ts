import type { EventRef } from "../../calendar/models.js";
import { given } from "../../core/given.js";

/** The event that an input means. */
export function eventRef(input: { readonly id: string; readonly calendar?: string | undefined }): EventRef {
  return { id: input.id, ...given({ calendarId: input.calendar }) };
}
