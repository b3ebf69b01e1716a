import type { Clock } from "maigic-integrations";

/** A clock that stands still until somebody waits by it: then it jumps to the end of the wait. */
export function jumpingClock(startMs: number): Clock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    async sleep(delayMs, signal) {
      signal?.throwIfAborted();
      nowMs += delayMs;
      await Promise.resolve();
    },
  };
}
