import { systemClock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import type { Turn } from "./store.js";

/**
 * Waits for a turn under its time limit.
 *
 * @param what - what the turn is for, for messages
 * @param work - gets a signal that ends when the caller aborts or the time is up, until `begun` was called
 * @throws ConnectionError `connection.timeout`; the caller's reason
 */
export async function takeTurn<T>(
  what: string,
  { timeoutMs, signal }: Turn,
  work: (waiting: AbortSignal, begun: () => void) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const watch = new AbortController();
  // Other processes live by the machine's clock, whatever clock the caller has.
  systemClock.sleep(timeoutMs, watch.signal).then(
    () => late.abort(tooLate(what, timeoutMs)),
    () => undefined, // the turn came first
  );
  try {
    return await work(signal ? AbortSignal.any([signal, late.signal]) : late.signal, () => watch.abort());
  } finally {
    watch.abort();
  }
}

function tooLate(what: string, timeoutMs: number): Error {
  return integrationError("connection.timeout", {
    message: `Another process has been busy with ${what} for more than ${timeoutMs / 1000} s.`,
    hint: "Look whether that process is stopped or hangs, end it if so, and try again; nothing was changed.",
    details: { lock: what },
  });
}
