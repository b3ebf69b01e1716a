import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import { AccessRules, type AccessRole, type AccessRule, type RuleScope } from "./access-rules.js";
import { CalendarLists } from "./calendar-lists.js";
import { EventStore } from "./event-store.js";
import type { Groups } from "./groups.js";
import { isPrivateCopy, type EventCopy, type SharedEvent } from "./stored-event.js";

/** What a calendar says about itself. @see https://developers.google.com/workspace/calendar/api/v3/reference/calendars */
export interface CalendarProperties {
  readonly summary: string;
  readonly description: string | undefined;
  readonly location: string | undefined;
  readonly timeZone: string;
}

/** A calendar, which exists once for all who may see it. */
export interface StoredCalendar {
  readonly id: string;
  /** Whether it is somebody's main calendar, whose id is the address. */
  readonly primary: boolean;
  /** Who made it; nobody of this world for a calendar from elsewhere. */
  readonly dataOwner: string | undefined;
  /** The project whose application made it. */
  readonly madeBy: string | undefined;
  properties: CalendarProperties;
  /** When its properties were changed, as a growing number. */
  change: number;
  readonly rules: AccessRules;
  /** Its copies of events. */
  readonly entries: EventStore;
}

/** A calendar as one person may use it. */
export interface CalendarAccess {
  readonly calendar: StoredCalendar;
  readonly user: string;
  /** At least `freeBusyReader`. */
  readonly role: AccessRole;
}

/** All calendars of all people. */
export class Calendars {
  readonly lists: CalendarLists;
  readonly #identifiers: Identifiers;
  readonly #groups: Groups;
  readonly #clock: Clock;
  readonly #users: readonly string[];
  readonly #byId = new Map<string, StoredCalendar>();

  /** @param users - the addresses of all who have an account */
  constructor(
    { identifiers, clock, groups }: { identifiers: Identifiers; clock: Clock; groups: Groups },
    users: readonly string[],
  ) {
    this.#identifiers = identifiers;
    this.#clock = clock;
    this.#users = users;
    this.#groups = groups;
    this.lists = new CalendarLists(() => identifiers.next());
  }

  /** A calendar by its id or, for the main one, `primary`, when the person may at least see when it is busy. */
  access(user: string, calendarId: string): CalendarAccess | undefined {
    const calendar = this.byAddress(calendarId === "primary" ? user : calendarId);
    const role = calendar?.rules.roleOf(user) ?? "none";
    return calendar && role !== "none" ? { calendar, user, role } : undefined;
  }

  /** The calendar that an invitation to an address reaches: every calendar's id is an address. */
  byAddress(address: string): StoredCalendar | undefined {
    return this.#byId.get(address) ?? this.#byId.get(address.toLowerCase());
  }

  isGroup(address: string): boolean {
    return this.#groups.has(address.toLowerCase());
  }

  /** Makes a calendar that nobody has access to yet. Without an id it gets one. */
  create(
    properties: CalendarProperties,
    {
      id,
      primary = false,
      dataOwner,
      madeBy,
    }: Partial<Pick<StoredCalendar, "id" | "primary" | "dataOwner" | "madeBy">> = {},
  ): StoredCalendar {
    const calendar: StoredCalendar = {
      id: id ?? `c_${this.#identifiers.hex()}@group.calendar.google.com`,
      primary,
      dataOwner,
      madeBy,
      properties,
      change: this.#identifiers.next(),
      rules: new AccessRules(this.#groups),
      entries: new EventStore(),
    };
    this.#byId.set(calendar.id, calendar);
    return calendar;
  }

  /** Changes what a calendar says about itself, and with it what everybody's list shows. */
  describe(calendar: StoredCalendar, properties: Partial<CalendarProperties>): void {
    calendar.properties = { ...calendar.properties, ...properties };
    calendar.change = this.#identifiers.next();
    this.lists.touch(calendar.id);
  }

  /** Cancels all that a calendar organizes, in all calendars, and takes away all else that is in it. */
  clear(calendar: StoredCalendar): void {
    for (const copy of calendar.entries.values()) {
      const { shared } = copy;
      if (shared.organizer === calendar.id) shared.status = "cancelled";
      else copy.removed = true;
      this.markUpdated(shared);
      this.touch(shared);
    }
  }

  /** Ends a calendar for everybody. */
  remove(calendar: StoredCalendar): void {
    this.clear(calendar);
    this.#byId.delete(calendar.id);
    for (const user of this.#users) this.lists.remove(user, calendar.id);
  }

  /** Sets what somebody may do; with `none`, takes it back. Who may do nothing any more has it no longer in the list. */
  share(calendar: StoredCalendar, scope: RuleScope, role: AccessRole): AccessRule {
    const before = this.#users.map((user) => [user, calendar.rules.roleOf(user)] as const);
    const rule = calendar.rules.set(scope, role, this.#identifiers.next());
    for (const [user, had] of before) {
      const has = calendar.rules.roleOf(user);
      if (has === "none") this.lists.remove(user, calendar.id);
      else if (has !== had) this.lists.touch(calendar.id, [user]);
    }
    return rule;
  }

  /**
   * Puts an event into its organizer's calendar and a copy into each guest's, and takes it from those who are no longer
   * invited. Everybody's copy has changed then.
   *
   * @param id - of a new copy
   */
  distribute(shared: SharedEvent, home: StoredCalendar, id: string): void {
    const invited = isPrivateCopy(shared) ? [] : shared.attendees.flatMap(({ email }) => this.#reachedBy(email));
    const homes = new Set([home, ...invited]);
    for (const calendar of homes) {
      if (!shared.copies.has(calendar)) this.place(shared, calendar, id);
    }
    for (const [calendar, copy] of shared.copies) if (!homes.has(calendar)) copy.removed = true;
    this.touch(shared);
  }

  /** The calendars that an invitation reaches. Unsure(google): the members of a group are no attendees until they answer. */
  #reachedBy(address: string): StoredCalendar[] {
    const members = this.#groups.get(address.toLowerCase()) ?? [];
    return [address, ...members].flatMap((each) => this.byAddress(each) ?? []);
  }

  /** The calendar that an event belongs to: its organizer's, or the one it is in when nobody here organizes it. */
  homeOf({ shared, calendar }: EventCopy): StoredCalendar {
    const home = this.byAddress(shared.organizer);
    return home && shared.copies.has(home) ? home : calendar;
  }

  /** Everybody's copy of an event has changed. */
  touch(shared: SharedEvent): void {
    for (const copy of shared.copies.values()) this.touchCopy(copy);
  }

  /** Notes that what all see has changed just now. */
  markUpdated(shared: SharedEvent): void {
    shared.updatedMs = Math.max(shared.updatedMs + 1, this.#clock.now());
  }

  /** One copy has changed. */
  touchCopy(copy: EventCopy): void {
    copy.calendar.entries.touch(copy, this.newEtag());
  }

  /** Puts a copy of an event into a calendar. */
  place(shared: SharedEvent, calendar: StoredCalendar, id: string): EventCopy {
    // Unsure(google): what a guest's copy is called when the guest has another event with that id.
    const free = calendar.entries.has(id) ? this.#identifiers.base32() : id;
    const etag = this.newEtag();
    const copy = { id: free, calendar, shared, etag, own: {}, reminders: new Map(), removed: false };
    calendar.entries.put(copy);
    shared.copies.set(calendar, copy);
    return copy;
  }

  newEtag(): number {
    return this.#identifiers.next() * 1_000_000;
  }
}
