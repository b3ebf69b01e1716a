import type { Clock } from "./clock.js";
import { withDeadline, type CallOptions, type Deadline } from "./deadline.js";
import { isIntegrationError, withFacts } from "./errors.js";

/** Runs a client's public methods: under their deadline, and with their name on every error. */
export interface Calls {
  run<T>(operation: string, options: CallOptions, work: (deadline: Deadline) => Promise<T>): Promise<T>;
  /** The same for a method that answers with a sequence; the deadline covers all of it. */
  stream<T>(
    operation: string,
    options: CallOptions,
    work: (deadline: Deadline) => AsyncIterable<T>,
  ): AsyncGenerator<T, void, undefined>;
}

/** The calls of one client. */
export function createCalls(client: { service: string; userId: string; clock: Clock }): Calls {
  const named = (error: unknown, operation: string): unknown =>
    isIntegrationError(error)
      ? withFacts(error, { service: client.service, profile: client.userId, operation })
      : error;
  return {
    async run(operation, options, work) {
      try {
        return await withDeadline(options, client.clock, work);
      } catch (error) {
        throw named(error, operation);
      }
    },
    async *stream(operation, options, work) {
      const { signal, timeoutMs } = options;
      signal?.throwIfAborted();
      const late = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
      const signals = [signal, late, new AbortController().signal].filter((each) => each !== undefined);
      try {
        yield* work({
          endsAt: timeoutMs === undefined ? Infinity : client.clock.now() + timeoutMs,
          signal: AbortSignal.any(signals),
        });
      } catch (error) {
        throw named(error, operation);
      }
    },
  };
}
