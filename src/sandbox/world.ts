import type { Clock } from "../core/clock.js";
import { requireInstalled } from "../core/packages.js";
import { calendarRules, type CalendarRules } from "./calendar/calendar-rules.js";
import type { Calendars } from "./calendar/calendars.js";
import { createGroups, type Groups } from "./calendar/groups.js";
import { createCalendars } from "./calendar/calendars-seed.js";
import { CalendarMails } from "./calendar/mails.js";
import { Channels } from "./calendar/channels.js";
import { CalendarSettings } from "./calendar/settings.js";
import { SyncTokens } from "./calendar/sync-tokens.js";
import { gmailRules, type GmailRules } from "./gmail/gmail-rules.js";
import { createMailbox } from "./gmail/mailbox-seed.js";
import type { Mailbox } from "./gmail/mailbox.js";
import { Watches } from "./gmail/watches.js";
import { Turns } from "./calendar/turns.js";
import { loadTemporal, withOffset } from "./calendar/time.js";
import { createIdentifiers, type Identifiers } from "./identifiers.js";
import { createAccounts, type Accounts } from "./oauth/accounts.js";
import { Grants } from "./oauth/grants.js";
import { createRegistry, type RegisteredClient, type Registry } from "./oauth/registry.js";
import { checkSeedEvents } from "./seed-events.js";
import type { SandboxSeed, SeedEvent } from "./seed.js";
import { UploadSessions } from "./upload/sessions.js";

/** A person with an account, and what belongs to it. */
export interface SandboxUser {
  readonly email: string;
  readonly name: string;
  readonly subject: string;
  readonly timeZone: string;
  readonly mailbox: Mailbox;
}

/** Everything that the sandbox knows: it changes only through Google's own calls, and through what tests ask for. */
export interface World {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly clients: readonly RegisteredClient[];
  readonly registry: Registry;
  readonly accounts: Accounts;
  readonly users: ReadonlyMap<string, SandboxUser>;
  readonly calendars: Calendars;
  /** Writes of events come one after the other. */
  readonly calendarTurns: Turns;
  /** What Calendar writes to guests and organizers. */
  readonly calendarMails: CalendarMails;
  readonly calendarSettings: CalendarSettings;
  readonly calendar: CalendarRules;
  readonly groups: Groups;
  readonly syncTokens: SyncTokens;
  /** Who is told of changes in calendars. */
  readonly channels: Channels;
  readonly gmail: GmailRules;
  /** Who is told of changes in mailboxes. */
  readonly watches: Watches;
  readonly grants: Grants;
  /** Uploads that arrive in pieces. */
  readonly uploads: UploadSessions;
}

/** Makes a world of its seed. */
export async function createWorld(seed: SandboxSeed, clock: Clock): Promise<World> {
  if (hasSeries(seed)) {
    requireInstalled("A sandbox with recurring events", ["rrule-temporal", "temporal-polyfill"]);
  }
  await checkSeedEvents(seed);
  const identifiers = createIdentifiers(seed.seed ?? 1);
  const gmail = gmailRules(seed.gmail);
  const users = createUsers(seed, { rules: gmail, clock, identifiers });
  const calendar = calendarRules(seed.calendar);
  const groups = createGroups(seed.groups);
  const registry = createRegistry(seed);
  const accounts = createAccounts();
  return {
    clock,
    identifiers,
    users,
    clients: registry.clients,
    registry,
    accounts,
    calendarTurns: new Turns(),
    calendarMails: new CalendarMails(clock, users),
    calendarSettings: new CalendarSettings(seed.users, identifiers),
    calendar,
    groups,
    syncTokens: new SyncTokens(clock, calendar.syncTokenDays),
    channels: new Channels(clock),
    gmail,
    watches: new Watches(clock),
    calendars: createCalendars({ seed, users, groups, clock, identifiers, normalize: await normalizer(seed) }),
    grants: new Grants(clock, identifiers, registry, accounts),
    uploads: new UploadSessions(clock, identifiers),
  };
}

function createUsers(
  seed: SandboxSeed,
  shared: { rules: GmailRules; clock: Clock; identifiers: Identifiers },
): Map<string, SandboxUser> {
  return new Map(
    seed.users.map((user, index): [string, SandboxUser] => {
      const email = user.email.toLowerCase();
      const name = user.name ?? email.split("@")[0] ?? email;
      const seedNumber = (seed.seed ?? 1) * 1000 + index;
      const mailbox = createMailbox({ account: { address: email, name }, seed: user, seedNumber, ...shared });
      const subject = `1000000000000000000${String(index + 1).padStart(2, "0")}`;
      return [email, { email, name, subject, timeZone: user.timeZone ?? "UTC", mailbox }];
    }),
  );
}

/** Temporal is loaded only for a seed that has wall times to be placed in their zones. */
async function normalizer(seed: SandboxSeed): Promise<Parameters<typeof createCalendars>[0]["normalize"]> {
  const hasOffset = (time: Record<string, unknown>): boolean => /(z|[+-]\d{2}:?\d{2})$/i.test(String(time["dateTime"]));
  if (eventsOf(seed).every(({ start, end }) => [start, end].every((time) => "date" in time || hasOffset(time)))) {
    return (time) => time;
  }
  requireInstalled("A sandbox with times without an offset", ["temporal-polyfill"]);
  const Temporal = await loadTemporal();
  return (time, zone) => ({ ...withOffset(Temporal, time, zone) });
}

function hasSeries(seed: SandboxSeed): boolean {
  const generated = seed.users.some(({ calendars = [] }) => calendars.some((each) => each.generatedEvents));
  return generated || eventsOf(seed).some(({ recurrence }) => recurrence !== undefined);
}

function eventsOf(seed: SandboxSeed): SeedEvent[] {
  return seed.users.flatMap(({ calendars = [] }) => calendars.flatMap((calendar) => calendar.events ?? []));
}
