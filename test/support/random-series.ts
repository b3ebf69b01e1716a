import fc from "fast-check";
import type { ZonedTime } from "../../src/core/zoned-time.js";
import type { SeriesTimes } from "../../src/calendar/index.js";

const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const some = <T>(values: readonly T[], most = 3): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const list = (values: readonly (string | number)[]): string => values.join(",");

const monthDays = some([1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -15]).map(list);
const ordinals = some(["1MO", "2TU", "3WE", "-1FR", "-2SU", "4TH", "5SA"], 2).map(list);
const plainDays = some(days, 4).map(list);
const months = some([1, 2, 3, 6, 10, 11, 12]).map(list);
const positions = some([1, 2, -1, -2], 2).map(list);

type Parts = Record<string, string | undefined>;
const byDay = fc.oneof(plainDays, ordinals);
const ofFrequency: Record<string, fc.Arbitrary<Parts>> = {
  DAILY: fc.record({ BYDAY: maybe(plainDays), BYMONTH: maybe(months) }),
  WEEKLY: fc.record({ BYDAY: maybe(plainDays), WKST: maybe(fc.constantFrom("MO", "SU", "TH")) }),
  MONTHLY: fc.oneof(
    fc.record({ BYMONTHDAY: maybe(monthDays), BYMONTH: maybe(months) }),
    fc.record({ BYDAY: byDay }),
    fc.record({ BYDAY: plainDays, BYSETPOS: positions }),
  ),
  YEARLY: fc.oneof(
    fc.record({ BYMONTH: maybe(months), BYMONTHDAY: maybe(monthDays) }),
    fc.record({ BYMONTH: months, BYDAY: byDay }),
    fc.record({ BYYEARDAY: some([1, 60, 100, 200, 365, -1, -100]).map(list) }),
    fc.record({ BYWEEKNO: some([1, 10, 20, 53]).map(list), BYDAY: maybe(plainDays) }),
  ),
};

/** A rule's parts without COUNT and UNTIL. */
export const ruleParts: fc.Arbitrary<Parts> = fc
  .constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
  .chain((FREQ) =>
    fc
      .tuple(ofFrequency[FREQ] ?? fc.constant({}), fc.constantFrom(undefined, undefined, "2", "3"), maybe(twoHours))
      .map(([parts, INTERVAL, BYHOUR]) => ({ FREQ, INTERVAL, ...parts, BYHOUR })),
  );
const twoHours = fc.constantFrom("9,17", "8,9,10");

/** A rule as it is written. */
export function ruleText(parts: Parts): string {
  const said = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return `RRULE:${said.join(";")}`;
}

/** How a rule ends. */
const ends = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((count) => ({ COUNT: String(count) })),
  fc.integer({ min: 1, max: 1500 }).map((untilDays) => ({ untilDays })),
  fc.constant({}),
);

const zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC", "Pacific/Apia"];

export interface RandomSeries {
  readonly allDay: boolean;
  readonly zone: string;
  readonly date: string;
  readonly clock: string;
  readonly lengthMinutes: number;
  readonly rules: readonly { parts: Parts; end: { COUNT?: string; untilDays?: number } }[];
  /** Days after the start of further dates, some hours off. */
  readonly added: readonly (readonly [days: number, hours: number])[];
  /** Which of the dates are left out. */
  readonly removed: readonly number[];
}

const startDay = Date.UTC(2024, 0, 1);
export const randomSeries: fc.Arbitrary<RandomSeries> = fc.record({
  allDay: fc.boolean(),
  zone: fc.constantFrom(...zones),
  date: fc
    .integer({ min: 0, max: 1400 })
    .map((day) => new Date(startDay + day * 86_400_000).toISOString().slice(0, 10)),
  clock: fc.constantFrom("09:00:00", "23:30:00", "00:00:00", "02:30:00", "17:45:00"),
  lengthMinutes: fc.constantFrom(30, 60, 1440, 4320),
  rules: fc.array(fc.record({ parts: ruleParts, end: ends }), { minLength: 0, maxLength: 2 }),
  added: fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom(0, 0, 1, -3)), { maxLength: 3 }),
  removed: fc.uniqueArray(fc.nat(20), { maxLength: 3 }),
});

const stampOf = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, "");

/** The times and lines of a random series, but for its EXDATEs. */
export function seriesTimes(time: ZonedTime, random: RandomSeries): SeriesTimes {
  const { allDay, zone, date, clock, lengthMinutes } = random;
  const moment = time.moment(`${date}T${clock}`, zone);
  const startMs = moment.kind === "instant" ? moment.epochMs : 0;
  const dateAfter = (days: number): string => time.addDays(date, days).replaceAll("-", "");
  const rules = random.rules.map(({ parts, end: { COUNT, untilDays } }) => {
    const last = untilDays === undefined ? undefined : startMs + untilDays * 86_400_000;
    const UNTIL = last === undefined ? undefined : allDay ? stampOf(last).slice(0, 8) : stampOf(last);
    const own: Parts = { ...parts, COUNT, UNTIL };
    return ruleText(allDay ? { ...own, BYHOUR: undefined } : own);
  });
  const added = random.added.map(([days, hours]) =>
    allDay
      ? `RDATE;VALUE=DATE:${dateAfter(days)}`
      : `RDATE:${stampOf(startMs + days * 86_400_000 + hours * 3_600_000)}`,
  );
  const lines = [...rules, ...added];
  const spanned = allDay
    ? { start: { date }, end: { date: time.addDays(date, Math.ceil(lengthMinutes / 1440)) } }
    : {
        start: { dateTime: time.format(startMs, zone), timeZone: zone },
        end: { dateTime: time.format(startMs + lengthMinutes * 60_000, zone), timeZone: zone },
      };
  return { ...spanned, lines: lines.length > 0 ? lines : ["RRULE:FREQ=DAILY;COUNT=1"] };
}
