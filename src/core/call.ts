import type { Clock } from "./clock.js";
import { startDeadline, type CallOptions, type Deadline } from "./deadline.js";
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
  const begin = (operation: string, options: CallOptions): ReturnType<typeof startDeadline> => {
    try {
      return startDeadline(options, client.clock);
    } catch (error) {
      throw named(error, operation);
    }
  };
  return {
    async run(operation, options, work) {
      const { deadline, done } = begin(operation, options);
      try {
        return await work(deadline);
      } catch (error) {
        throw named(error, operation);
      } finally {
        done();
      }
    },
    async *stream(operation, options, work) {
      const { deadline, done } = begin(operation, options);
      try {
        for await (const item of work(deadline)) {
          deadline.signal.throwIfAborted(); // what was read ahead is not given any more
          yield item;
        }
        deadline.signal.throwIfAborted();
      } catch (error) {
        throw named(error, operation);
      } finally {
        done();
      }
    },
  };
}
