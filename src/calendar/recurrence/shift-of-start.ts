import type { ZonedTime } from "../../core/zoned-time.js";
import type { EventMoment } from "../event-times.js";
import { addMonths, dateIn, monthOf, type MonthPlace } from "./month-place.js";
import { axisOf, dayMs, positionOf, reckon, wallAt, type Axis } from "./stamps.js";

/** How the first date of a series moves, by what clocks show. */
export interface Shift {
  readonly from: { readonly axis: Axis; readonly wall: string };
  readonly to: { readonly axis: Axis; readonly wall: string };
  /** From the old date to the new one. */
  readonly days: number;
  readonly months: number;
  /** From the old time of day to the new one; 0 where one of both has none. */
  readonly seconds: number;
  readonly changes: boolean;
}

/** A rule that has one date in a month, which stood for the start: where it was and where it is. */
export interface MovedPlace {
  readonly before: MonthPlace;
  readonly after: MonthPlace;
  /** Of a yearly rule: the only month that it has its date in, as it was. */
  readonly onlyMonth?: number;
}

/** How a start moves to another. */
export function readShift(time: ZonedTime, start: EventMoment, newStart: EventMoment): Shift {
  const [from, to] = [start, newStart].map((moment) => {
    const axis = axisOf(moment);
    return { axis, wall: wallAt(time, axis, positionOf(moment)) };
  }) as [Shift["from"], Shift["to"]];
  const [before, after] = [monthOf(from.wall), monthOf(to.wall)];
  const isTimed = !from.axis.allDay && !to.axis.allDay;
  const seconds = isTimed ? (timeOf(to.wall) - timeOf(from.wall)) / 1000 : 0;
  const days = (reckon(to.wall) - timeOf(to.wall) - reckon(from.wall) + timeOf(from.wall)) / dayMs;
  return {
    from,
    to,
    days,
    months: (after.year - before.year) * 12 + after.month - before.month,
    seconds,
    changes: days !== 0 || seconds !== 0 || from.axis.allDay !== to.axis.allDay || from.axis.zone !== to.axis.zone,
  };
}

/** The time of day of a wall time, milliseconds since midnight. */
function timeOf(wall: string): number {
  return reckon(wall) % dayMs < 0 ? (reckon(wall) % dayMs) + dayMs : reckon(wall) % dayMs;
}

/** A wall time that moves as the start does, reckoned. */
export function movedBy({ from, to, days, seconds }: Shift, wall: string): number {
  const day = reckon(wall) - timeOf(wall) + days * dayMs;
  if (to.axis.allDay) return day;
  return from.axis.allDay ? day + timeOf(to.wall) : day + timeOf(wall) + seconds * 1000;
}

/** A date of a rule that moves with the rule, reckoned; undefined where the month that it comes to has no such date. */
export function movedInPlace(shift: Shift, place: MovedPlace | undefined, wall: string): number | undefined {
  const month = monthOf(wall);
  if (!place || dateIn(month, place.before) !== wall.slice(0, 10)) return movedBy(shift, wall);
  const date = dateIn(addMonths(month, shift.months), place.after);
  return date === undefined ? undefined : timed(shift, date, timeOf(wall));
}

function timed({ from, to, seconds }: Shift, date: string, time: number): number {
  const midnight = reckon(`${date}T00:00:00`);
  if (to.axis.allDay) return midnight;
  return from.axis.allDay ? midnight + timeOf(to.wall) : midnight + time + seconds * 1000;
}

/** The end of a rule, moved so that as many dates are before it as were, reckoned. */
export function movedUntil(shift: Shift, place: MovedPlace | undefined, wall: string): number {
  const month = monthOf(wall);
  const [before, after] = place
    ? [{ ...month, month: place.onlyMonth ?? month.month }].flatMap((each) => [
        dateIn(each, place.before),
        dateIn(addMonths(each, shift.months), place.after),
      ])
    : [];
  const start = timeOf(shift.from.wall);
  if (before !== undefined && after !== undefined) {
    const moved = timed(shift, after, start);
    const isIn = reckon(wall) >= reckon(`${before}T00:00:00`) + start;
    return isIn ? moved : moved - (shift.to.axis.allDay ? dayMs : 1000);
  }
  // A day belongs to a series of whole days if its date came before the end.
  return shift.to.axis.allDay && !shift.from.axis.allDay
    ? movedBy(shift, new Date(reckon(wall) - start).toISOString().slice(0, 19))
    : movedBy(shift, wall);
}
