import type { EmailFlag, EmailTerm, QueryHeader, QueryTime, QueryTimeUnit } from "./ast.js";

/** What an operator's value means; a text says what is wrong with it. */
type Operator = (value: string) => EmailTerm | string;

const header =
  (name: QueryHeader): Operator =>
  (value) => ({ kind: "header", name, value });

const flags: readonly string[] = ["unread", "read", "starred", "important"] satisfies EmailFlag[];
const having =
  "attachment drive document spreadsheet presentation youtube userlabels nouserlabels yellow-star red-star".split(" ");

const folder: Operator = (value) => ({ kind: "folder", value });

const received =
  (bound: "after" | "before"): Operator =>
  (value) => {
    const time = readDate(value);
    return time
      ? { kind: "received", bound, time }
      : "it needs a date such as 2026-11-23, or seconds since 1970 in nine digits or more";
  };

const units: Readonly<Record<string, QueryTimeUnit>> = { h: "hours", d: "days", m: "months", y: "years" };

const age =
  (bound: "after" | "before"): Operator =>
  (value) => {
    const [, amount = "", letter = ""] = /^(\d{1,5})([hdmy])$/i.exec(value) ?? [];
    const unit = units[letter.toLowerCase()];
    return unit
      ? { kind: "received", bound, time: { ago: Number(amount), unit } }
      : "it needs a number with d, m, y or h for days, months, years or hours, such as 7d";
  };

const size =
  (bound: "larger" | "smaller"): Operator =>
  (value) => {
    const [, amount, letter = ""] = /^(\d{1,12})([km])?b?$/i.exec(value) ?? [];
    const factor = { "": 1, k: 1024, m: 1024 * 1024 }[letter.toLowerCase()] ?? 1;
    return amount === undefined
      ? "it needs a number of bytes, or one with K or M, such as 5M"
      : { kind: "size", bound, bytes: Number(amount) * factor };
  };

/** Every operator of the search language, by its name. @see https://support.google.com/mail/answer/7190 */
export const operators: Readonly<Record<string, Operator>> = {
  from: header("from"),
  to: header("to"),
  cc: header("cc"),
  bcc: header("bcc"),
  subject: header("subject"),
  list: header("list"),
  rfc822msgid: header("messageId"),
  filename: (value) => ({ kind: "filename", value }),
  label: folder,
  in: folder,
  category: (value) => ({ kind: "folder", value: `category:${value.toLowerCase()}` }),
  is: (value) => {
    const flag = value.toLowerCase() as EmailFlag;
    return flags.includes(flag) ? { kind: "is", value: flag } : `it can be ${flags.join(", ")}`;
  },
  has: (value) => {
    const what = value.toLowerCase();
    return having.includes(what) ? { kind: "has", value: what } : `it can be ${having.join(", ")}`;
  },
  after: received("after"),
  newer: received("after"),
  before: received("before"),
  older: received("before"),
  newer_than: age("after"),
  older_than: age("before"),
  larger: size("larger"),
  size: size("larger"),
  smaller: size("smaller"),
};

/** Year first, or American with the year last; or seconds since the epoch, of which eight digits would be a date. */
function readDate(value: string): QueryTime | undefined {
  if (/^\d{9,11}$/.test(value)) return { epochMs: Number(value) * 1000 };
  const yearFirst = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(value);
  const yearLast = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(value);
  const [year, month, day] = yearFirst
    ? [yearFirst[1], yearFirst[2], yearFirst[3]]
    : [yearLast?.[3], yearLast?.[1], yearLast?.[2]];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const exists = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(exists.getTime()) && exists.toISOString().startsWith(date) ? { date } : undefined;
}
