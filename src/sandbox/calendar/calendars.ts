import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import type { SandboxSeed, SeedCalendar, SeedEvent, SeedUser } from "../seed.js";

/** An attendee as Google writes it, less what depends on who looks. */
export interface StoredAttendee {
  email: string;
  responseStatus: string;
  [field: string]: unknown;
}

/** What all copies of an event have in common. */
export interface SharedEvent {
  readonly id: string;
  readonly iCalUID: string;
  /** Address of the person or calendar that organizes it. */
  readonly organizer: string;
  readonly organizerName: string | undefined;
  readonly creator: string;
  readonly createdMs: number;
  updatedMs: number;
  sequence: number;
  status: string;
  attendees: StoredAttendee[];
  /** Everything else, as Google writes it. */
  fields: Record<string, unknown>;
  /** Of an occurrence that differs from its series. */
  readonly recurringEventId: string | undefined;
  readonly originalStartTime: Record<string, unknown> | undefined;
}

/** An event in one calendar. */
export interface EventCopy {
  readonly shared: SharedEvent;
  etag: number;
  /** What only this calendar's owner sees and sets. */
  own: Record<string, unknown>;
  removed: boolean;
}

/** A calendar and its copies of events, by event id. */
export interface StoredCalendar {
  readonly id: string;
  readonly owner: string;
  readonly summary: string;
  readonly timeZone: string;
  readonly accessRole: string;
  readonly primary: boolean;
  readonly entries: Map<string, EventCopy>;
}

/** All calendars of all people. */
export interface Calendars {
  /** A person's own calendars, the main one first. */
  of(user: string): StoredCalendar[];
  /** A person's calendar by id, `primary` or address. */
  find(user: string, calendarId: string): StoredCalendar | undefined;
  primaryOf(address: string): StoredCalendar | undefined;
  /** Puts an event into its organizer's calendar and a copy into each guest's; takes it from those no longer invited. */
  distribute(shared: SharedEvent, home: StoredCalendar): void;
  /** Every copy of an event, in whichever calendar. */
  copies(eventId: string): { calendar: StoredCalendar; copy: EventCopy }[];
  newEtag(): number;
}

/** Makes the calendars of a seed. */
export function createCalendars(options: {
  seed: SandboxSeed;
  users: ReadonlyMap<string, { readonly email: string; readonly name: string }>;
  clock: Clock;
  identifiers: Identifiers;
  /** Writes out the offset of a seed's time. */
  normalize: (time: Record<string, unknown>, calendarZone: string) => Record<string, unknown>;
}): Calendars {
  const { seed, users, clock, identifiers, normalize } = options;
  const all = seed.users.flatMap((user) => calendarsOf(user, identifiers));
  const newEtag = (): number => identifiers.next() * 1_000_000;
  const calendars: Calendars = {
    of: (user) => all.filter(({ owner }) => owner === user).sort((a, b) => Number(b.primary) - Number(a.primary)),
    find: (user, id) =>
      all.find((calendar) => calendar.owner === user && (calendar.id === id || (id === "primary" && calendar.primary))),
    primaryOf: (address) => all.find(({ primary, id }) => primary && id === address.toLowerCase()),
    copies: (eventId) =>
      all.flatMap((calendar) => {
        const copy = calendar.entries.get(eventId);
        return copy ? [{ calendar, copy }] : [];
      }),
    newEtag,
    distribute(shared, home) {
      const guests = shared.attendees.flatMap(({ email }) => calendars.primaryOf(email) ?? []);
      const homes = new Set([home, ...guests]);
      for (const calendar of homes) {
        const copy = calendar.entries.get(shared.id);
        if (copy) copy.etag = newEtag();
        else calendar.entries.set(shared.id, { shared, etag: newEtag(), own: {}, removed: false });
      }
      for (const { calendar, copy } of calendars.copies(shared.id)) if (!homes.has(calendar)) copy.removed = true;
    },
  };
  for (const user of seed.users) {
    for (const calendar of user.calendars ?? []) {
      const home = calendars.find(user.email.toLowerCase(), calendar.id ?? "primary");
      if (!home) continue;
      for (const event of calendar.events ?? []) {
        const times = { start: normalize(event.start, home.timeZone), end: normalize(event.end, home.timeZone) };
        addSeedEvent(calendars, home, { ...event, ...times }, { users, clock, identifiers });
      }
    }
  }
  return calendars;
}

function calendarsOf(user: SeedUser, identifiers: Identifiers): StoredCalendar[] {
  const owner = user.email.toLowerCase();
  const zone = user.timeZone ?? "UTC";
  const given: SeedCalendar[] = user.calendars ?? [];
  const hasPrimary = given.some(({ id }) => id === undefined || id === "primary" || id === owner);
  return [...(hasPrimary ? [] : [{}]), ...given].map((calendar: SeedCalendar) => {
    const primary = calendar.id === undefined || calendar.id === "primary" || calendar.id === owner;
    return {
      id: primary ? owner : (calendar.id ?? `${identifiers.hex()}@group.calendar.google.com`),
      owner,
      summary: calendar.summary ?? owner,
      timeZone: calendar.timeZone ?? zone,
      accessRole: calendar.accessRole ?? "owner",
      primary,
      entries: new Map(),
    };
  });
}

function addSeedEvent(
  calendars: Calendars,
  home: StoredCalendar,
  event: SeedEvent,
  {
    users,
    clock,
    identifiers,
  }: {
    users: ReadonlyMap<string, { readonly name: string }>;
    clock: Clock;
    identifiers: Identifiers;
  },
): void {
  const { id, iCalUID, organizer, creator, attendees, status, created, updated, reminders, sequence, ...fields } =
    event;
  const organizerAddress = addressOf(organizer) ?? home.id;
  const eventId = typeof id === "string" ? id : identifiers.base32();
  const now = clock.now();
  const time = (value: unknown): number => (typeof value === "string" ? Date.parse(value) : now - 86_400_000);
  const shared: SharedEvent = {
    id: eventId,
    iCalUID: typeof iCalUID === "string" ? iCalUID : `${eventId}@google.com`,
    organizer: organizerAddress,
    organizerName: users.get(organizerAddress)?.name ?? (organizerAddress === home.id ? home.summary : undefined),
    creator: addressOf(creator) ?? (users.has(organizerAddress) ? organizerAddress : home.owner),
    createdMs: time(created),
    updatedMs: time(updated),
    sequence: typeof sequence === "number" ? sequence : 0,
    status: typeof status === "string" ? status : "confirmed",
    attendees: storedAttendees(attendees, organizerAddress),
    fields,
    recurringEventId: undefined,
    originalStartTime: undefined,
  };
  calendars.distribute(shared, calendars.primaryOf(organizerAddress) ?? home);
  if (!home.entries.has(eventId)) calendars.distribute(shared, home);
  const copy = home.entries.get(eventId);
  if (copy && reminders !== undefined) copy.own = { ...copy.own, reminders };
}

/** Attendees as they are kept: an answer each, and the organizer known among them. */
export function storedAttendees(value: unknown, organizer: string): StoredAttendee[] {
  const given: unknown[] = Array.isArray(value) ? value : [];
  return given.flatMap((each) => {
    if (typeof each !== "object" || each === null || !("email" in each) || typeof each.email !== "string") return [];
    const attendee: Record<string, unknown> & { email: string } = { ...each, email: each.email };
    delete attendee["self"]; // depends on who looks
    const responseStatus = typeof attendee["responseStatus"] === "string" ? attendee["responseStatus"] : "needsAction";
    const organizes = attendee.email.toLowerCase() === organizer;
    return [{ ...attendee, ...(organizes && { organizer: true }), responseStatus }];
  });
}

function addressOf(person: unknown): string | undefined {
  const email: unknown = typeof person === "object" && person !== null ? Reflect.get(person, "email") : undefined;
  return typeof email === "string" ? email.toLowerCase() : undefined;
}
