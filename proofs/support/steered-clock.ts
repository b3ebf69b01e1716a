import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "maigic-integrations";

/** Who waits longer than this waits for a minute's allowance: then the clock goes ahead instead. */
const longestWaitMs = 5_000;

/** The machine's clock, which can be put ahead, and goes ahead by itself over long waits. */
export interface SteeredClock extends Clock {
  advance(durationMs: number): void;
}

/** @param aheadMs - how far it is ahead at first */
export function steeredClock(aheadMs = 0): SteeredClock {
  let ahead = aheadMs;
  return {
    now: () => Date.now() + ahead,
    async sleep(delayMs, signal) {
      signal?.throwIfAborted();
      if (delayMs > longestWaitMs) ahead += delayMs;
      else await sleep(delayMs, undefined, { ...(signal && { signal }) });
    },
    advance: (durationMs) => {
      ahead += durationMs;
    },
  };
}
