import { isDeepStrictEqual } from "node:util";
import type { ApiCall } from "../routes.js";
import { summaryOf } from "./event-cancel.js";
import { pick } from "./event-fields.js";
import type { EventInput } from "./event-input.js";
import { invalidField } from "./event-refusals.js";
import { dropLostExceptions, inviteToExceptions } from "./event-series.js";
import { requireGmailsOwn } from "./event-types.js";
import { copyToChange, type Target } from "./event-target.js";
import { writableNames } from "./input-fields.js";
import { guestsOf, type SendUpdates } from "./mails.js";
import type { EventCopy, SharedEvent, StoredAttendee } from "./stored-event.js";
import { restrictSeries } from "./visibility.js";

/** Makes an event what its organizer wants, in all calendars. @throws ApiError 400 for an old sequence number */
export async function changeForAll(
  { world }: ApiCall,
  target: Target,
  input: EventInput,
  sendUpdates: SendUpdates,
): Promise<EventCopy> {
  requireSequence(target.copy.shared, input);
  const written = pick(target.copy.shared.fields, writableNames);
  if (!target.occurrence) requireGmailsOwn(written, input.parted.shared);
  const { calendars, calendarMails } = world;
  const copy = copyToChange(calendars, target);
  const { shared } = copy;
  const before = { ...shared };
  const kept = Object.entries(shared.fields).filter(([name]) => !writableNames.has(name));
  shared.fields = restrictSeries(calendars, shared, { ...Object.fromEntries(kept), ...input.parted.shared });
  copy.own = input.parted.own;
  shared.attendees = input.attendees;
  shared.status = input.status ?? (before.status === "cancelled" ? "cancelled" : "confirmed");
  shared.sequence = nextSequence(before, shared, input);
  if (input.reminders) copy.reminders.set(target.access.user, input.reminders);
  const changed = changesOf(before, shared);
  const isMoreThanReminders = changed.fields || changed.added.length > 0 || changed.removed.length > 0;
  if (isMoreThanReminders || before.status !== shared.status || changed.answers) {
    calendars.markUpdated(shared);
  }
  invite(shared, changed.added);
  calendars.distribute(shared, calendars.homeOf(copy), copy.id);
  inviteToExceptions(calendars, copy, changed);
  if (changed.times) await dropLostExceptions(calendars, copy);
  const content = { from: target.access.calendar.id, eventId: copy.id, summary: summaryOf(shared) };
  const guests = (attendees: readonly StoredAttendee[]): string[] => guestsOf(attendees, content.from);
  calendarMails.send(sendUpdates, { ...content, kind: "invitation" }, guests(changed.added));
  calendarMails.send(sendUpdates, { ...content, kind: "cancellation" }, guests(changed.removed));
  if (changed.fields) calendarMails.send(sendUpdates, { ...content, kind: "update" }, guests(changed.kept));
  return copy;
}

/** Who is invited anew sees the event again. */
function invite(shared: SharedEvent, added: readonly StoredAttendee[]): void {
  const addresses = new Set(added.map(({ email }) => email.toLowerCase()));
  for (const [calendar, copy] of shared.copies) if (addresses.has(calendar.id.toLowerCase())) copy.removed = false;
}

interface Changes {
  readonly fields: boolean;
  readonly times: boolean;
  readonly answers: boolean;
  readonly added: readonly StoredAttendee[];
  readonly removed: readonly StoredAttendee[];
  readonly kept: readonly StoredAttendee[];
}

function changesOf(before: SharedEvent, after: SharedEvent): Changes {
  const addressesOf = (attendees: readonly StoredAttendee[]): Set<string> =>
    new Set(attendees.map(({ email }) => email.toLowerCase()));
  const [had, has] = [addressesOf(before.attendees), addressesOf(after.attendees)];
  return {
    fields: !isDeepStrictEqual(before.fields, after.fields),
    times: !isDeepStrictEqual(timesOf(before), timesOf(after)),
    answers: !isDeepStrictEqual(before.attendees, after.attendees),
    added: after.attendees.filter(({ email }) => !had.has(email.toLowerCase())),
    removed: before.attendees.filter(({ email }) => !has.has(email.toLowerCase())),
    kept: after.attendees.filter(({ email }) => had.has(email.toLowerCase())),
  };
}

function timesOf({ fields }: SharedEvent): unknown[] {
  return [fields["start"], fields["end"], fields["recurrence"]];
}

function requireSequence({ sequence }: SharedEvent, input: EventInput): void {
  if (input.sequence === undefined || input.sequence >= sequence) return;
  throw invalidField(
    "Invalid sequence value. The specified sequence number is below the current sequence number of the resource. Re-fetch the resource and use its sequence number on the following request.",
  );
}

/** A change of times counts the sequence up, unless the client did. @see https://www.rfc-editor.org/rfc/rfc5545#section-3.8.7.4 */
function nextSequence(before: SharedEvent, after: SharedEvent, input: EventInput): number {
  const given = Math.max(before.sequence, input.sequence ?? 0);
  if (given > before.sequence) return given;
  return isDeepStrictEqual(timesOf(before), timesOf(after)) ? given : given + 1;
}
