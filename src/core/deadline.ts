import { setMaxListeners } from "node:events";
import type { Clock } from "./clock.js";
import { integrationError } from "./errors.js";

/** The last parameter of every method extends this. */
export interface CallOptions {
  /** Ends the call; it then rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined;
  /** How long the whole call may take, retries included; above 0. Default, and with Infinity: no limit. */
  readonly timeoutMs?: number | undefined;
}

/** What a call has left: the time at which it ends and the signal that ends it. */
export interface Deadline {
  /** Milliseconds since the epoch; infinite when the caller set no limit. */
  readonly endsAt: number;
  readonly signal: AbortSignal;
}

/**
 * Begins a call under its caller's signal and time limit.
 *
 * @returns the deadline, whose signal aborts with `connection.timeout` when the time is up and with the caller's reason
 * when the caller aborts; and `end`, which stops the watch and whatever of the call still runs
 * @throws RequestError `request.invalid` for a time limit that is none; the signal's reason when it is aborted already
 */
export function startDeadline(
  options: CallOptions,
  clock: Clock,
): { deadline: Deadline; end: (reason?: unknown) => void } {
  options.signal?.throwIfAborted();
  const timeoutMs = timeLimit(options.timeoutMs);
  const watch = new AbortController();
  const ended = new AbortController();
  if (timeoutMs !== undefined) {
    clock.sleep(timeoutMs, watch.signal).then(
      () =>
        ended.abort(integrationError("connection.timeout", { message: `The call took longer than ${timeoutMs} ms.` })),
      () => undefined, // the call ended first
    );
  }
  const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
  setMaxListeners(0, signal); // every request under way listens; that many are no leak
  const endsAt = timeoutMs === undefined ? Infinity : clock.now() + timeoutMs;
  const end = (reason?: unknown): void => {
    watch.abort();
    ended.abort(reason);
  };
  return { deadline: { endsAt, signal }, end };
}

/** Work that others wait for too: whoever gives up leaves, and it goes on. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

function timeLimit(timeoutMs: number | undefined): number | undefined {
  if (timeoutMs === undefined || timeoutMs === Infinity) return undefined;
  if (typeof timeoutMs === "number" && timeoutMs > 0) return timeoutMs;
  throw integrationError("request.invalid", {
    message: `timeoutMs is ${String(timeoutMs)}.`,
    hint: "Give timeoutMs as a number of milliseconds above 0, or leave it out for no limit.",
  });
}
