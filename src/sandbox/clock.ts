import { systemClock, type Clock } from "../core/clock.js";

/** A clock that a test moves: whatever expires by it expires at once, and nobody waits. */
export interface MovableClock extends Clock {
  /** Moves it by a duration in milliseconds; never back below what it showed. */
  advance(durationMs: number): void;
}

/** A clock that runs with another, ahead of it by all that it was moved. */
export function createMovableClock(base: Clock = systemClock): MovableClock {
  let aheadMs = 0;
  return {
    now: () => base.now() + aheadMs,
    sleep: (delayMs, signal) => base.sleep(delayMs, signal),
    advance: (durationMs) => {
      aheadMs += Math.max(0, durationMs);
    },
  };
}
