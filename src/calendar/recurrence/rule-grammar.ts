import { dayCodes } from "./implied-parts.js";
import { oftenerThanDaily, type RuleParts } from "./lines.js";

const frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

interface PartRule {
  readonly fits: (value: string) => boolean;
  /** What it must be, for a sentence. */
  readonly wanted: string;
}

const numbers = (least: number, most: number, fromTheEnd = false): PartRule => ({
  fits: (value) =>
    value.split(",").every((each) => {
      const number = /^[+-]?\d{1,7}$/.test(each) ? Number(each) : NaN;
      const size = fromTheEnd ? Math.abs(number) : number;
      return size >= least && size <= most;
    }),
  wanted: `numbers from ${least} to ${most}${fromTheEnd ? ", with a minus from the end" : ""}`,
});
const oneNumber = (most: number): PartRule => ({
  fits: (value) => /^\d{1,7}$/.test(value) && Number(value) >= 1 && Number(value) <= most,
  wanted: `a number from 1 to ${most}`,
});
const ordinalDay = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/;

/** The parts of a rule and what each may be. @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10 */
const grammar: Readonly<Record<string, PartRule>> = {
  FREQ: { fits: (value) => frequencies.includes(value), wanted: "DAILY, WEEKLY, MONTHLY or YEARLY" },
  UNTIL: { fits: (value) => /^\d{8}(T\d{6}Z?)?$/.test(value), wanted: "a date such as 20261231 or a time in UTC" },
  COUNT: oneNumber(1_000_000),
  INTERVAL: oneNumber(100_000),
  BYSECOND: numbers(0, 59),
  BYMINUTE: numbers(0, 59),
  BYHOUR: numbers(0, 23),
  BYDAY: {
    fits: (value) =>
      value.split(",").every((each) => {
        const [, ordinal = "1"] = ordinalDay.exec(each) ?? [undefined, "0"];
        return Math.abs(Number(ordinal)) >= 1 && Math.abs(Number(ordinal)) <= 53;
      }),
    wanted: "days such as MO,WE or 2TU or -1FR",
  },
  BYMONTHDAY: numbers(1, 31, true),
  BYYEARDAY: numbers(1, 366, true),
  BYWEEKNO: numbers(1, 53, true),
  BYMONTH: numbers(1, 12),
  BYSETPOS: numbers(1, 366, true),
  WKST: { fits: (value) => dayCodes.includes(value), wanted: "a day such as MO" },
};

/** Which parts RFC 5545 does not allow with which frequencies. */
const misplaced: Readonly<Record<string, readonly string[]>> = {
  BYMONTHDAY: ["WEEKLY"],
  BYYEARDAY: ["DAILY", "WEEKLY", "MONTHLY"],
  BYWEEKNO: ["DAILY", "WEEKLY", "MONTHLY"],
};

/** What is wrong with a rule by itself, as the rest of a sentence; undefined for a rule that can be. */
export function problemOfRule(given: readonly (readonly [name: string, value: string])[]): string | undefined {
  const parts: RuleParts = new Map(given);
  const frequency = parts.get("FREQ");
  if (frequency === undefined) return "has no FREQ";
  if (oftenerThanDaily.includes(frequency))
    return `repeats more often than daily (FREQ=${frequency}), which calendars do not take`;
  if (parts.size < given.length) return "says a part twice";
  for (const [name, value] of parts) {
    const rule = Object.hasOwn(grammar, name) ? grammar[name] : undefined;
    if (!rule) return `has a part ${name} that no rule has`;
    if (!rule.fits(value)) return `has ${name}=${value}, but ${name} must be ${rule.wanted}`;
    if (misplaced[name]?.includes(frequency)) return `has ${name}, which does not go with FREQ=${frequency}`;
  }
  if (parts.has("COUNT") && parts.has("UNTIL")) return "has both COUNT and UNTIL";
  return problemOfParts(parts, frequency);
}

function problemOfParts(parts: RuleParts, frequency: string): string | undefined {
  const ordinals = /\d/.test(parts.get("BYDAY") ?? "");
  if (ordinals && frequency !== "MONTHLY" && frequency !== "YEARLY") {
    return `counts days (BYDAY=${parts.get("BYDAY") ?? ""}), which does not go with FREQ=${frequency}`;
  }
  if (ordinals && parts.has("BYWEEKNO")) return "counts days in BYDAY, which does not go with BYWEEKNO";
  if (parts.has("BYSETPOS") && ![...parts.keys()].some((name) => name.startsWith("BY") && name !== "BYSETPOS")) {
    return "has BYSETPOS without another BY part to choose from";
  }
  return undefined;
}
