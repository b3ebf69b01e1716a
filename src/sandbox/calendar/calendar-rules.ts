import * as v from "valibot";

/** Where Google does not say how it is, what this world's Calendar does. */
export interface CalendarRules {
  /** How long a sync token is good for. Unsure(google): it is not published; about a month was observed. */
  readonly syncTokenDays: number;
  /** How far back `updatedMin` may reach. Unsure(google): it is not published; some 28 days were observed. */
  readonly updatedMinDays: number;
  /** How many days one free/busy query may span. Unsure(google): not published; three months were refused. */
  readonly freeBusyDays: number;
  /** How long a channel may live at most. Unsure(google): it is not published; about a month was observed. */
  readonly channelDays: number;
}

/** A seed's wishes. */
export interface SeedCalendarRules {
  syncTokenDays?: number | undefined;
  updatedMinDays?: number | undefined;
  freeBusyDays?: number | undefined;
  channelDays?: number | undefined;
}

const days = v.optional(v.pipe(v.number(), v.minValue(0)));

/** How a seed writes them. */
export const seedCalendarRules: v.GenericSchema<unknown, SeedCalendarRules> = v.strictObject({
  syncTokenDays: days,
  updatedMinDays: days,
  freeBusyDays: days,
  channelDays: days,
});

/** The rules of a seed. */
export function calendarRules(seed: SeedCalendarRules = {}): CalendarRules {
  const { syncTokenDays = 28, updatedMinDays = 28, freeBusyDays = 90, channelDays = 30 } = seed;
  return { syncTokenDays, updatedMinDays, freeBusyDays, channelDays };
}
