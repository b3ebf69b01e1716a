import type { Clock } from "./clock.js";
import type { Deadline } from "./deadline.js";
import { integrationError, isIntegrationError } from "./errors.js";

/** How failed attempts are repeated. Times are in milliseconds. */
export interface RetryPolicy {
  readonly clock: Clock;
  /** A number in [0, 1); decides the jitter. */
  readonly random: () => number;
  /** How long one request may go on being repeated after its first failure, waits included. */
  readonly budgetMs: number;
  readonly maxAttempts: number;
  /** Is told before each wait. */
  readonly onWait?: (error: Error, waitMs: number) => void;
}

/** What an attempt throws when the answer says that the same request may be repeated. */
export class Repeatable {
  readonly error: Error;
  /** What the service asked for: waited for even when it is more than full jitter over a doubling window gives. */
  readonly afterMs: number;
  /** How many attempts of this kind are worth making; default: the policy's. */
  readonly maxAttempts: number | undefined;
  /** Whether the next attempt is held back until its time by itself, so that nothing is to be waited for here. */
  readonly paced: boolean;

  constructor(
    error: Error,
    options: { afterMs?: number | undefined; maxAttempts?: number | undefined; paced?: boolean } = {},
  ) {
    this.error = error;
    this.afterMs = options.afterMs ?? 0;
    this.maxAttempts = options.maxAttempts;
    this.paced = options.paced ?? false;
  }
}

const firstWindowMs = 1_000;
const lastWindowMs = 64_000;

/** One attempt: its number, from 1, and until when it may wait, in milliseconds since the epoch. */
export interface Attempt {
  readonly count: number;
  readonly endsAt: number;
}

/**
 * Repeats an attempt for as long as it throws `Repeatable` and the budget and the caller's deadline allow.
 * A wait that would outlast them is not begun: the error is thrown at once, with `retryAfterMs`.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ (full jitter)
 */
export async function withRetry<T>(
  attempt: (attempt: Attempt) => Promise<T>,
  policy: RetryPolicy,
  deadline: Deadline,
): Promise<T> {
  let { endsAt } = deadline;
  for (let count = 1; ; count += 1) {
    try {
      return await attempt({ count, endsAt });
    } catch (thrown) {
      if (!(thrown instanceof Repeatable)) throw thrown;
      if (count === 1) endsAt = Math.min(endsAt, policy.clock.now() + policy.budgetMs);
      const jitterMs = policy.random() * Math.min(lastWindowMs, firstWindowMs * 2 ** (count - 1));
      const waitMs = Math.max(thrown.afterMs, thrown.paced ? 0 : jitterMs);
      if (count >= (thrown.maxAttempts ?? policy.maxAttempts) || policy.clock.now() + waitMs > endsAt)
        throw withWait(thrown.error, waitMs);
      policy.onWait?.(thrown.error, waitMs);
      if (!thrown.paced) await policy.clock.sleep(waitMs, deadline.signal);
    }
  }
}

function withWait(error: Error, waitMs: number): Error {
  if (!isIntegrationError(error) || error.retryAfterMs !== undefined) return error;
  const { code, message, hint, service, profile, operation, details, cause } = error;
  const retryAfterMs = Math.ceil(waitMs);
  return integrationError(code, { message, hint, service, profile, operation, details, cause, retryAfterMs });
}
