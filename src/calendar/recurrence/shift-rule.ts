import { dayCodeOf, dayCodes } from "./implied-parts.js";
import { withParts, writeLine, type RuleLine, type RuleParts } from "./lines.js";
import { dateIn, monthOf, ordinalOf } from "./month-place.js";
import { invalidRecurrence } from "./refusal.js";
import { shiftTimes } from "./shift-times.js";
import type { MovedPlace, Shift } from "./shift-of-start.js";

/** A rule that moved, but for its UNTIL. */
export interface ShiftedRule {
  readonly parts: RuleParts;
  readonly place?: MovedPlace;
}

type Changes = Record<string, string | undefined>;

/** A rule as it is for the new start. @throws RequestError `request.invalid` where it would have to be guessed */
export function shiftRule(line: RuleLine, shift: Shift): ShiftedRule {
  const { parts } = line;
  const times = shiftTimes(parts, shift);
  if (times === undefined) throw cannotMove(line);
  const days: ShiftedDays | undefined = shift.days === 0 ? { changes: {} } : shiftDays(parts, shift);
  if (days === undefined) throw cannotMove(line);
  const { changes, ...place } = days;
  return { parts: withParts(parts, { ...times, ...changes }), ...place };
}

function cannotMove(line: RuleLine): Error {
  return invalidRecurrence(writeLine(line), "does not say by itself what it is after the move", "Give recurrence too.");
}

interface ShiftedDays {
  readonly changes: Changes;
  readonly place?: MovedPlace;
}

/** The parts of a rule that say days, moved; undefined where that would be a guess. */
function shiftDays(parts: RuleParts, shift: Shift): ShiftedDays | undefined {
  switch (parts.get("FREQ")) {
    case "YEARLY":
    case "MONTHLY":
      return shiftMonthly(parts, shift);
    case "WEEKLY":
      return parts.has("BYMONTH") ? undefined : { changes: rotateWeek(parts, shift) };
    case "DAILY": {
      const days = parts.get("BYMONTHDAY");
      const moved = days === undefined ? undefined : moveMonthDays(days, shift);
      if (days === undefined ? parts.has("BYMONTH") : moved === undefined) return undefined;
      return { changes: { ...(moved !== undefined && { BYMONTHDAY: moved }), ...rotateDays(parts, shift.days) } };
    }
    default:
      return hasDays(parts) ? undefined : { changes: {} };
  }
}

function hasDays(parts: RuleParts): boolean {
  return ["BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYSETPOS"].some((name) => parts.has(name));
}

function rotateDays(parts: RuleParts, days: number): Changes {
  const given = parts.get("BYDAY");
  return given === undefined
    ? {}
    : {
        BYDAY: given
          .split(",")
          .map((day) => rotated(day, days))
          .join(","),
      };
}

/** Weeks that are counted or chosen from begin as many days later too, so that the same days stay together. */
function rotateWeek(parts: RuleParts, { days, from }: Shift): Changes {
  const changes = rotateDays(parts, days);
  const isOnlyStart = [undefined, dayCodeOf(from.wall)].includes(parts.get("BYDAY"));
  const isCounted = (parts.get("INTERVAL") ?? "1") !== "1" && !isOnlyStart;
  if (!isCounted && !parts.has("BYSETPOS")) return changes;
  return { ...changes, WKST: rotated(parts.get("WKST") ?? "MO", days) };
}

function rotated(day: string, days: number): string {
  const index = dayCodes.indexOf(day);
  return index < 0 ? day : (dayCodes[(((index + days) % 7) + 7) % 7] ?? day);
}

/** Days of the month that all move within it, whichever month it is. */
function moveMonthDays(given: string, { days, months }: Shift): string | undefined {
  const moved = given.split(",").map((each) => {
    const [before, after] = [Number(each), Number(each) + days];
    return Math.abs(before) <= 28 && Math.abs(after) <= 28 && before * after > 0 ? after : NaN;
  });
  return months !== 0 || moved.some((day) => Number.isNaN(day)) ? undefined : moved.join(",");
}

function shiftMonthly(parts: RuleParts, shift: Shift): ShiftedDays | undefined {
  if (parts.has("BYSETPOS") || parts.has("BYWEEKNO")) return undefined;
  const [byDay, byMonthDay, byYearDay] = ["BYDAY", "BYMONTHDAY", "BYYEARDAY"].map((name) => parts.get(name));
  if ([byDay, byMonthDay, byYearDay].filter((each) => each !== undefined).length > 1) return undefined;
  if (byYearDay !== undefined) return parts.has("BYMONTH") ? undefined : moveYearDays(byYearDay, shift);
  if (byDay !== undefined && dayCodes.includes(byDay.split(",")[0] ?? "")) return rotateAll(parts, shift);
  const moved = shiftPlace({ byDay, byMonthDay }, shift) ?? exactDays(byMonthDay, shift);
  const months = moved && shiftMonths(parts, shift, byDay !== undefined || byMonthDay !== undefined);
  return months && { ...moved, ...withOnlyMonth(moved, parts, shift), changes: { ...moved.changes, ...months } };
}

function exactDays(byMonthDay: string | undefined, shift: Shift): ShiftedDays | undefined {
  const moved = byMonthDay === undefined ? undefined : moveMonthDays(byMonthDay, shift);
  return moved === undefined ? undefined : { changes: { BYMONTHDAY: moved } };
}

function withOnlyMonth({ place }: ShiftedDays, parts: RuleParts, { from }: Shift): Pick<ShiftedDays, "place"> {
  if (!place || parts.get("FREQ") !== "YEARLY") return {};
  const isEach = !parts.has("BYMONTH") && parts.has("BYMONTHDAY");
  return isEach || parts.get("BYMONTH")?.includes(",")
    ? {}
    : { place: { ...place, onlyMonth: monthOf(from.wall).month } };
}

/** Every Monday of all months is every Monday; of some months it is not. */
function rotateAll(parts: RuleParts, shift: Shift): ShiftedDays | undefined {
  const days = (parts.get("BYDAY") ?? "").split(",");
  const isAll = days.every((day) => dayCodes.includes(day)) && (parts.get("INTERVAL") ?? "1") === "1";
  return isAll && !parts.has("BYMONTH") ? { changes: rotateDays(parts, shift.days) } : undefined;
}

/** Days of the year that all move within it, leap year or not. */
function moveYearDays(given: string, { days }: Shift): ShiftedDays | undefined {
  const moved = given.split(",").map((each) => {
    const [before, after] = [Number(each), Number(each) + days];
    return Math.abs(before) <= 365 && Math.abs(after) <= 365 && before * after > 0 ? after : NaN;
  });
  return moved.some((day) => Number.isNaN(day)) ? undefined : { changes: { BYYEARDAY: moved.join(",") } };
}

/** The one day of a month that stood for the start stands for the new one. */
function shiftPlace(
  { byDay, byMonthDay }: { byDay: string | undefined; byMonthDay: string | undefined },
  { from, to }: Shift,
): ShiftedDays | undefined {
  const [day, newDay] = [from.wall, to.wall].map((wall) => Number(wall.slice(8, 10))) as [number, number];
  if (byDay === undefined) {
    if (byMonthDay !== undefined && Number(byMonthDay) !== day) return undefined;
    const changes = byMonthDay === undefined ? {} : { BYMONTHDAY: String(newDay) };
    return { changes, place: { before: { day }, after: { day: newDay } } };
  }
  const [, written, weekday] = /^([+-]?\d+)(MO|TU|WE|TH|FR|SA|SU)$/.exec(byDay) ?? [];
  if (written === undefined || weekday === undefined) return undefined;
  const ordinal = Number(written);
  const before = { ordinal, weekday };
  const after = { ordinal: ordinalOf(to.wall, ordinal < 0), weekday: dayCodeOf(to.wall) };
  // A fifth Monday is in few months: was it meant to be the last?
  if (dateIn(monthOf(from.wall), before) !== from.wall.slice(0, 10) || Math.abs(after.ordinal) > 4) return undefined;
  return { changes: { BYDAY: `${after.ordinal}${after.weekday}` }, place: { before, after } };
}

/** The months of a rule, where the start comes to another one. */
function shiftMonths(parts: RuleParts, { from, to, months }: Shift, saysDay: boolean): Changes | undefined {
  const given = parts.get("BYMONTH");
  const isYearly = parts.get("FREQ") === "YEARLY";
  // By its month's days alone a yearly rule is of every month; by counted weekdays, of the year.
  if (given === undefined && isYearly && saysDay) return parts.has("BYDAY") || months !== 0 ? undefined : {};
  if (given === undefined || months === 0) return {};
  if (Number(given) !== monthOf(from.wall).month) return undefined;
  return { BYMONTH: String(monthOf(to.wall).month) };
}
