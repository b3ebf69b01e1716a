import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "maigic-integrations";

/** The machine's clock a day ahead, which can be put further ahead and stopped. */
export interface HeldClock extends Clock {
  advance(durationMs: number): void;
  /** Stands still but for `advance` until the work is done, so that a time is met to the millisecond. */
  standing<T>(work: () => Promise<T>): Promise<T>;
}

const dayMs = 86_400_000;

/** Makes one. What a day is ahead of the machine's clock still stands for a process that has that clock. */
export function heldClock(): HeldClock {
  let ahead = dayMs;
  let held: number | undefined;
  return {
    now: () => held ?? Date.now() + ahead,
    sleep: async (delayMs, signal) => sleep(delayMs, undefined, { ...(signal && { signal }) }),
    advance(durationMs) {
      if (held === undefined) ahead += durationMs;
      else held += durationMs;
    },
    async standing(work) {
      held = Date.now() + ahead;
      try {
        return await work();
      } finally {
        ahead = held - Date.now();
        held = undefined;
      }
    },
  };
}
