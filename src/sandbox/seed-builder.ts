import type { SandboxSeed, SeedCalendar, SeedEvent, SeedMessage, SeedUser } from "./seed.js";

/** Begins a seed in which nobody lives yet: `buildSeed().person("alice@example.com").mail({ subject: "Hello" }).build()`. */
export function buildSeed(rest: Omit<SandboxSeed, "users"> = {}): SeedBuilder {
  return new SeedBuilder(rest);
}

/** A seed in the making. */
export class SeedBuilder {
  readonly #rest: Omit<SandboxSeed, "users">;
  readonly #users: SeedUser[] = [];

  constructor(rest: Omit<SandboxSeed, "users">) {
    this.#rest = rest;
  }

  /** Somebody who lives there; what follows is this person's. */
  person(email: string, options: Omit<SeedUser, "email"> = {}): PersonBuilder {
    const user = {
      ...options,
      email,
      messages: [...(options.messages ?? [])],
      calendars: [...(options.calendars ?? [])],
    };
    this.#users.push(user);
    return new PersonBuilder(this, user);
  }

  /** The seed as it is now: what is added later is not in it. */
  build(): SandboxSeed {
    return structuredClone({ ...this.#rest, users: this.#users });
  }
}

/** A person of a seed in the making. */
export class PersonBuilder {
  readonly #seed: SeedBuilder;
  readonly #user: SeedUser & { messages: SeedMessage[]; calendars: SeedCalendar[] };
  #calendar: SeedCalendar | undefined;

  constructor(seed: SeedBuilder, user: SeedUser & { messages: SeedMessage[]; calendars: SeedCalendar[] }) {
    this.#seed = seed;
    this.#user = user;
  }

  /** Mails in the person's mailbox. */
  mail(...messages: SeedMessage[]): this {
    this.#user.messages.push(...messages);
    return this;
  }

  /** Another calendar; events that follow are in it. */
  calendar(calendar: SeedCalendar): this {
    this.#calendar = { ...calendar, events: [...(calendar.events ?? [])] };
    this.#user.calendars.push(this.#calendar);
    return this;
  }

  /**
   * An event in the calendar that was begun last, else in the person's main one.
   *
   * @param start - `2026-11-24` for the whole day, `2026-11-24T12:00:00Z`, or without an offset in the calendar's zone
   * @param more - how many minutes (60) or whole days (1) it lasts, and any field of Google's
   */
  event(summary: string, start: string, more: { minutes?: number; days?: number } & Partial<SeedEvent> = {}): this {
    const { minutes = 60, days = 1, ...fields } = more;
    const times = start.includes("T") ? timed(start, minutes) : wholeDays(start, days);
    if (!this.#calendar) this.calendar({});
    this.#calendar?.events?.push({ summary, ...times, ...fields });
    return this;
  }

  /** The next person. */
  person(email: string, options?: Omit<SeedUser, "email">): PersonBuilder {
    return this.#seed.person(email, options);
  }

  /** The seed as it is now: what is added later is not in it. */
  build(): SandboxSeed {
    return this.#seed.build();
  }
}

/** Without an offset the end is so much later on the wall, which across a change of clocks is not as long. */
function timed(start: string, minutes: number): Pick<SeedEvent, "start" | "end"> {
  const [, wall = start, offset = ""] = /^(.*?)(Z|[+-]\d{2}:?\d{2})?$/i.exec(start) ?? [];
  const end = new Date(Date.parse(`${wall}Z`) + minutes * 60_000);
  // A time that is none stays as it is: the sandbox names it with its place.
  const later = Number.isNaN(end.getTime()) ? wall : end.toISOString().slice(0, 19);
  return { start: { dateTime: start }, end: { dateTime: `${later}${offset}` } };
}

function wholeDays(start: string, days: number): Pick<SeedEvent, "start" | "end"> {
  const end = new Date(Date.parse(`${start}T00:00:00Z`) + days * 86_400_000);
  return {
    start: { date: start },
    end: { date: Number.isNaN(end.getTime()) ? start : end.toISOString().slice(0, 10) },
  };
}
