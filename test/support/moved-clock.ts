import type { Clock } from "../../src/core/clock.js";

/** A clock that stands still until something sleeps on it: then it jumps ahead at once. */
export interface MovedClock extends Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly sleeps: number[];
  advance(durationMs: number): void;
}

/** @param startMs - milliseconds since the epoch; default: a Monday morning in November 2026 */
export function movedClock(startMs: number = Date.parse("2026-11-23T08:00:00Z")): MovedClock {
  let now = startMs;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    advance: (durationMs) => {
      now += durationMs;
    },
    sleep: async (delayMs, signal) => {
      signal?.throwIfAborted();
      sleeps.push(delayMs);
      now += delayMs;
      await Promise.resolve();
    },
  };
}
