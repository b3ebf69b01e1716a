import type { Recurrence } from "../../../calendar/models.js";
import { calendarTime } from "../times.js";
import type { ViewContext } from "../view.js";

const units: Readonly<Record<string, string>> = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" };
const days: Readonly<Record<string, string>> = {
  ...{ MO: "Mon", TU: "Tue", WE: "Wed", TH: "Thu", FR: "Fri", SA: "Sat", SU: "Sun" },
};
const places: Readonly<Record<string, string>> = {
  "1": "first",
  "2": "second",
  "3": "third",
  "4": "fourth",
  "-1": "last",
};

/** How an event repeats, one line for each of its own: in words where they are usual ones, else as it is written. */
export function recurrenceWords({ lines }: Recurrence, context: ViewContext): string[] {
  return lines.map((line) => ruleWords(line, context) ?? dateWords(line, context) ?? line);
}

function ruleWords(line: string, context: ViewContext): string | undefined {
  if (!/^RRULE:/i.test(line)) return undefined;
  const parts = new Map(
    line
      .slice("RRULE:".length)
      .toUpperCase()
      .split(";")
      .map((part): [string, string] => [part.split("=")[0] ?? "", part.split("=")[1] ?? ""]),
  );
  parts.delete("WKST"); // where a week begins changes no name of a day
  const words = [everyWords(parts), dayWords(parts), monthDayWords(parts), endWords(parts, context)];
  if (parts.size > 0 || words.includes(undefined)) return undefined;
  return words.filter((word) => word !== "").join(" ");
}

/** Dates that are left out of a series or added to it. */
function dateWords(line: string, context: ViewContext): string | undefined {
  const [, name = "", list = ""] = /^(EXDATE|RDATE)(?:;[^:]*)?:([\dTZ,]+)$/i.exec(line) ?? [];
  const dates = list.split(",").map((each) => dateOf(each, context));
  if (list === "" || dates.includes(undefined)) return undefined;
  return `${name.toUpperCase() === "EXDATE" ? "without" : "also on"} ${dates.join(", ")}`;
}

/** The day of a date or time as iCalendar writes it. */
function dateOf(written: string, context: ViewContext): string | undefined {
  const [, year = "", month = "", day = "", utc = ""] = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z)?/.exec(written) ?? [];
  const clock = utc.replace(/(\d{2})(\d{2})(\d{2})/, "$1:$2:$3");
  const time = calendarTime(`${year}-${month}-${day}${clock}`, context.timeZone);
  return time && `${time.weekday} ${time.day} ${time.year}`;
}

type Parts = Map<string, string>;

/** Takes a part out of a rule: what is left at the end is not understood. */
function take(parts: Parts, name: string): string | undefined {
  const value = parts.get(name);
  parts.delete(name);
  return value;
}

function everyWords(parts: Parts): string | undefined {
  const unit = units[take(parts, "FREQ") ?? ""];
  const interval = take(parts, "INTERVAL") ?? "1";
  if (unit === undefined || !/^\d+$/.test(interval)) return undefined;
  return interval === "1" ? `every ${unit}` : `every ${interval} ${unit}s`;
}

function dayWords(parts: Parts): string | undefined {
  const list = take(parts, "BYDAY");
  if (list === undefined) return "";
  const names = list.split(",").map((each) => {
    const [, place = "", day = ""] = /^([+-]?\d+)?([A-Z]{2})$/.exec(each) ?? [];
    const name = days[day];
    if (name === undefined) return undefined;
    const word = places[place.replace("+", "")];
    return place === "" ? name : word === undefined ? undefined : `the ${word} ${name}`;
  });
  return names.includes(undefined) ? undefined : `on ${names.join(", ")}`;
}

function monthDayWords(parts: Parts): string | undefined {
  const list = take(parts, "BYMONTHDAY");
  if (list === undefined) return "";
  return /^\d+(,\d+)*$/.test(list) ? `on day ${list.replaceAll(",", ", ")} of the month` : undefined;
}

function endWords(parts: Parts, context: ViewContext): string | undefined {
  const [count, until] = [take(parts, "COUNT"), take(parts, "UNTIL")];
  if (count !== undefined) return count === "1" ? "once" : `${count} times`;
  if (until === undefined) return "";
  const day = dateOf(until, context);
  return day && `until ${day}`;
}
