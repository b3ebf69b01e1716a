import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "maigic-integrations";

/** The machine's clock, which can be put ahead. */
export interface SteeredClock extends Clock {
  advance(durationMs: number): void;
}

/** @param aheadMs - how far it is ahead at first */
export function steeredClock(aheadMs = 0): SteeredClock {
  let ahead = aheadMs;
  return {
    now: () => Date.now() + ahead,
    sleep: async (delayMs, signal) => sleep(delayMs, undefined, { ...(signal && { signal }) }),
    advance: (durationMs) => {
      ahead += durationMs;
    },
  };
}
