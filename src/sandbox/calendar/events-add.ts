import { ApiError, invalidParameter } from "../api-error.js";
import type { ApiCall, ApiReply } from "../routes.js";
import { requireWriter } from "./calendar-access.js";
import type { StoredCalendar } from "./calendars.js";
import { changeForAll } from "./event-change.js";
import { isObject, omit } from "./event-fields.js";
import { bodyOf, readEvent } from "./event-input.js";
import { calendarRefusal, requiredField } from "./event-refusals.js";
import { beforeOf } from "./event-target.js";
import { typeProperties } from "./event-types.js";
import { showEvent } from "./event-view.js";
import { duplicate, newEvent, putEvent, inviteGuests } from "./events-write.js";
import { sendUpdatesOf } from "./mails.js";
import { readQuickAdd } from "./quick-add-text.js";
import { isPrivateCopy, type EventCopy } from "./stored-event.js";
import { loadTemporal } from "./time.js";

/**
 * Puts a copy of an event from elsewhere into a calendar: nobody else gets one, and nobody is written to. The same
 * `iCalUID` again is the same event.
 *
 * @see https://developers.google.com/workspace/calendar/api/v3/reference/events/import
 */
export async function importEvent(call: ApiCall): Promise<ApiReply> {
  const access = requireWriter(call);
  const { calendar } = access;
  // Google makes an event of another type one of the usual type.
  const body = omit(bodyOf(call), "eventType", ...typeProperties);
  const { iCalUID } = body;
  if (typeof iCalUID !== "string" || iCalUID === "") throw requiredField("Missing iCalUID.");
  const organizer = addressOf(body["organizer"]) ?? calendar.id;
  const known = findByUid(calendar, iCalUID);
  const target = known && { access, copy: known, occurrence: undefined };
  const before = target ? { ...beforeOf(target), organizer } : newEvent(organizer);
  const input = await readEvent(call, access, { body, sent: body }, before);
  const attends = input.attendees.some(({ email }) => email.toLowerCase() === calendar.id);
  if (organizer !== calendar.id && !attends) {
    throw calendarRefusal(
      "participantIsNeitherOrganizerNorAttendee",
      "The owner of the calendar must either be the organizer or an attendee of an event that is imported.",
    );
  }
  if (target) {
    const { shared } = target.copy;
    // Unsure(google): what becomes of an event to which somebody here was invited.
    if (shared.organizer !== calendar.id && !isPrivateCopy(shared)) throw duplicate();
    return { json: showEvent(await changeForAll(call, target, input, "none"), access) };
  }
  const id = `_${call.world.identifiers.base32()}`;
  const extra = organizer === calendar.id ? {} : { privateCopy: true };
  const copy = putEvent(call, access, { id, iCalUID, organizer, input, extra });
  copy.shared.organizerName = nameOf(body["organizer"]);
  return { json: showEvent(copy, access) };
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/events/quickAdd */
export async function quickAddEvent(call: ApiCall): Promise<ApiReply> {
  const access = requireWriter(call);
  const sendUpdates = sendUpdatesOf(call.query);
  const text = call.query.get("text")?.trim() ?? "";
  if (text === "") throw requiredParameter("text");
  const { world, user } = call;
  const { calendar } = access;
  const Temporal = await loadTemporal();
  const now = Temporal.Instant.fromEpochMilliseconds(world.clock.now()).toZonedDateTimeISO(
    calendar.properties.timeZone,
  );
  const usualMinutes = Number(world.calendarSettings.find(user.email, "defaultEventLength")?.value ?? 60);
  const { guests, ...event } = readQuickAdd(text, { Temporal, now, usualMinutes });
  const body = { ...event, attendees: guests.map((email) => ({ email })) };
  const input = await readEvent(call, access, { body, sent: body }, newEvent(calendar.id));
  const id = world.identifiers.base32();
  const copy = putEvent(call, access, { id, iCalUID: `${id}@google.com`, organizer: calendar.id, input });
  inviteGuests(call, copy, sendUpdates);
  return { json: showEvent(copy, access) };
}

/** 400 for a parameter that is missing. */
export function requiredParameter(name: string): ApiError {
  const { refusal } = invalidParameter(`Required parameter: ${name}`, name);
  return new ApiError({ ...refusal, reason: "required" });
}

/** The event with that uid, which all occurrences of a series have as well. */
function findByUid(calendar: StoredCalendar, iCalUID: string): EventCopy | undefined {
  for (const copy of calendar.entries.values()) {
    if (copy.shared.iCalUID === iCalUID && !copy.shared.series) return copy;
  }
  return undefined;
}

function addressOf(person: unknown): string | undefined {
  return isObject(person) && typeof person["email"] === "string" ? person["email"].toLowerCase() : undefined;
}

function nameOf(person: unknown): string | undefined {
  return isObject(person) && typeof person["displayName"] === "string" ? person["displayName"] : undefined;
}
