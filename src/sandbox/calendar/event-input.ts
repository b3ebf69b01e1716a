import { ApiError } from "../api-error.js";
import type { ApiCall } from "../routes.js";
import type { CalendarAccess } from "./calendars.js";
import { conferenceOf } from "./conference.js";
import { isObject, partFields, type PartedFields } from "./event-fields.js";
import { invalidField } from "./event-refusals.js";
import { readEventType } from "./event-types.js";
import { readAttendees } from "./input-attendees.js";
import { abilitiesOf, readFields } from "./input-fields.js";
import { readRecurrence } from "./input-recurrence.js";
import { readReminders } from "./input-reminders.js";
import { readTimes } from "./input-times.js";
import { repeats } from "./recurrence.js";
import type { StoredAttendee } from "./stored-event.js";

/** An event as a client wants it, checked. */
export interface EventInput {
  readonly parted: PartedFields;
  readonly attendees: StoredAttendee[];
  /** Undefined where the client says nothing of it. */
  readonly status: string | undefined;
  readonly reminders: Record<string, unknown> | undefined;
  readonly sequence: number | undefined;
}

/** What the event is already, before it is written. */
export interface EventBefore {
  readonly organizer: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly attendees: readonly StoredAttendee[];
  /** Whether it was made by whom the call is from. */
  readonly isCreator: boolean;
  /** Undefined for a new one. */
  readonly eventType: string | undefined;
  /** An occurrence cannot repeat. */
  readonly isOccurrence: boolean;
}

/** The body of a call that writes an event. @throws ApiError 400 */
export function bodyOf({ body }: ApiCall): Readonly<Record<string, unknown>> {
  if (isObject(body)) return body;
  throw new ApiError({ code: 400, reason: "parseError", message: "Parse Error" });
}

/**
 * Checks an event that a client sent.
 *
 * @param body - the event as it shall be
 * @param sent - what the client sent, which for a patch is less
 * @throws ApiError 400
 */
export async function readEvent(
  { world, query }: ApiCall,
  { calendar }: CalendarAccess,
  { body, sent }: { body: Readonly<Record<string, unknown>>; sent: Readonly<Record<string, unknown>> },
  before: EventBefore,
): Promise<EventInput> {
  const recurrence = before.isOccurrence ? undefined : readRecurrence(body["recurrence"]);
  const times = await readTimes(body, calendar.properties.timeZone, recurrence !== undefined);
  // A rule that fits no day, such as the 30th of February, would be looked for without end.
  if (recurrence && !(await repeats(times.start, recurrence))) throw invalidField("Invalid recurrence rule.");
  const fields = readFields(body, before.fields, { ...abilitiesOf(query), source: before.isCreator });
  const type = readEventType({ body, times, recurrence, primary: calendar.primary }, before.eventType);
  const conference = conferenceOf({ query, body, sent }, before.fields, () =>
    letters(world.identifiers.hex().slice(2)),
  );
  return {
    parted: partFields({ ...fields, ...times, ...(recurrence && { recurrence }), ...type, ...conference }),
    attendees: readAttendees(body["attendees"], before.organizer, before.attendees),
    status: readStatus(body["status"]),
    reminders: readReminders(body["reminders"]),
    sequence: readSequence(body["sequence"]),
  };
}

function readStatus(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === "confirmed" || value === "tentative" || value === "cancelled") return value;
  throw invalidField("Invalid value for: status");
}

function readSequence(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value) && Number(value) >= 0) return Number(value);
  throw invalidField("Invalid sequence value.");
}

/** The letters of a video call's address. */
function letters(hex: string): string {
  return hex.replace(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)));
}
