import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { PlannedEvent } from "../../../calendar/planned-event.js";
import type { ConflictInfo } from "../../../calendar/models.js";
import type { ConflictOptions } from "../../../calendar/options.js";
import type { Calendars } from "./calendars.js";
import { conflictsOf } from "./conflicts.js";

/** Where an event is to be written, and what is done when its time is taken. */
interface Writing {
  readonly onConflict: ConflictOptions["onConflict"] | undefined;
  readonly calendarId: string;
}

/**
 * What an event clashes with that is about to be written: in the calendar that it is written to and in the main one.
 *
 * @throws RequestError `request.conflict` with `onConflict: "fail"`, naming what is known for sure; what nobody can know
 * is told, and does not keep anybody from it
 */
export async function clashesOf(
  calendars: Calendars,
  planned: PlannedEvent,
  { onConflict = "warn", calendarId }: Writing,
  deadline: Deadline,
): Promise<ConflictInfo[]> {
  if (onConflict === "allow") return [];
  const calendarIds = [...new Set(["primary", calendarId])];
  const conflicts = await conflictsOf(calendars, planned, { calendarIds }, deadline);
  const sure = conflicts.filter(({ kind }) => kind !== "unreadable");
  if (onConflict !== "fail" || sure.length === 0) return conflicts;
  throw integrationError("request.conflict", {
    message: `The event clashes with what is there already: ${sure.map(({ message }) => message).join(" ")}`,
    hint: 'Choose another time (findAvailableSlots), or write it all the same with onConflict: "warn".',
    details: { conflicts },
  });
}
