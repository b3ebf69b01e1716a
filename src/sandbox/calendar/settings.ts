import * as v from "valibot";
import { integrationError } from "../../core/errors.js";
import type { Identifiers } from "../identifiers.js";

/** A setting of a person, as Google keeps it. */
export interface CalendarSetting {
  readonly id: string;
  readonly value: string;
  /** When it was changed, as a growing number. */
  readonly change: number;
}

/** Settings of a person that differ from Google's defaults. What is no text in YAML, such as `true`, is written as one. */
export type SeedCalendarSettings = Readonly<Partial<Record<SettingId, string | number | boolean>>>;

/** The ids that Google documents, without the time zone, which a seed gives to the person. */
export type SettingId =
  | "autoAddHangouts"
  | "dateFieldOrder"
  | "defaultEventLength"
  | "format24HourTime"
  | "hideInvitations"
  | "hideWeekends"
  | "locale"
  | "remindOnRespondedEventsOnly"
  | "showDeclinedEvents"
  | "useKeyboardShortcuts"
  | "weekStart";

const yesOrNo = /^(true|false)$/;

/** The default of each and what else it may be. @see https://developers.google.com/workspace/calendar/api/v3/reference/settings */
const documented: Readonly<Record<SettingId, readonly [string, RegExp]>> = {
  autoAddHangouts: ["false", yesOrNo],
  dateFieldOrder: ["MDY", /^(MDY|DMY|YMD)$/],
  defaultEventLength: ["60", /^\d{1,4}$/],
  format24HourTime: ["false", yesOrNo],
  hideInvitations: ["false", yesOrNo],
  hideWeekends: ["false", yesOrNo],
  locale: ["en", /^[a-z]{2,3}([_-]\w+)*$/i],
  remindOnRespondedEventsOnly: ["false", yesOrNo],
  showDeclinedEvents: ["true", yesOrNo],
  useKeyboardShortcuts: ["true", yesOrNo],
  weekStart: ["0", /^[016]$/],
};

/** How a seed writes them. */
export const seedCalendarSettings: v.GenericSchema<unknown, SeedCalendarSettings> = v.strictObject(
  Object.fromEntries(
    Object.entries(documented).map(([id, [, allowed]]) => [
      id,
      v.optional(
        v.pipe(
          v.union([v.string(), v.number(), v.boolean()]),
          v.check((value) => allowed.test(String(value)), `no value that ${id} has`),
        ),
      ),
    ]),
  ),
);

/** The settings of all people. No call of Google's API changes them; people do, on Calendar's page of settings. */
export class CalendarSettings {
  readonly #identifiers: Identifiers;
  readonly #byUser = new Map<string, Map<string, CalendarSetting>>();

  constructor(
    users: readonly {
      readonly email: string;
      readonly timeZone?: string | undefined;
      readonly calendarSettings?: SeedCalendarSettings | undefined;
    }[],
    identifiers: Identifiers,
  ) {
    this.#identifiers = identifiers;
    for (const { email, timeZone = "UTC", calendarSettings = {} } of users) {
      this.#byUser.set(email.toLowerCase(), begin(timeZone, calendarSettings, identifiers.next()));
    }
  }

  /** All of a person's, by id. */
  of(user: string): CalendarSetting[] {
    return [...(this.#byUser.get(user)?.values() ?? [])];
  }

  find(user: string, id: string): CalendarSetting | undefined {
    return this.#byUser.get(user)?.get(id);
  }

  /** @throws RequestError `request.invalid` for what Google's page would not offer */
  change(user: string, id: string, value: string): void {
    const settings = this.#byUser.get(user);
    const allowed =
      id === "timezone"
        ? /^[\w+-]+(\/[\w+-]+)*$/
        : Object.hasOwn(documented, id)
          ? documented[id as SettingId][1]
          : undefined;
    if (!settings || !allowed?.test(value)) {
      throw integrationError("request.invalid", {
        message: `Calendar's settings have no "${id}" that could be "${value}".`,
        hint: `There are: ${[...Object.keys(documented), "timezone"].join(", ")}.`,
      });
    }
    settings.set(id, { id, value, change: this.#identifiers.next() });
  }
}

function begin(timeZone: string, seed: SeedCalendarSettings, change: number): Map<string, CalendarSetting> {
  const given: Readonly<Record<string, string | number | boolean | undefined>> = seed;
  const values = Object.entries(documented).map(([id, [usual]]) => ({ id, value: String(given[id] ?? usual), change }));
  const all = [...values, { id: "timezone", value: timeZone, change }].sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(all.map((setting) => [setting.id, setting]));
}
