import * as v from "valibot";

/** Where Google does not say how it is, what this world's Calendar does. */
export interface CalendarRules {
  /** How long a sync token is good for. Unsure(google): it is not published; about a month was observed. */
  readonly syncTokenDays: number;
}

/** A seed's wishes. */
export interface SeedCalendarRules {
  syncTokenDays?: number | undefined;
}

/** How a seed writes them. */
export const seedCalendarRules: v.GenericSchema<unknown, SeedCalendarRules> = v.strictObject({
  syncTokenDays: v.optional(v.pipe(v.number(), v.minValue(0))),
});

/** The rules of a seed. */
export function calendarRules(seed: SeedCalendarRules = {}): CalendarRules {
  return { syncTokenDays: seed.syncTokenDays ?? 28 };
}
