import type { SlotRequest, Weekday } from "maigic-integrations/calendar";

/**
 * Slots looked for in the dullest way: every minute of the range by itself, with the wall time that `Intl` gives for it.
 * Shares no code and no idea with the package.
 */
export interface GridSlot {
  readonly startMs: number;
  /** `YYYY-MM-DDTHH:MM` in the request's zone. */
  readonly wall: string;
  /** The same in each person's zone. */
  readonly walls: readonly string[];
}

const minuteMs = 60_000;

/** All slots of a request, in order. */
export function slotsOnGrid(request: SlotRequest): GridSlot[] {
  const { range, durationMs, stepMinutes, bufferBeforeMs, bufferAfterMs } = request;
  const fromMs = range.startMs - 48 * 60 * minuteMs;
  const toMs = range.endMs + 48 * 60 * minuteMs;
  const minuteAt = (ms: number): number => Math.round((ms - fromMs) / minuteMs);
  const minutes = minuteAt(toMs);
  const walls = new Map<string, Wall[]>();
  for (const zone of [request.timeZone, ...request.people.map(({ timeZone }) => timeZone)]) {
    if (!walls.has(zone)) walls.set(zone, wallTimes(zone, fromMs, minutes));
  }
  const own = walls.get(request.timeZone) ?? [];
  const required = request.people
    .filter(({ optional }) => !optional)
    .map((person) => ({
      taken: paint(request, person.taken, { fromMs, minutes }),
      works: (walls.get(person.timeZone) ?? []).map((wall) => isWorking(wall, person.workingHours)),
    }));
  const [duration, before, after] = [durationMs, bufferBeforeMs, bufferAfterMs].map((ms) => ms / minuteMs) as [
    number,
    number,
    number,
  ];
  const found: GridSlot[] = [];
  for (let start = 0; start < minutes; start++) {
    const startMs = fromMs + start * minuteMs;
    const wall = own[start];
    if (!wall || startMs < range.startMs || startMs + durationMs > range.endMs) continue;
    if (wall.minute % stepMinutes !== 0 || startMs < request.nowMs + request.minimumNoticeMs) continue;
    const isFree = required.every(({ taken, works }) => {
      for (let at = start - before; at < start + duration + after; at++) if (taken[at] === 1) return false;
      for (let at = start; at < start + duration; at++) if (works[at] !== true) return false;
      return true;
    });
    if (!isFree) continue;
    found.push({
      startMs,
      wall: wall.text,
      walls: request.people.map(({ timeZone }) => walls.get(timeZone)?.[start]?.text ?? ""),
    });
  }
  return found;
}

interface Wall {
  /** `YYYY-MM-DDTHH:MM`. */
  readonly text: string;
  /** Since midnight by the clock. */
  readonly minute: number;
  readonly weekday: number;
}

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
/** Clocks change on the quarter of an hour in every zone that is asked for here. */
const quarter = 15;

function wallTimes(timeZone: string, fromMs: number, minutes: number): Wall[] {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const walls: Wall[] = [];
  for (let start = 0; start < minutes; start += quarter) {
    const [date = "", clock = ""] = format.format(fromMs + start * minuteMs).split(" ");
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    const [hours = 0, firstMinute = 0] = clock.split(":").map(Number);
    for (let more = 0; more < quarter; more++) {
      const minute = hours * 60 + firstMinute + more;
      const text = `${date}T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
      walls.push({ text, minute, weekday });
    }
  }
  return walls;
}

type Person = SlotRequest["people"][number];

function isWorking({ minute, weekday }: Wall, hours: Person["workingHours"]): boolean {
  if (hours === "any") return true;
  const { days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], start = "09:00", end = "17:00" } = hours;
  const on = (day: number): boolean => days.includes(weekdays[(day + 7) % 7] as Weekday);
  const [from, to] = [minuteOf(start), minuteOf(end)];
  if (from < to) return on(weekday) && minute >= from && minute < to;
  return (on(weekday) && minute >= from) || (on(weekday - 1) && minute < to);
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function paint(
  { tentative, allDay }: SlotRequest,
  taken: Person["taken"],
  { fromMs, minutes }: { fromMs: number; minutes: number },
): Uint8Array {
  const grid = new Uint8Array(minutes);
  for (const each of taken) {
    if (each.tentative && tentative === "free") continue;
    if (each.allDay && allDay === "free") continue;
    if (!each.busy && !(each.allDay && allDay === "busy")) continue;
    for (let at = 0; at < minutes; at++) {
      const ms = fromMs + at * minuteMs;
      if (ms >= each.startMs && ms < each.endMs) grid[at] = 1;
    }
  }
  return grid;
}
