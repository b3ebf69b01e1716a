import type { Clock } from "./clock.js";
import type { Deadline } from "./deadline.js";
import { integrationError, isIntegrationError } from "./errors.js";

/** How failed attempts are repeated. Times are in milliseconds. */
export interface RetryPolicy {
  readonly clock: Clock;
  /** A number in [0, 1); decides the jitter. */
  readonly random: () => number;
  /** How long one request may go on being repeated, waits included. */
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

  constructor(error: Error, options: { afterMs?: number | undefined; maxAttempts?: number } = {}) {
    this.error = error;
    this.afterMs = options.afterMs ?? 0;
    this.maxAttempts = options.maxAttempts;
  }
}

const firstWindowMs = 1_000;
const lastWindowMs = 64_000;

/**
 * Repeats an attempt for as long as it throws `Repeatable` and the budget and the caller's deadline allow.
 * A wait that would outlast them is not begun: the error is thrown at once, with `retryAfterMs`.
 *
 * @param attempt - is told until when it may wait; milliseconds since the epoch
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ (full jitter)
 */
export async function withRetry<T>(
  attempt: (endsAt: number) => Promise<T>,
  policy: RetryPolicy,
  deadline: Deadline,
): Promise<T> {
  const endsAt = Math.min(deadline.endsAt, policy.clock.now() + policy.budgetMs);
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(endsAt);
    } catch (thrown) {
      if (!(thrown instanceof Repeatable)) throw thrown;
      const jitterMs = policy.random() * Math.min(lastWindowMs, firstWindowMs * 2 ** (count - 1));
      const waitMs = Math.max(thrown.afterMs, jitterMs);
      if (count >= (thrown.maxAttempts ?? policy.maxAttempts) || policy.clock.now() + waitMs > endsAt)
        throw withWait(thrown.error, waitMs);
      policy.onWait?.(thrown.error, waitMs);
      await policy.clock.sleep(waitMs, deadline.signal);
    }
  }
}

function withWait(error: Error, waitMs: number): Error {
  if (!isIntegrationError(error) || error.retryAfterMs !== undefined) return error;
  const { code, message, hint, service, profile, operation, details, cause } = error;
  const retryAfterMs = Math.ceil(waitMs);
  return integrationError(code, { message, hint, service, profile, operation, details, cause, retryAfterMs });
}
