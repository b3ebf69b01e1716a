import type { EventMoment, ZonedTime } from "maigic-integrations/calendar";

/** Wall times of a zone, `2026-11-23T09:00:00`, and where they are; of whole days in UTC. */
export interface Walls {
  readonly at: (wall: string) => EventMoment;
  readonly msOf: (wall: string) => number;
  /** Whether the clocks show it; some times they skip. */
  readonly isShown: (wall: string) => boolean;
  readonly wallOf: (moment: EventMoment) => string;
  /** How a wall time is written in iCalendar: in UTC, or as a date. */
  readonly stampOf: (wall: string) => string;
}

/** The wall times of a zone. */
export function zoneWalls(time: ZonedTime, { zone, allDay }: { zone: string; allDay: boolean }): Walls {
  const known = new Map<string, { epochMs: number; dateTime: string }>();
  const instant = (wall: string): { epochMs: number; dateTime: string } => {
    const read = known.get(wall) ?? time.moment(wall, zone);
    if ("kind" in read && read.kind === "date") throw new TypeError(`${wall} has no time`);
    known.set(wall, read);
    return read;
  };
  const wallOf = ({ date, dateTime }: EventMoment): string =>
    date === undefined ? dateTime.slice(0, 19) : `${date}T00:00:00`;
  return {
    at: (wall) => (allDay ? { date: wall.slice(0, 10) } : { dateTime: instant(wall).dateTime, timeZone: zone }),
    msOf: (wall) => (allDay ? Date.parse(`${wall}Z`) : instant(wall).epochMs),
    isShown: (wall) => allDay || instant(wall).dateTime.slice(0, 19) === wall,
    wallOf,
    stampOf: (wall) =>
      allDay
        ? wall.slice(0, 10).replaceAll("-", "")
        : new Date(instant(wall).epochMs).toISOString().replace(/[-:]|\.\d{3}/g, ""),
  };
}
