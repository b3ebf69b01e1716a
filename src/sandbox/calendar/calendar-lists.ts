import { calendarColors } from "./colors.js";

/** A reminder as Google writes it. */
export interface Reminder {
  readonly method: string;
  readonly minutes: number;
}

/** What a person set for a calendar in the own list. @see https://developers.google.com/workspace/calendar/api/v3/reference/calendarList */
export interface ListSettings {
  readonly colorId: string;
  readonly backgroundColor: string;
  readonly foregroundColor: string;
  readonly selected: boolean;
  readonly hidden: boolean;
  readonly summaryOverride: string | undefined;
  readonly defaultReminders: readonly Reminder[];
  readonly notifications: readonly { readonly type: string; readonly method: string }[];
}

/** A calendar in somebody's list. */
export interface ListEntry extends ListSettings {
  readonly calendarId: string;
  /** When anything that it shows was changed, as a growing number. */
  readonly change: number;
  /** Taken from the list; kept so that it can be told. */
  readonly deleted: boolean;
}

/** What is set for a calendar that somebody has and has set nothing for. */
export const usualListSettings: ListSettings = {
  colorId: "14",
  backgroundColor: calendarColors["14"]?.background ?? "",
  foregroundColor: "#000000",
  selected: true,
  hidden: false,
  summaryOverride: undefined,
  defaultReminders: [],
  notifications: [],
};

/** What Google sets for everybody's main calendar. */
export const mainCalendarSettings: Partial<ListSettings> = {
  defaultReminders: [{ method: "popup", minutes: 10 }],
  notifications: ["eventCreation", "eventChange", "eventCancellation", "eventResponse"].map((type) => ({
    type,
    method: "email",
  })),
};

/** The lists of calendars of all people. */
export class CalendarLists {
  readonly #nextChange: () => number;
  readonly #byUser = new Map<string, Map<string, ListEntry>>();

  constructor(nextChange: () => number) {
    this.#nextChange = nextChange;
  }

  /** A person's, in the order in which they came, with those that were taken from the list. */
  of(user: string): ListEntry[] {
    return [...(this.#byUser.get(user)?.values() ?? [])];
  }

  /** Also when it was taken from the list. */
  find(user: string, calendarId: string): ListEntry | undefined {
    return this.#byUser.get(user)?.get(calendarId);
  }

  /** Puts a calendar into a list, or changes what is set for it there. */
  set(user: string, calendarId: string, settings: Partial<ListSettings> = {}): ListEntry {
    const existing = this.find(user, calendarId);
    const before = existing && !existing.deleted ? existing : usualListSettings;
    return this.#store(user, { ...before, ...settings, calendarId, change: this.#nextChange(), deleted: false });
  }

  remove(user: string, calendarId: string): void {
    const entry = this.find(user, calendarId);
    if (entry && !entry.deleted) this.#store(user, { ...entry, change: this.#nextChange(), deleted: true });
  }

  /** What a calendar's entries show has changed. */
  touch(calendarId: string, users: Iterable<string> = this.#byUser.keys()): void {
    for (const user of users) {
      const entry = this.find(user, calendarId);
      if (entry && !entry.deleted) this.#store(user, { ...entry, change: this.#nextChange() });
    }
  }

  #store(user: string, entry: ListEntry): ListEntry {
    const list = this.#byUser.get(user) ?? new Map<string, ListEntry>();
    this.#byUser.set(user, list);
    list.set(entry.calendarId, entry);
    return entry;
  }
}
