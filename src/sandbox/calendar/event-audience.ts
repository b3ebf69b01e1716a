import type { CalendarAccess } from "./calendars.js";
import { joinFields, omit } from "./event-fields.js";
import type { EventCopy, StoredAttendee } from "./stored-event.js";

/** The fields of a copy that somebody is shown: where it came from is for who made it. */
export function fieldsFor({ shared, own }: EventCopy, { user }: CalendarAccess): Record<string, unknown> {
  const fields = joinFields({ shared: shared.fields, own });
  return shared.creator === user ? fields : omit(fields, "source");
}

/**
 * The attendees that a copy shows: a guest's shows the guest alone where the organizer wishes it. Unsure(google): whether
 * `attendeesOmitted` says so.
 */
export function attendeesFor({ shared, calendar }: EventCopy): StoredAttendee[] {
  const hidden = shared.fields["guestsCanSeeOtherGuests"] === false && shared.organizer !== calendar.id;
  return hidden ? shared.attendees.filter(({ email }) => email.toLowerCase() === calendar.id) : shared.attendees;
}
