/** A number from 0 to just below 1. */
export type Random = () => number;

/** A rule of a series by its parts, with the start that it counts from. */
export interface RandomRule {
  readonly zone: string;
  readonly allDay: boolean;
  /** Wall time of the start, `2026-11-23T09:00:00`. */
  readonly wall: string;
  readonly parts: Readonly<Record<string, string>>;
}

const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"];
const clocks = ["09:00:00", "09:00:00", "17:45:00", "23:30:00", "00:00:00", "02:30:00", "01:15:30"];

/** One of several. */
export function pick<T>(values: readonly T[], random: Random): T {
  const picked = values[Math.floor(random() * values.length)];
  if (picked === undefined) throw new RangeError("nothing to pick from");
  return picked;
}

function some<T>(values: readonly T[], most: number, random: Random): T[] {
  const left = [...values];
  const count = 1 + Math.floor(random() * most);
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

const list = (values: readonly (string | number)[]): string => values.join(",");

type Parts = Record<string, string>;

/** A rule of any kind: every frequency from daily on and each part that RFC 5545 lets it have, ended or endless. */
export function randomRule(random: Random): RandomRule {
  const chance = (share: number): boolean => random() < share;
  const allDay = chance(0.25);
  const frequency = pick(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"], random);
  const wall = `${dayIn(2020 + Math.floor(random() * 10), random)}T${allDay ? "00:00:00" : pick(clocks, random)}`;
  const parts: Parts = {
    FREQ: frequency,
    ...(chance(0.4) && { INTERVAL: String(2 + Math.floor(random() * 4)) }),
    ...dayParts(frequency, random),
    ...(!allDay && chance(0.1) && { BYHOUR: list(some([0, 2, 9, 12, 17, 23], 3, random).sort((a, b) => a - b)) }),
    ...(!allDay && chance(0.05) && { BYMINUTE: list(some([0, 15, 30, 45], 2, random).sort((a, b) => a - b)) }),
    ...(chance(0.2) && { WKST: pick(days, random) }),
    ...endOf(wall, allDay, random),
  };
  return { zone: allDay ? "UTC" : pick(zones, random), allDay, wall, parts };
}

function dayIn(year: number, random: Random): string {
  return new Date(Date.UTC(year, 0, 1 + Math.floor(random() * 365))).toISOString().slice(0, 10);
}

function dayParts(frequency: string, random: Random): Parts {
  const chance = (share: number): boolean => random() < share;
  const plainDays = { BYDAY: list(some(days, 4, random)) };
  const countedDays = { BYDAY: list(some(["1MO", "2TU", "-1FR", "-2SU", "4TH", "5SA", "3WE", "5MO"], 2, random)) };
  const monthDays = { BYMONTHDAY: list(some([1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -15], 3, random)) };
  const months = { BYMONTH: list(some([1, 2, 3, 4, 6, 10, 11, 12], 3, random).sort((a, b) => a - b)) };
  const positions = { BYSETPOS: list(some([1, 2, -1, -2], 2, random)) };
  switch (frequency) {
    case "DAILY":
      return { ...(chance(0.3) && plainDays), ...(chance(0.2) && months), ...(chance(0.1) && monthDays) };
    case "WEEKLY":
      return { ...(chance(0.7) && plainDays), ...(chance(0.1) && months) };
    case "MONTHLY":
      return {
        ...pick<Parts>(
          [{}, monthDays, monthDays, plainDays, countedDays, countedDays, { ...plainDays, ...positions }],
          random,
        ),
        ...(chance(0.15) && months),
      };
    default:
      return pick<Parts>(
        [
          ...[
            {},
            months,
            monthDays,
            { ...months, ...monthDays },
            { ...months, ...plainDays },
            { ...months, ...countedDays },
          ],
          { BYYEARDAY: list(some([1, 59, 60, 100, 200, 365, 366, -1, -100], 3, random)) },
          { BYWEEKNO: list(some([1, 10, 20, 52, 53], 2, random)), ...plainDays },
          { BYDAY: list(some(["1MO", "20MO", "-1FR", "53TH"], 2, random)) },
          { ...months, ...plainDays, ...positions },
        ],
        random,
      );
  }
}

function endOf(wall: string, allDay: boolean, random: Random): Parts {
  const kind = random();
  if (kind < 0.4) return { COUNT: String(1 + Math.floor(random() * 40)) };
  if (kind > 0.7) return {};
  const until = new Date(Date.parse(`${wall}Z`) + Math.floor(random() * 3000) * 86_400_000).toISOString();
  const stamp = until.replace(/[-:]|\.\d{3}/g, "");
  return { UNTIL: allDay ? stamp.slice(0, 8) : stamp };
}

/** The line of a rule. */
export function ruleLine(parts: Readonly<Record<string, string>>): string {
  return `RRULE:${Object.entries(parts)
    .map(([name, value]) => `${name}=${value}`)
    .join(";")}`;
}
