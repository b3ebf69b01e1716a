import type {
  Attendee,
  CalendarInfo,
  ConflictInfo,
  Event,
  EventChange,
  PermissionInfo,
} from "../../calendar/models.js";
import { htmlOrText } from "../untrusted/visible.js";
import type { DigestContext } from "./digest-context.js";
import type { Item } from "./digest.js";
import { shownAttendee, shownPerson } from "./people.js";
import { idsOf, itemOf, looksLikeId, onlyTrue, type MaybeFacts } from "./trust.js";

/** Who of a larger event is named in a list. */
const mostNames = 5;

/** An event as a list shows it. */
export function listedEvent(event: Event, context: DigestContext): Item {
  const { title, location, organizer, attendees } = event;
  return itemOf(eventFacts(event, context), {
    ...{ title, location },
    organizer: organizer.self ? undefined : shownPerson(organizer),
    attendees: others(attendees)
      .slice(0, mostNames)
      .map(({ name, email }) => (name ?? "") || email)
      .join(", "),
  });
}

/** An event with all that there is to know of it. */
export async function wholeEvent(event: Event, context: DigestContext): Promise<Item> {
  const { title, location, organizer, attendees, recurrence, conferenceUrl, reminders = [], visibility } = event;
  const { text, hidden } = await htmlOrText(event.description ?? "");
  return itemOf(
    {
      ...eventFacts(event, context),
      visibility: visibility === "default" ? undefined : visibility,
      attendeesOmitted: onlyTrue(event.attendeesOmitted),
      guestsCanModify: onlyTrue(event.guestsCanModify),
      guestsCanInvite: event.guestsCanInvite ? undefined : false,
      guestsCanSeeGuests: event.guestsCanSeeGuests ? undefined : false,
      reminders: reminders.map(({ method, minutesBefore }) => `${method} ${minutesBefore} minutes before`),
      version: event.version,
    },
    {
      ...{ title, location, organizer: organizer.self ? undefined : shownPerson(organizer) },
      attendees: attendees.map(shownAttendee).join("; "),
      ...{ conference: conferenceUrl, recurrence: recurrence?.lines.join("; ") },
    },
    { text, hidden },
  );
}

/** What happened to an event. */
export function changedEvent(change: EventChange, context: DigestContext): Item {
  const { times } = context;
  if (change.type === "removed") {
    const { type, id, calendarId, seriesId, originalStart } = change;
    const original = originalStart && times.eventTime(originalStart);
    return itemOf({ type, id, calendarId: calendarFact(calendarId, context), seriesId, original });
  }
  const { facts, ...outside } = listedEvent(change.event, context);
  return { facts: { type: change.type, ...facts }, ...outside };
}

/** A calendar. */
export function listedCalendar({ id, name, description, ...calendar }: CalendarInfo): Item {
  const { timeZone, accessRole, primary, selected } = calendar;
  const facts = { id, timeZone, accessRole, primary: onlyTrue(primary), selected: onlyTrue(selected) };
  return itemOf(facts, { name: name === id ? undefined : name, description });
}

/** What an event's time clashes with. */
export function listedConflict(conflict: ConflictInfo, context: DigestContext): Item {
  const { kind, start, end, event, attendee, similarity, message } = conflict;
  const { times } = context;
  const overlap = start === undefined || end === undefined ? undefined : times.span(start, end);
  const isPerson = attendee !== undefined && looksLikeId(attendee);
  return itemOf(
    {
      ...{ kind, overlap, id: event?.id, calendarId: event && calendarFact(event.calendarId, context) },
      ...{
        when: event && times.eventSpan(event.start, event.end),
        attendee: isPerson ? attendee : undefined,
        similarity,
      },
    },
    {
      ...{ title: event?.title, attendee: isPerson ? undefined : attendee },
      // What it says is told by the facts, but for why somebody's time is not known.
      message: kind === "unreadable" ? message : undefined,
    },
  );
}

/** What this account may do with an event. */
export function permissionItem(permissions: PermissionInfo): Item {
  const { role, calendarRole, organizer, editors, reasons } = permissions;
  const { ids, others: unclear } = idsOf(editors);
  const abilities = [
    ["edit", permissions.canEdit],
    ["delete", permissions.canDelete],
    ["move", permissions.canMove],
    ["invite", permissions.canInvite],
    ["respond", permissions.canRespond],
    ["see attendees", permissions.canSeeAttendees],
  ] as const;
  return itemOf(
    {
      ...{ role, calendarRole, organizer: organizer.self ? "me" : undefined },
      can: abilities.filter(([, can]) => can).map(([name]) => name),
      cannot: abilities.filter(([, can]) => !can).map(([name]) => name),
      editors: ids,
    },
    // The reasons name the organizer.
    { organizer: organizer.self ? undefined : shownPerson(organizer), editors: unclear, reasons: reasons.join(" ") },
  );
}

function eventFacts(event: Event, context: DigestContext): MaybeFacts {
  const { id, calendarId, start, end, status, busy, organizer, attendees, seriesId, recurrence, nextOccurrence } =
    event;
  const { times } = context;
  const original = event.originalStart && times.eventTime(event.originalStart);
  return {
    ...{ id, calendarId: calendarFact(calendarId, context), when: times.eventSpan(start, end) },
    eventTimeZone: start.timeZone === times.timeZone ? undefined : start.timeZone,
    originally: original === times.eventTime(start) ? undefined : original,
    next: nextOccurrence && times.eventSpan(nextOccurrence.start, nextOccurrence.end),
    myAnswer: event.myResponse,
    organizer: organizer.self && attendees.length > 0 ? "me" : undefined,
    status: status === "confirmed" ? undefined : status,
    free: onlyTrue(!busy),
    ...{ repeats: onlyTrue(recurrence !== undefined), seriesId, attendees: attendees.length || undefined },
  };
}

/** A calendar's id, unless it is the main one's, which needs not be named. */
function calendarFact(calendarId: string, { account }: DigestContext): string | undefined {
  const isMain = calendarId === "primary" || calendarId.toLowerCase() === account?.toLowerCase();
  return isMain ? undefined : calendarId;
}

function others(attendees: readonly Attendee[]): Attendee[] {
  return attendees.filter(({ self }) => !self);
}
