import type { Clock } from "../../src/core/clock.js";

/**
 * A clock for many sleepers at once: whenever nothing else is left to do, it moves on to the one who wakes first. Real
 * network traffic counts as nothing to do: it is for programs whose network is a fake on the same clock.
 *
 * @param startMs - milliseconds since the epoch
 */
export function virtualClock(startMs: number): Clock {
  let now = startMs;
  let moving = false;
  const sleepers: { at: number; wake: () => void }[] = [];
  const move = (): void => {
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    now = Math.max(now, next?.at ?? now);
    next?.wake();
    moving = sleepers.length > 0;
    if (moving) setImmediate(move);
  };
  return {
    now: () => now,
    sleep: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        sleepers.push({ at: now + delayMs, wake: resolve });
        signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        if (!moving) setImmediate(move);
        moving = true;
      }),
  };
}
