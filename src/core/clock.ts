/** The only source of the current time; tests hand in one that they move. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `delayMs`, or rejects with the signal's reason as soon as it aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own time. Its timers do not keep the process alive longer than what waits on them. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(delayMs, signal) {
    let leftMs = delayMs;
    for (; leftMs > longestTimerMs; leftMs -= longestTimerMs) await timer(longestTimerMs, signal);
    await timer(leftMs, signal);
  },
};

/** A longer timer of Node's would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

function timer(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      clearTimeout(running);
      reject(signal?.reason as Error);
    };
    const running = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
