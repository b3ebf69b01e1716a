import { invalidField, type EventSpan } from "../../../calendar/event-times.js";
import type { AttendeeInput, EventChanges, EventInput, Reminder } from "../../../calendar/models.js";
import { without } from "../../../core/without.js";
import { requestProperty } from "./map-event.js";
import type { RawAttendee, RawEvent } from "./wire.js";

type Fields = Record<string, unknown>;

/** What a new event says, as Google writes it. @throws RequestError `request.invalid` naming the field */
export function toContent(input: EventInput, span: EventSpan, lines: readonly string[] | undefined): Fields {
  requireTitle(input.title);
  requireProperties(input.properties);
  return {
    summary: input.title,
    ...span,
    ...(input.description !== undefined && { description: input.description }),
    ...(input.location !== undefined && { location: input.location }),
    ...(input.attendees && { attendees: input.attendees.map(toRawAttendee) }),
    ...(lines && { recurrence: lines }),
    ...(input.reminders && { reminders: toReminders(input.reminders) }),
    ...(input.busy === false && { transparency: "transparent" }),
    ...(input.visibility && { visibility: input.visibility }),
    ...(input.status && { status: input.status }),
    ...guestRights(input),
    ...(input.properties && { extendedProperties: { private: input.properties } }),
  };
}

/**
 * An event with changes made to it, but for its times and its recurrence; all else of it stays as it was.
 *
 * @param id - under which a video call is asked for
 * @throws RequestError `request.invalid` naming the field
 */
export function withChanges(current: RawEvent, changes: EventChanges, id: string): RawEvent {
  if (changes.title !== undefined) requireTitle(changes.title);
  requireProperties(changes.properties);
  const { description, location, reminders, busy, visibility, status, properties, conference } = changes;
  const changed: RawEvent = {
    ...current,
    ...(changes.title !== undefined && { summary: changes.title }),
    ...(description !== undefined && { description: description ?? undefined }),
    ...(location !== undefined && { location: location ?? undefined }),
    ...(reminders !== undefined && { reminders: reminders ? toReminders(reminders) : { useDefault: true } }),
    ...(busy !== undefined && defaulted(current, "transparency", busy ? "opaque" : "transparent", "opaque")),
    ...(visibility !== undefined && defaulted(current, "visibility", visibility, "default")),
    ...(status !== undefined && { status }),
    ...guestRights(changes, current),
    ...(properties && { extendedProperties: withProperties(current.extendedProperties, properties) }),
    ...(namesAttendees(changes) && { attendees: withAttendees(current.attendees ?? [], changes) }),
    ...(conference !== undefined && withConference(current, conference, id)),
  };
  return Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)) as RawEvent;
}

/** Whether changes say who is invited. */
export function namesAttendees({ attendees, addAttendees, removeAttendees }: EventChanges): boolean {
  return attendees !== undefined || addAttendees !== undefined || removeAttendees !== undefined;
}

/** Whoever stays keeps the answer, and whatever else is said of them. */
function withAttendees(current: readonly RawAttendee[], changes: EventChanges): RawAttendee[] {
  const known = new Map(current.map((attendee) => [addressOf(attendee), attendee]));
  const kept = changes.attendees ? new Map<string, RawAttendee>() : new Map(known);
  for (const each of [...(changes.attendees ?? []), ...(changes.addAttendees ?? [])]) {
    const wanted = toRawAttendee(each);
    const address = addressOf(wanted);
    const before = kept.get(address) ?? known.get(address);
    kept.set(address, before ? { ...before, ...(typeof each === "object" && named(each)) } : wanted);
  }
  for (const email of changes.removeAttendees ?? []) kept.delete(addressOf({ email }));
  return [...kept.values()];
}

function addressOf({ email = "" }: RawAttendee): string {
  return email.toLowerCase();
}

/** An attendee as Google writes one. @throws RequestError `request.invalid` */
function toRawAttendee(attendee: string | AttendeeInput): RawAttendee {
  const { email, ...facts } = typeof attendee === "string" ? { email: attendee } : attendee;
  if (!/^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+$/.test(email))
    throw invalidField("attendees", "has an entry that is no e-mail address");
  return { email, ...named(facts) };
}

function named({ name, optional }: Partial<AttendeeInput>): Fields {
  return { ...(name !== undefined && { displayName: name }), ...(optional !== undefined && { optional }) };
}

function toReminders(reminders: readonly Reminder[]): Fields {
  const overrides = reminders.map(({ method, minutesBefore }) => ({ method, minutes: minutesBefore }));
  return { useDefault: false, overrides };
}

type Rights = Pick<EventInput, "guestsCanModify" | "guestsCanInvite" | "guestsCanSeeGuests">;

function guestRights(rights: Rights, current: Readonly<Fields> = {}): Fields {
  const { guestsCanModify, guestsCanInvite, guestsCanSeeGuests } = rights;
  return {
    ...(guestsCanModify !== undefined && defaulted(current, "guestsCanModify", guestsCanModify, false)),
    ...(guestsCanInvite !== undefined && defaulted(current, "guestsCanInviteOthers", guestsCanInvite, true)),
    ...(guestsCanSeeGuests !== undefined && defaulted(current, "guestsCanSeeOtherGuests", guestsCanSeeGuests, true)),
  };
}

/** A field that Google leaves out where it is as usual: said only when it is to be something else than it is. */
function defaulted(current: Readonly<Fields>, name: string, wanted: unknown, usual: unknown): Fields {
  return (current[name] ?? usual) === wanted ? {} : { [name]: wanted };
}

function withProperties(
  current: RawEvent["extendedProperties"],
  properties: NonNullable<EventChanges["properties"]>,
): RawEvent["extendedProperties"] {
  const all = Object.entries({ ...current?.private, ...properties });
  const kept = all.filter((entry): entry is [string, string] => entry[1] !== null);
  const others = without(current ?? {}, ["private"]);
  if (kept.length === 0) return Object.keys(others).length === 0 ? undefined : others;
  return { ...others, private: Object.fromEntries(kept) };
}

function withConference(current: RawEvent, conference: boolean, id: string): Fields {
  if (!conference) return { conferenceData: undefined, hangoutLink: undefined };
  return current["conferenceData"] === undefined ? conferenceRequest(id) : {};
}

/** Asks for a video call. @see https://developers.google.com/workspace/calendar/api/guides/create-events#conferencing */
export function conferenceRequest(id: string): Fields {
  const createRequest = { requestId: id, conferenceSolutionKey: { type: "hangoutsMeet" } };
  return { conferenceData: { createRequest } };
}

function requireTitle(title: string): void {
  if (title.trim() === "") throw invalidField("title", "is empty");
}

function requireProperties(properties: Readonly<Record<string, unknown>> | undefined): void {
  if (properties && requestProperty in properties)
    throw invalidField("properties", `has "${requestProperty}", which is kept for this package`);
}
