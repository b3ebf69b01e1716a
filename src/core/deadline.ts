import type { Clock } from "./clock.js";
import { integrationError } from "./errors.js";

/** The last parameter of every method extends this. */
export interface CallOptions {
  /** Ends the call; it then rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
  /** How long the whole call may take, retries included. */
  readonly timeoutMs?: number | undefined;
}

/** What a call has left: the time at which it ends and the signal that ends it. */
export interface Deadline {
  /** Milliseconds since the epoch; infinite when the caller set no limit. */
  readonly endsAt: number;
  readonly signal: AbortSignal;
}

/**
 * Runs a call under its caller's signal and time limit.
 *
 * @throws ConnectionError `connection.timeout` when the time is up; the signal's reason when it aborts
 */
export async function withDeadline<T>(
  options: CallOptions,
  clock: Clock,
  run: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  options.signal?.throwIfAborted();
  const { timeoutMs } = options;
  const done = new AbortController();
  const late = new AbortController();
  if (timeoutMs !== undefined) {
    clock.sleep(timeoutMs, done.signal).then(
      () =>
        late.abort(integrationError("connection.timeout", { message: `The call took longer than ${timeoutMs} ms.` })),
      () => undefined, // the call ended first
    );
  }
  const signal = options.signal ? AbortSignal.any([options.signal, late.signal]) : late.signal;
  try {
    return await run({ endsAt: timeoutMs === undefined ? Infinity : clock.now() + timeoutMs, signal });
  } finally {
    done.abort();
  }
}
