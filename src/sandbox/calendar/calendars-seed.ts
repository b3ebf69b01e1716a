import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import type { SandboxSeed, SeedCalendar, SeedEvent, SeedUser } from "../seed.js";
import { generatedEvents } from "../lifelike/generated-events.js";
import type { RuleScope } from "./access-rules.js";
import { mainCalendarSettings } from "./calendar-lists.js";
import type { Groups } from "./groups.js";
import { Calendars, type StoredCalendar } from "./calendars.js";
import { isObject, partFields } from "./event-fields.js";
import type { SeedShare } from "./sharing-seed.js";
import { storedAttendees, type SharedEvent } from "./stored-event.js";

/** Makes the calendars of a seed. */
export function createCalendars(options: {
  seed: SandboxSeed;
  users: ReadonlyMap<string, { readonly email: string; readonly name: string }>;
  groups: Groups;
  clock: Clock;
  identifiers: Identifiers;
  /** Writes out the offset of a seed's time. */
  normalize: (time: Record<string, unknown>, calendarZone: string) => Record<string, unknown>;
}): Calendars {
  const { seed, users, normalize } = options;
  const calendars = new Calendars(options, [...users.keys()]);
  for (const user of seed.users) createMain(calendars, user);
  for (const user of seed.users) {
    // A new Workspace shows its people at least when the others are busy.
    const domain: SeedShare = { domain: user.email.split("@")[1] ?? "", role: "freeBusyReader" };
    const main = user.calendars?.find((each) => isMain(each, user));
    shareAsSeeded(calendars, calendars.byAddress(user.email), main?.share ?? [domain]);
    for (const calendar of user.calendars ?? []) if (!isMain(calendar, user)) createOther(calendars, user, calendar);
  }
  for (const user of seed.users) {
    for (const calendar of user.calendars ?? []) {
      const home = calendars.byAddress(isMain(calendar, user) ? user.email : (calendar.id ?? ""));
      if (!home) continue;
      const owner = user.email.toLowerCase();
      for (const event of generatedFor(user, calendar, home, options)) {
        addSeedEvent(calendars, { home, owner }, event, options);
      }
      for (const event of calendar.events ?? []) {
        const zone = home.properties.timeZone;
        const times = { start: normalize(event.start, zone), end: normalize(event.end, zone) };
        addSeedEvent(calendars, { home, owner }, { ...event, ...times }, options);
      }
    }
  }
  return calendars;
}

function generatedFor(
  user: SeedUser,
  calendar: SeedCalendar,
  home: StoredCalendar,
  { seed, users, clock }: { seed: SandboxSeed; users: ReadonlyMap<string, { name: string }>; clock: Clock },
): SeedEvent[] {
  if (!calendar.generatedEvents) return [];
  const address = user.email.toLowerCase();
  const place = seed.users.indexOf(user) * 10 + (user.calendars ?? []).indexOf(calendar);
  return generatedEvents(calendar.generatedEvents, {
    owner: { address, name: users.get(address)?.name ?? address },
    timeZone: home.properties.timeZone,
    seed: (seed.seed ?? 1) * 1000 + place,
    now: clock.now(),
  });
}

function isMain({ id }: SeedCalendar, { email }: SeedUser): boolean {
  return id === undefined || id === "primary" || id.toLowerCase() === email.toLowerCase();
}

function createMain(calendars: Calendars, user: SeedUser): void {
  const owner = user.email.toLowerCase();
  const seed = user.calendars?.find((each) => isMain(each, user)) ?? {};
  const calendar = calendars.create(
    {
      summary: seed.summary ?? owner,
      description: seed.description,
      location: seed.location,
      timeZone: seed.timeZone ?? user.timeZone ?? "UTC",
    },
    { id: owner, primary: true },
  );
  calendars.share(calendar, { type: "user", value: owner }, "owner");
  calendars.lists.set(owner, owner, mainCalendarSettings);
}

/** A calendar that several people name is one; each has the own role in it. */
function createOther(calendars: Calendars, user: SeedUser, seed: SeedCalendar): void {
  const owner = user.email.toLowerCase();
  const { id = "", accessRole = "owner" } = seed;
  const calendar =
    calendars.byAddress(id) ??
    calendars.create(
      {
        summary: seed.summary ?? id,
        description: seed.description,
        location: seed.location,
        timeZone: seed.timeZone ?? user.timeZone ?? "UTC",
      },
      { id, dataOwner: accessRole === "owner" ? owner : undefined },
    );
  calendars.share(calendar, { type: "user", value: owner }, accessRole);
  calendars.lists.set(owner, calendar.id);
  shareAsSeeded(calendars, calendar, seed.share ?? []);
}

function shareAsSeeded(calendars: Calendars, calendar: StoredCalendar | undefined, shares: readonly SeedShare[]): void {
  if (!calendar) return;
  for (const { email, domain, role, listed = true } of shares) {
    const scope: RuleScope =
      email !== undefined
        ? { type: calendars.isGroup(email) ? "group" : "user", value: email }
        : domain !== undefined
          ? { type: "domain", value: domain }
          : { type: "default" };
    calendars.share(calendar, scope, role);
    if (scope.type === "user" && listed) calendars.lists.set(scope.value.toLowerCase(), calendar.id);
  }
}

function addSeedEvent(
  calendars: Calendars,
  { home, owner }: { home: StoredCalendar; owner: string },
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
  const { recurringEventId, originalStartTime, ...others } = fields;
  const series = typeof recurringEventId === "string" ? home.entries.get(recurringEventId)?.shared : undefined;
  const parted = partFields(others);
  const shared: SharedEvent = {
    iCalUID: typeof iCalUID === "string" ? iCalUID : (series?.iCalUID ?? `${eventId}@google.com`),
    organizer: organizerAddress,
    organizerName:
      users.get(organizerAddress)?.name ?? (organizerAddress === home.id ? home.properties.summary : undefined),
    creator: addressOf(creator) ?? (users.has(organizerAddress) ? organizerAddress : owner),
    createdMs: time(created),
    updatedMs: time(updated),
    sequence: typeof sequence === "number" ? sequence : 0,
    status: typeof status === "string" ? status : "confirmed",
    attendees: storedAttendees(attendees, organizerAddress),
    fields: parted.shared,
    series,
    originalStartTime: isObject(originalStartTime) ? originalStartTime : undefined,
    exceptions: new Set(),
    copies: new Map(),
  };
  series?.exceptions.add(shared);
  calendars.distribute(shared, calendars.byAddress(organizerAddress) ?? home, eventId);
  const copy = shared.copies.get(home) ?? calendars.place(shared, home, eventId);
  copy.own = parted.own;
  if (reminders !== undefined) copy.reminders.set(owner, reminders);
}

function addressOf(person: unknown): string | undefined {
  const email: unknown = typeof person === "object" && person !== null ? Reflect.get(person, "email") : undefined;
  return typeof email === "string" ? email.toLowerCase() : undefined;
}
