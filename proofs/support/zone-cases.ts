import type { EventSpanInput } from "maigic-integrations/calendar";
import { wallText, weekdayOf, type ZoneClock } from "./zone-clock.js";

/** A start or end as it must be read back: of a day, or of an instant with both its zones. */
export type Shown =
  | { readonly date: string; readonly weekday: string }
  | {
      readonly dateTime: string;
      readonly timeZone: string;
      readonly weekday: string;
      readonly local: { readonly dateTime: string; readonly timeZone: string; readonly weekday: string };
    };

/** An event as somebody may give it, and what must come of it. */
export interface ZoneCase {
  readonly input: EventSpanInput;
  /** Both readings, where the time is not a single one. */
  readonly refused?: readonly string[];
  readonly start?: Shown;
  readonly end?: Shown;
}

const [secondMs, minuteMs, hourMs, dayMs] = [1000, 60_000, 3_600_000, 86_400_000];
const aroundWall = [
  -dayMs,
  -90 * minuteMs,
  -secondMs,
  0,
  15 * minuteMs,
  30 * minuteMs,
  hourMs - secondMs,
  hourMs,
  dayMs,
];
const aroundInstant = [-dayMs, -secondMs, 0, secondMs, hourMs, dayMs];
const durationMs = 45 * minuteMs;

/** Events around each change of a zone's clocks, timed, of whole days, and over several days; read also in `asked`. */
export function casesOf(clock: ZoneClock, asked: ZoneClock): ZoneCase[] {
  return clock.changes.flatMap(({ epochMs, before, after }) => {
    const walls = aroundWall.flatMap((delta) => [before, after].map((offset) => epochMs + offset * secondMs + delta));
    return [
      ...[...new Set(walls)].map((wallMs) => wallCase(clock, asked, wallMs)),
      ...aroundInstant.map((delta) => instantCase(clock, asked, epochMs + delta)),
      ...severalDays(clock, asked, epochMs),
      ...[-1, 0].flatMap((days) => [1, 3].map((length) => dayCase(clock.wallOf(epochMs) + days * dayMs, length))),
    ];
  });
}

/** A wall time without an offset, and a length. */
function wallCase(clock: ZoneClock, asked: ZoneClock, wallMs: number): ZoneCase {
  const input = { start: wallText(wallMs), durationMinutes: durationMs / minuteMs, timeZone: clock.zone };
  const [instant, second] = clock.instantsOf(wallMs);
  if (instant === undefined || second !== undefined) {
    return { input, refused: clock.readingsOf(wallMs).map((epochMs) => clock.written(epochMs)) };
  }
  return { input, start: shown(clock, asked, instant), end: shown(clock, asked, instant + durationMs) };
}

/** Times with an offset, which end in another zone. */
function instantCase(clock: ZoneClock, asked: ZoneClock, epochMs: number): ZoneCase {
  const end = epochMs + durationMs;
  return {
    input: {
      start: { dateTime: clock.written(epochMs), timeZone: clock.zone },
      end: { dateTime: clock.written(end), timeZone: asked.zone },
    },
    start: shown(clock, asked, epochMs),
    end: shown(asked, asked, end),
  };
}

/** From the day before a change to the day after it, by the clocks. */
function severalDays(clock: ZoneClock, asked: ZoneClock, changeMs: number): ZoneCase[] {
  const [startWall, endWall] = [clock.wallOf(changeMs) - 30 * hourMs, clock.wallOf(changeMs) + 30 * hourMs];
  const [[start, again], [end, twice]] = [clock.instantsOf(startWall), clock.instantsOf(endWall)];
  if (start === undefined || end === undefined || again !== undefined || twice !== undefined) return [];
  return [
    {
      input: { start: { dateTime: wallText(startWall), timeZone: clock.zone }, end: wallText(endWall) },
      start: shown(clock, asked, start),
      end: shown(clock, asked, end),
    },
  ];
}

function dayCase(wallMs: number, length: number): ZoneCase {
  const [start, end] = [shownDay(wallMs), shownDay(wallMs + length * dayMs)];
  const input = length === 1 ? { start: start.date } : { start: { date: start.date }, end: { date: end.date } };
  return { input, start, end };
}

function shownDay(wallMs: number): { date: string; weekday: string } {
  return { date: wallText(wallMs).slice(0, 10), weekday: weekdayOf(wallMs) };
}

function shown(clock: ZoneClock, asked: ZoneClock, epochMs: number): Shown {
  const at = (each: ZoneClock): { dateTime: string; timeZone: string; weekday: string } => ({
    dateTime: each.written(epochMs),
    timeZone: each.zone,
    weekday: each.weekday(epochMs),
  });
  return { ...at(clock), local: at(asked) };
}
