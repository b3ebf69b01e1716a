import { isDeepStrictEqual } from "node:util";
import type { ApiCall } from "../routes.js";
import { isObject, joinFields, overridable, pick } from "./event-fields.js";
import type { EventInput } from "./event-input.js";
import { notTheOrganizer } from "./event-refusals.js";
import { summaryOf } from "./event-cancel.js";
import { answerToExceptions, inviteToExceptions } from "./event-series.js";
import { copyToChange, type Target } from "./event-target.js";
import type { SendUpdates } from "./mails.js";
import { answerAs, type EventCopy, type StoredAttendee } from "./stored-event.js";

type Fields = Readonly<Record<string, unknown>>;

/** What belongs to the organizer. */
const organizersNames = [
  "summary",
  "description",
  "location",
  "start",
  "end",
  "recurrence",
  "guestsCanModify",
  "guestsCanInviteOthers",
  "guestsCanSeeOtherGuests",
  "anyoneCanAddSelf",
];

/**
 * What a guest may do with an event: answer, invite others where the organizer allows it, and set what is the own copy's.
 *
 * @param sent - what the client named, to tell what it meant to change
 * @throws ApiError 403 for what belongs to the organizer
 */
export function changeAsGuest(
  { world }: ApiCall,
  target: Target,
  { input, sent }: { input: EventInput; sent: Fields },
  sendUpdates: SendUpdates,
): EventCopy {
  const { calendars, calendarMails } = world;
  const address = target.access.calendar.id;
  const added = addedByGuest(target, input, sent);
  requireNothingOfTheOrganizers(target, input, sent);
  const copy = copyToChange(calendars, target);
  const { shared } = copy;
  copy.own = ownFields(copy, input, sent);
  if (input.reminders) copy.reminders.set(target.access.user, input.reminders);
  const answer = answerOf(input, sent, address);
  const before = shared.attendees.find(({ email }) => email.toLowerCase() === address);
  const isNew = answer !== undefined && !isDeepStrictEqual({ ...before, ...answer }, before);
  const hasShared = isObject(sent["extendedProperties"]) && "shared" in sent["extendedProperties"];
  if (hasShared) shared.fields = { ...shared.fields, ...pick(input.parted.shared, ["extendedProperties"]) };
  if (isNew) answerAs(shared, address, answer);
  shared.attendees = [...shared.attendees, ...added];
  if (!isNew && !hasShared && added.length === 0) {
    calendars.touchCopy(copy);
    return copy;
  }
  // Whoever answers to what was taken away has it again.
  if (isNew && answer["responseStatus"] !== "declined") copy.removed = false;
  calendars.markUpdated(shared);
  calendars.distribute(shared, calendars.homeOf(copy), copy.id);
  inviteToExceptions(calendars, copy, { added, removed: [] });
  const content = { from: address, eventId: copy.id, summary: summaryOf(shared) };
  calendarMails.send(
    sendUpdates,
    { ...content, kind: "invitation" },
    added.map(({ email }) => email),
  );
  if (isNew) {
    answerToExceptions(calendars, shared, address, { before: before?.responseStatus, answer });
    const responseStatus = String(answer["responseStatus"]);
    calendarMails.send(sendUpdates, { ...content, kind: "response", responseStatus }, [shared.organizer]);
  }
  return copy;
}

function answerOf(input: EventInput, sent: Fields, address: string): Record<string, unknown> | undefined {
  const mine = Array.isArray(sent["attendees"]) && input.attendees.find(({ email }) => email.toLowerCase() === address);
  return mine ? pick(mine, ["responseStatus", "comment", "additionalGuests"]) : undefined;
}

/** Those whom a guest invites. Unsure(google): that changes of others are passed over, and not refused. */
function addedByGuest({ copy }: Target, input: EventInput, sent: Fields): StoredAttendee[] {
  if (!sent["attendees"]) return [];
  const known = new Set(copy.shared.attendees.map(({ email }) => email.toLowerCase()));
  const added = input.attendees.filter(
    ({ email }) => !known.has(email.toLowerCase()) && email !== copy.shared.organizer,
  );
  if (added.length > 0 && copy.shared.fields["guestsCanInviteOthers"] === false) throw notTheOrganizer();
  return added;
}

function requireNothingOfTheOrganizers({ copy, occurrence }: Target, { parted }: EventInput, sent: Fields): void {
  const fields: Fields = { ...copy.shared.fields, ...(occurrence && { start: occurrence.start, end: occurrence.end }) };
  const names = organizersNames.filter((name) => name in sent && !(name === "recurrence" && occurrence));
  const isSame = (name: string): boolean => isDeepStrictEqual(fields[name], parted.shared[name]);
  if (!names.every(isSame)) throw notTheOrganizer();
}

/** What the guest's copy has for itself: also what it says otherwise than the organizer does. */
function ownFields({ shared, own }: EventCopy, { parted }: EventInput, sent: Fields): Record<string, unknown> {
  const said = joinFields(parted);
  const others = [...overridable].flatMap((name): [string, unknown][] => {
    const usual = name === "visibility" ? "default" : "opaque";
    if (!(name in sent)) return own[name] === undefined ? [] : [[name, own[name]]];
    const wanted = said[name] ?? usual;
    return wanted === (shared.fields[name] ?? usual) ? [] : [[name, wanted]];
  });
  return { ...parted.own, ...Object.fromEntries(others) };
}
