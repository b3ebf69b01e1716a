import { invalidField } from "./event-refusals.js";

const dayName = /^[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)$/;
const numbers =
  (least: number, most: number, negative = false) =>
  (text: string): boolean =>
    text.split(",").every((each) => {
      const number = /^[+-]?\d+$/.test(each) ? Number(each) : NaN;
      const size = negative ? Math.abs(number) : number;
      return size >= least && size <= most;
    });

/** The parts of a rule and what each may be. @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10 */
const parts: Readonly<Record<string, (text: string) => boolean>> = {
  // Quirk(google): nothing happens more often than daily, whatever RFC 5545 allows.
  // https://github.com/googleapis/google-api-ruby-client/issues/572
  FREQ: (text) => ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].includes(text),
  UNTIL: (text) => /^\d{8}(T\d{6}Z?)?$/.test(text),
  COUNT: numbers(1, 1_000_000),
  INTERVAL: numbers(1, 100_000),
  BYSECOND: numbers(0, 60),
  BYMINUTE: numbers(0, 59),
  BYHOUR: numbers(0, 23),
  BYDAY: (text) => text.split(",").every((each) => dayName.test(each)),
  BYMONTHDAY: numbers(1, 31, true),
  BYYEARDAY: numbers(1, 366, true),
  BYWEEKNO: numbers(1, 53, true),
  BYMONTH: numbers(1, 12),
  BYSETPOS: numbers(1, 366, true),
  WKST: (text) => /^(MO|TU|WE|TH|FR|SA|SU)$/.test(text),
};

/**
 * The lines of a series that a client sent.
 *
 * @returns undefined for an event that does not repeat
 * @throws ApiError 400 for what is no rule
 */
export function readRecurrence(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw invalidField("Invalid recurrence rule.");
  const lines = value.map((line: unknown) => {
    if (!isRecurrenceLine(line)) throw invalidField("Invalid recurrence rule.");
    return line;
  });
  if (lines.length === 0) return undefined;
  if (!lines.some((line) => /^(RRULE|RDATE)/i.test(line))) throw invalidField("Invalid recurrence rule.");
  return lines;
}

/** Whether something is a line of a series, such as `RRULE:FREQ=WEEKLY`. */
export function isRecurrenceLine(line: unknown): line is string {
  if (typeof line !== "string") return false;
  const [, name, value] = /^(RRULE|EXRULE|RDATE|EXDATE)(?:;[^:]*)?:(.+)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) return false;
  return name.endsWith("RULE") ? isRule(value) : value.split(",").every(isStamp);
}

function isRule(rule: string): boolean {
  const given = rule
    .replace(/;$/, "")
    .split(";")
    .map((part) => part.split("="));
  const names = given.map(([name]) => name);
  if (!names.includes("FREQ") || new Set(names).size !== names.length) return false;
  if (names.includes("UNTIL") && names.includes("COUNT")) return false;
  return given.every(([name = "", text = ""]) => Object.hasOwn(parts, name) && parts[name]?.(text));
}

function isStamp(text: string): boolean {
  const [, date] = /^(\d{8})(T\d{6}Z?)?$/.exec(text) ?? [];
  if (date === undefined) return false;
  return !Number.isNaN(Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`));
}
