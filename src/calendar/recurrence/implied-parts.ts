import { weekdayOf, weekdays, type Weekday } from "../../core/zoned-time.js";
import { oftenerThanDaily, withParts, type RuleParts } from "./lines.js";

/** The days of the week as iCalendar writes them, from Monday. */
export const dayCodes: readonly string[] = weekdays.map(codeOf);

/** The day of the week of a date, `MO` to `SU`. */
export function dayCodeOf(wall: string): string {
  return codeOf(weekdayOf(wall.slice(0, 10)));
}

function codeOf(weekday: Weekday): string {
  return weekday.slice(0, 2).toUpperCase();
}

/**
 * A rule with what it takes from its start written out: the weekday of a weekly rule, the day of a monthly one, month and
 * day of a yearly one, and the time of day.
 *
 * @param wall - the start's wall time, `2026-11-23T09:00:00`
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10
 */
export function withImplied(parts: RuleParts, wall: string, allDay: boolean): RuleParts {
  return withParts(parts, { ...impliedDay(parts, wall), ...(allDay ? {} : impliedTime(parts, wall)) });
}

function impliedDay(parts: RuleParts, wall: string): Record<string, string> {
  const [month = "", day = ""] = wall
    .slice(5, 10)
    .split("-")
    .map((part) => String(Number(part)));
  const has = (...names: string[]): boolean => names.some((name) => parts.has(name));
  switch (parts.get("FREQ")) {
    case "WEEKLY":
      return has("BYDAY") ? {} : { BYDAY: dayCodeOf(wall) };
    case "MONTHLY":
      return has("BYDAY", "BYMONTHDAY") ? {} : { BYMONTHDAY: day };
    case "YEARLY":
      if (has("BYDAY", "BYMONTHDAY", "BYYEARDAY")) return {};
      if (has("BYWEEKNO")) return { BYDAY: dayCodeOf(wall) };
      return has("BYMONTH") ? { BYMONTHDAY: day } : { BYMONTH: month, BYMONTHDAY: day };
    default:
      return {};
  }
}

function impliedTime(parts: RuleParts, wall: string): Record<string, string> {
  const [hour = "", minute = "", second = ""] = wall
    .slice(11)
    .split(":")
    .map((part) => String(Number(part)));
  const frequency = parts.get("FREQ") ?? "";
  return {
    ...(!parts.has("BYHOUR") && !oftenerThanDaily.includes(frequency) && { BYHOUR: hour }),
    ...(!parts.has("BYMINUTE") && !["SECONDLY", "MINUTELY"].includes(frequency) && { BYMINUTE: minute }),
    ...(!parts.has("BYSECOND") && frequency !== "SECONDLY" && { BYSECOND: second }),
  };
}
