import { integrationError } from "maigic-integrations";
import type { CalendarInfo, Event, EventMoment, EventSpan, ResponseStatus } from "maigic-integrations/calendar";

/** Somebody invited, as this service keeps it. */
export interface Guest {
  readonly email: string;
  readonly name?: string | undefined;
  readonly optional: boolean;
  readonly response: ResponseStatus;
  readonly comment?: string | undefined;
}

type Shared = Pick<
  Event,
  "title" | "busy" | "status" | "visibility" | "guestsCanModify" | "guestsCanInvite" | "guestsCanSeeGuests"
>;

/** An event as this service keeps it: once for everybody. */
export interface Stored extends Readonly<Shared> {
  readonly id: string;
  readonly uid: string;
  /** The calendar that organizes it; who is invited sees it in their main one. */
  readonly calendarId: string;
  readonly span: EventSpan;
  readonly description?: string | undefined;
  readonly location?: string | undefined;
  readonly lines?: readonly string[] | undefined;
  readonly guests: readonly Guest[];
  readonly reminders?: Event["reminders"] | undefined;
  readonly properties?: Readonly<Record<string, string>> | undefined;
  /** Of an occurrence that differs: its series, and when that would have had it. */
  readonly seriesId?: string | undefined;
  readonly original?: EventMoment | undefined;
  /** What the idempotency key that made it was used with. */
  readonly request?: string | undefined;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly version: number;
}

/** A calendar; a person's main one has their address for an id. */
export interface MemoryCalendar extends Pick<CalendarInfo, "id" | "name" | "primary"> {
  readonly owner: string;
  readonly readers?: readonly string[];
  /** Not even when it is busy is shown to others. */
  readonly closed?: boolean;
}

/** What a write leaves behind: events by id, or undefined for those that go. */
export type Writes = ReadonlyMap<string, Stored | undefined>;

/** All calendars and events of the service. */
export class MemoryStore {
  readonly calendars: readonly MemoryCalendar[];
  readonly events: Map<string, Stored> = new Map();
  /** Events that are gone, for those who try to make them again. */
  readonly gone: Set<string> = new Set();
  readonly mails: { to: string; text: string }[] = [];
  #log: { at: number; id: string; calendarIds: string[]; last: Stored }[] = [];
  #state = 0;
  #forgotten = 0;

  constructor(calendars: readonly MemoryCalendar[]) {
    this.calendars = calendars;
  }

  /** What somebody may do with a calendar. @throws RequestError `request.not_found` for one that they may not see */
  access(calendarId: string, address: string): { calendar: MemoryCalendar; role: "owner" | "reader" } {
    const calendar = this.calendars.find(({ id }) => id === calendarId);
    if (calendar?.owner === address) return { calendar, role: "owner" };
    if (calendar?.readers?.includes(address)) return { calendar, role: "reader" };
    throw integrationError("request.not_found", { message: `There is no calendar "${calendarId}".` });
  }

  ownerOf(calendarId: string): string {
    return this.calendars.find(({ id }) => id === calendarId)?.owner ?? calendarId;
  }

  /** Single events, series, and occurrences that differ. */
  inCalendar(calendarId: string): Stored[] {
    return [...this.events.values()].filter((stored) => this.#calendarsOf(stored).includes(calendarId));
  }

  isIn(stored: Stored, calendarId: string): boolean {
    return this.#calendarsOf(stored).includes(calendarId);
  }

  /** The occurrences of a series that differ. */
  exceptionsOf(seriesId: string): Stored[] {
    return [...this.events.values()].filter((stored) => stored.seriesId === seriesId);
  }

  /** Whether an event, or the series of an occurrence, is still as it was read. */
  isCurrent({ id, seriesId = "", version }: Stored): boolean {
    return (this.events.get(id) ?? this.events.get(seriesId))?.version === version;
  }

  /** Writes all at once. @returns the same the other way round */
  write(writes: Writes, nowMs: number): Writes {
    const before = new Map<string, Stored | undefined>();
    for (const [id, wanted] of writes) {
      const old = this.events.get(id);
      before.set(id, old);
      this.#state += 1;
      const now = wanted && { ...wanted, updatedMs: nowMs, version: this.#state };
      if (now) this.events.set(id, now);
      else this.events.delete(id);
      if (!now) this.gone.add(id);
      for (const each of [old, now]) {
        const calendarIds = each ? this.#calendarsOf(each) : [];
        if (each) this.#log.push({ at: this.#state, id, calendarIds, last: each });
      }
    }
    return before;
  }

  get state(): number {
    return this.#state;
  }

  /** What happened in a calendar after a state, each event once; undefined when that is forgotten. */
  since(calendarId: string, state: number): { id: string; last: Stored }[] | undefined {
    if (state < this.#forgotten) return undefined;
    const entries = this.#log.filter(({ at, calendarIds }) => at > state && calendarIds.includes(calendarId));
    return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  }

  forget(): void {
    this.#log = [];
    this.#state += 1;
    this.#forgotten = this.#state;
  }

  #calendarsOf({ calendarId, guests }: Stored): string[] {
    const mains = this.calendars.filter(({ primary, owner }) => primary && guests.some(({ email }) => email === owner));
    return [...new Set([calendarId, ...mains.map(({ id }) => id)])];
  }
}
