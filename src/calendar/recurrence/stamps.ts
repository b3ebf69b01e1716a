import type { ZonedTime } from "../../core/zoned-time.js";
import type { EventMoment } from "../event-times.js";

/**
 * The line on which the dates of a series lie. Of timed series they are instants; of series of whole days they are dates,
 * each at the midnight of UTC so that all are 24 hours apart: no time zone ever moves them. Milliseconds since the epoch.
 */
export interface Axis {
  readonly allDay: boolean;
  /** IANA name; of whole days UTC. */
  readonly zone: string;
}

export const dayMs: number = 24 * 60 * 60 * 1000;

/** The line that the dates of a series lie on. */
export function axisOf(start: EventMoment): Axis {
  return start.date === undefined ? { allDay: false, zone: start.timeZone } : { allDay: true, zone: "UTC" };
}

/** Where a start or end lies. A time for a series of whole days, or the other way round, is what it is in UTC. */
export function positionOf(moment: EventMoment): number {
  return Date.parse(moment.date === undefined ? moment.dateTime : `${moment.date}T00:00:00Z`);
}

/** A place on the line as a start or end. */
export function momentAt(time: ZonedTime, { allDay, zone }: Axis, position: number): EventMoment {
  return allDay
    ? { date: new Date(position).toISOString().slice(0, 10) }
    : { dateTime: time.format(position, zone), timeZone: zone };
}

/** What the clocks show at a place on the line, `2026-11-23T09:00:00`. */
export function wallAt(time: ZonedTime, { allDay, zone }: Axis, position: number): string {
  return (allDay ? new Date(position).toISOString() : time.format(position, zone)).slice(0, 19);
}

/** Where the clocks show a time; where they skip it, that much later, and the first time where they show it twice. */
export function positionOfWall(time: ZonedTime, { allDay, zone }: Axis, wall: string): number {
  if (allDay) return Date.parse(`${wall}Z`);
  const moment = time.moment(wall, zone);
  return moment.kind === "date" ? time.startOfDay(moment.date, zone) : moment.epochMs;
}

/** What a wall time is as if the clocks were those of UTC: for reckoning with what clocks show. Milliseconds. */
export function reckon(wall: string): number {
  return Date.parse(`${wall}Z`);
}

/** The wall time of a reckoning. */
export function wallOf(reckoned: number): string {
  return new Date(reckoned).toISOString().slice(0, 19);
}

/** The parts of a date or time as iCalendar writes them; undefined for what is none. */
export function readStamp(stamp: string): { wall: string; kind: "date" | "local" | "utc" } | undefined {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(stamp);
  if (!found) return undefined;
  const [, year, month, day, hour, minute = "00", second = "00", utc] = found;
  const wall = `${year}-${month}-${day}T${hour ?? "00"}:${minute}:${second}`;
  const reckoned = reckon(wall);
  // The 30th of February is parsed as another day.
  if (Number.isNaN(reckoned) || wallOf(reckoned) !== wall) return undefined;
  return { wall, kind: hour === undefined ? "date" : utc === "Z" ? "utc" : "local" };
}

/**
 * Where a written date or time lies; undefined for what is none, and for a time that is not a day of a series of whole days.
 *
 * @param timeZone - of a local time; one that is not known counts as the series' own
 */
export function positionOfStamp(
  time: ZonedTime,
  axis: Axis,
  stamp: string,
  timeZone: string = axis.zone,
): number | undefined {
  const read = readStamp(stamp);
  if (!read) return undefined;
  const reckoned = reckon(read.wall);
  if (axis.allDay) return reckoned % dayMs === 0 ? reckoned : undefined;
  if (read.kind === "utc") return reckoned;
  return positionOfWall(time, { ...axis, zone: time.isZone(timeZone) ? timeZone : axis.zone }, read.wall);
}

/** How a place on the line is written: as a date, or as a time in UTC. */
export function stampOf({ allDay }: Axis, position: number): string {
  const stamp = new Date(position).toISOString().replace(/[-:]|\.\d{3}/g, "");
  return allDay ? stamp.slice(0, 8) : stamp;
}

/** A start or end as iCalendar writes it: as a date, or as a time in UTC. */
export function stampOfMoment(moment: EventMoment): string {
  return stampOf(axisOf(moment), positionOf(moment));
}

/** A wall time as iCalendar writes it, without its zone. */
export function localStamp(wall: string): string {
  return wall.replace(/[-:]/g, "");
}
