import { invalidField, requiredField } from "./event-refusals.js";
import { isObject, omit } from "./event-fields.js";
import type { StoredAttendee } from "./stored-event.js";

const answers = ["needsAction", "declined", "tentative", "accepted"];
/** Without a Workspace edition that allows more. @see https://support.google.com/calendar/answer/37161 */
const maxGuests = 200;

/**
 * Attendees that a client sent, as they are kept: an answer each, and the organizer known among them.
 *
 * @throws ApiError 400
 */
export function readAttendees(
  value: unknown,
  organizer: string,
  existing: readonly StoredAttendee[] = [],
): StoredAttendee[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalidField("Invalid attendees.");
  const byAddress = new Map<string, StoredAttendee>();
  for (const each of value as unknown[]) {
    const attendee = readAttendee(each);
    const address = attendee.email.toLowerCase();
    const known = existing.find(({ email }) => email.toLowerCase() === address);
    // Whether somebody is a room is decided when it is invited.
    const resource: unknown = known ? known["resource"] : attendee["resource"];
    delete attendee["resource"];
    byAddress.set(address, {
      ...attendee,
      ...(resource === true && { resource }),
      ...(address === organizer && { organizer: true }),
    });
  }
  // Unsure(google): the words; that no more are accepted is documented.
  if (byAddress.size > maxGuests) throw invalidField("Too many attendees.");
  return [...byAddress.values()];
}

function readAttendee(value: unknown): StoredAttendee {
  if (!isObject(value) || value["email"] === undefined || value["email"] === null) {
    throw requiredField("Missing attendee email.");
  }
  const { email, responseStatus, additionalGuests } = value;
  if (typeof email !== "string" || !/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(email.trim())) {
    throw invalidField("Invalid attendee email.");
  }
  const answer = responseStatus ?? "needsAction";
  if (typeof answer !== "string" || !answers.includes(answer)) throw invalidField("Invalid attendee response status.");
  if (
    additionalGuests !== undefined &&
    additionalGuests !== null &&
    !(Number.isInteger(additionalGuests) && Number(additionalGuests) >= 0)
  ) {
    throw invalidField("Invalid number of additional guests.");
  }
  // Whom an attendee is to somebody depends on who looks, and on the event.
  const others = omit(value, "self", "organizer", "email", "responseStatus", "additionalGuests");
  const given = Object.entries(others).filter(([, each]) => each !== null && each !== false);
  return {
    ...Object.fromEntries(given),
    ...(typeof additionalGuests === "number" && additionalGuests > 0 && { additionalGuests }),
    email: email.trim(),
    responseStatus: answer,
  };
}
