import { isDeepStrictEqual } from "node:util";
import { integrationError } from "maigic-integrations";
import {
  changedSpan,
  invalidField,
  readEventSpan,
  requireRecurrence,
  shiftSeries,
  type AttendeeInput,
  type EventChanges,
  type EventInput,
  type EventSpan,
} from "maigic-integrations/calendar";
import type { MemoryService } from "./service.js";
import type { Guest, Stored } from "./store.js";

/** A new event. @throws RequestError `request.invalid` naming the field */
export async function newEvent(
  { account: { time, clock }, zone }: MemoryService,
  input: EventInput,
  ids: Pick<Stored, "id" | "uid" | "calendarId" | "request">,
): Promise<Stored> {
  requireTitle(input.title);
  const span = readEventSpan(time, input, input.timeZone ?? zone);
  const lines = input.recurrence && (await requireRecurrence(time, { ...span, lines: input.recurrence.lines }));
  return {
    ...{ ...ids, span, lines, title: input.title, description: input.description, location: input.location },
    ...{ status: input.status ?? "confirmed", busy: input.busy ?? true, visibility: input.visibility ?? "default" },
    guests: (input.attendees ?? []).map((each) => toGuest(each)),
    guestsCanModify: input.guestsCanModify ?? false,
    guestsCanInvite: input.guestsCanInvite ?? true,
    guestsCanSeeGuests: input.guestsCanSeeGuests ?? true,
    ...{ reminders: input.reminders && [...input.reminders], properties: input.properties },
    ...{ createdMs: clock.now(), updatedMs: clock.now(), version: 0 },
  };
}

/** When an event is after changes. */
export function spanAfter(
  { account: { time }, zone }: MemoryService,
  { span }: Stored,
  changes: EventChanges,
): EventSpan {
  return changedSpan(time, span, changes, span.start.timeZone ?? zone) ?? span;
}

/** The same event with changes, at another time. @throws RequestError `request.invalid` naming the field */
export async function withChanges(
  { account: { time } }: MemoryService,
  stored: Stored,
  changes: EventChanges,
  span: EventSpan,
): Promise<Stored> {
  if (changes.title !== undefined) requireTitle(changes.title);
  if (changes.conference === true) throw integrationError("request.unsupported");
  const { recurrence, properties } = changes;
  const moved = stored.lines && shiftSeries(time, { ...stored.span, lines: [...stored.lines] }, span);
  const given = recurrence && (await requireRecurrence(time, { ...span, lines: recurrence.lines }));
  const kept = Object.entries({ ...stored.properties, ...properties }).filter(([, value]) => value !== null);
  return {
    ...stored,
    ...plainChanges(changes),
    span,
    lines: recurrence === undefined ? moved : (given ?? undefined),
    guests: guestsAfter(stored.guests, changes),
    properties: properties ? (Object.fromEntries(kept) as Record<string, string>) : stored.properties,
  };
}

/** @throws RequestError `request.conflict` when what changes name is not any more what they were made from */
export function requireCompatible(base: Stored, now: Stored, changes: EventChanges): void {
  const { start, end, durationMinutes, recurrence, properties = {}, attendees } = changes;
  const theirs = (stored: Stored): unknown[] => [
    ...plainNames.filter((name) => changes[name] !== undefined).map((name) => stored[name]),
    (start ?? end ?? durationMinutes ?? recurrence) === undefined || [stored.span, stored.lines],
    Object.keys(properties).map((name) => stored.properties?.[name]),
    attendees === undefined || stored.guests.map(({ email }) => email),
  ];
  if (isDeepStrictEqual(theirs(base), theirs(now))) return;
  throw integrationError("request.conflict", { details: { theirs: now, yours: changes } });
}

const plainNames = [
  ...(["title", "description", "location", "busy", "status", "visibility", "reminders"] as const),
  ...(["guestsCanModify", "guestsCanInvite", "guestsCanSeeGuests"] as const),
];

/** An exception after its series changed: what it has for itself stays, unless it is the one that is named. */
export function inherited(exception: Stored, before: Stored, after: Stored, isNamed: boolean): Stored {
  const names = [...plainNames, "guests" as const, "properties" as const];
  const isSaid = (name: (typeof names)[number]): boolean => isNamed && !isDeepStrictEqual(before[name], after[name]);
  const shared = names.filter((name) => isSaid(name) || isDeepStrictEqual(exception[name], before[name]));
  return { ...exception, ...Object.fromEntries(shared.map((name) => [name, after[name]])) };
}

function plainChanges(changes: EventChanges): Partial<Stored> {
  const named = plainNames.filter((name) => changes[name] !== undefined);
  return Object.fromEntries(named.map((name) => [name, changes[name] ?? undefined]));
}

function guestsAfter(before: readonly Guest[], changes: EventChanges): Guest[] {
  const known = new Map(before.map((guest) => [guest.email.toLowerCase(), guest]));
  const after = changes.attendees ? new Map<string, Guest>() : new Map(known);
  for (const each of [...(changes.attendees ?? []), ...(changes.addAttendees ?? [])]) {
    const key = (typeof each === "string" ? each : each.email).toLowerCase();
    after.set(key, toGuest(each, after.get(key) ?? known.get(key)));
  }
  for (const address of changes.removeAttendees ?? []) after.delete(address.toLowerCase());
  return [...after.values()];
}

function toGuest(given: string | AttendeeInput, known?: Guest): Guest {
  const { email, ...facts }: AttendeeInput = typeof given === "string" ? { email: given } : given;
  if (!/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(email)) throw invalidField("attendees", "has an entry that is no address");
  return { optional: false, response: "needsAction", email, ...known, ...facts };
}

function requireTitle(title: string): void {
  if (title.trim() === "") throw invalidField("title", "is empty");
}
