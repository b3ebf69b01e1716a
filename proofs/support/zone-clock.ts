import type { ZoneChange, ZoneHistory } from "./zone-changes.js";

const secondMs = 1000;
const dayMs = 86_400_000;
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** What the clocks of a zone show, reckoned from its changes alone; wall times in milliseconds as if they were UTC. */
export interface ZoneClock {
  readonly zone: string;
  readonly changes: readonly ZoneChange[];
  wallOf(epochMs: number): number;
  /** The instants at which the clocks show a wall time, which are none when they skip it and two when they go back. */
  instantsOf(wallMs: number): number[];
  /** For a wall time that is skipped or shown twice: both instants that may be meant. */
  readingsOf(wallMs: number): number[];
  /** ISO 8601 with offset. */
  written(epochMs: number): string;
  weekday(epochMs: number): string;
}

/** @param still - offset in seconds of a zone without changes */
export function zoneClock({ zone, changes }: ZoneHistory, still = 0): ZoneClock {
  const offsetAt = (epochMs: number): number =>
    changes.findLast((change) => change.epochMs <= epochMs)?.after ?? changes[0]?.before ?? still;
  const wallOf = (epochMs: number): number => epochMs + offsetAt(epochMs) * secondMs;
  const offsetsNear = (wallMs: number): number[] => {
    const near = changes.filter(({ epochMs }) => Math.abs(epochMs - wallMs) < 3 * dayMs);
    return [...new Set([offsetAt(wallMs), ...near.flatMap(({ before, after }) => [before, after])])];
  };
  const readingsOf = (wallMs: number): number[] =>
    offsetsNear(wallMs)
      .map((offset) => wallMs - offset * secondMs)
      .sort((a, b) => a - b);
  return {
    zone,
    changes,
    wallOf,
    readingsOf,
    instantsOf: (wallMs) => readingsOf(wallMs).filter((epochMs) => wallOf(epochMs) === wallMs),
    written: (epochMs) => wallText(wallOf(epochMs)) + offsetText(offsetAt(epochMs)),
    weekday: (epochMs) => weekdayOf(wallOf(epochMs)),
  };
}

/** `2026-03-29T02:30:00`. */
export function wallText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19);
}

/** The day of the week of a wall time. */
export function weekdayOf(wallMs: number): string {
  return weekdays[new Date(wallMs).getUTCDay()] ?? "";
}

function offsetText(seconds: number): string {
  const minutes = Math.abs(seconds) / 60;
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0"));
  return `${seconds < 0 ? "-" : "+"}${digits.join(":")}`;
}
