import { dayCodeOf, dayCodes } from "./implied-parts.js";
import { dayMs } from "./stamps.js";

/** Which day of a month is meant: the 15th, or the second Monday, or (counted from the end) the last Friday. */
export type MonthPlace = { readonly day: number } | { readonly ordinal: number; readonly weekday: string };

/** A month by its year and number, 1 to 12. */
export interface Month {
  readonly year: number;
  readonly month: number;
}

/** The month of a wall time. */
export function monthOf(wall: string): Month {
  return { year: Number(wall.slice(0, 4)), month: Number(wall.slice(5, 7)) };
}

/** That many months later. */
export function addMonths({ year, month }: Month, months: number): Month {
  const index = year * 12 + month - 1 + months;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
}

/** A day of a month, `2026-11-23`; undefined where the month has none such. */
export function dateIn(month: Month, place: MonthPlace): string | undefined {
  const last = daysIn(month);
  const day = "day" in place ? place.day : dayOfOrdinal(month, place, last);
  return day >= 1 && day <= last ? dateOf(month, day) : undefined;
}

function dayOfOrdinal(month: Month, { ordinal, weekday }: { ordinal: number; weekday: string }, last: number): number {
  const wanted = dayCodes.indexOf(weekday);
  const weekdayOf = (day: number): number => dayCodes.indexOf(dayCodeOf(dateOf(month, day)));
  if (ordinal > 0) return 1 + ((wanted - weekdayOf(1) + 7) % 7) + (ordinal - 1) * 7;
  return last - ((weekdayOf(last) - wanted + 7) % 7) + (ordinal + 1) * 7;
}

/** The ordinal of a date among the same weekdays of its month: from the start, or negative from the end. */
export function ordinalOf(wall: string, fromTheEnd: boolean): number {
  const day = Number(wall.slice(8, 10));
  return fromTheEnd ? -Math.ceil((daysIn(monthOf(wall)) - day + 1) / 7) : Math.ceil(day / 7);
}

function dateOf({ year, month }: Month, day: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function daysIn(month: Month): number {
  const first = (each: Month): number => Date.parse(`${dateOf(each, 1)}T00:00:00Z`);
  return Math.round((first(addMonths(month, 1)) - first(month)) / dayMs);
}
