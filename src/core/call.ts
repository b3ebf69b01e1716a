import { setMaxListeners } from "node:events";
import type * as v from "valibot";
import type { Clock } from "./clock.js";
import { startDeadline, type CallOptions, type Deadline } from "./deadline.js";
import { clientClosed, isIntegrationError, withFacts } from "./errors.js";
import { requireInput } from "./input.js";

/** Runs a client's public methods: with checked options, under their deadline, and with their name on every error. */
export interface Calls<Operation extends string = string> {
  run<T>(operation: Operation, options: CallOptions, work: (deadline: Deadline) => Promise<T>): Promise<T>;
  /** The same for a method that answers with a sequence; the deadline covers all of it. */
  stream<T>(
    operation: Operation,
    options: CallOptions,
    work: (deadline: Deadline) => AsyncIterable<T>,
  ): AsyncGenerator<T, void, undefined>;
  /** The same for a method that answers with bytes; the deadline covers the stream to its end. */
  open(
    operation: Operation,
    options: CallOptions,
    work: (deadline: Deadline) => Promise<AsyncIterable<Uint8Array>>,
  ): Promise<ReadableStream<Uint8Array>>;
  /** For work that several calls share: it ends with the client only. */
  readonly shared: Deadline;
  /** Ends all that is under way, and refuses what comes later. */
  end(): void;
}

/** Who belongs to the calls, and which options each operation takes. */
export interface CallsOptions<Operation extends string> {
  readonly service: string;
  readonly userId: string;
  readonly clock: Clock;
  readonly options: Readonly<Record<Operation, v.GenericSchema>>;
}

/** The calls of one client. */
export function createCalls<Operation extends string>(client: CallsOptions<Operation>): Calls<Operation> {
  const closed = new AbortController();
  setMaxListeners(0, closed.signal); // as many as there are requests under way
  const underWay = new Set<End>();
  const begin = (operation: Operation, options: CallOptions): Running =>
    beginCall(client, operation, options, closed.signal, underWay);
  return {
    shared: { endsAt: Infinity, signal: closed.signal },
    end() {
      const reason = clientClosed();
      closed.abort(reason);
      for (const end of underWay) end(reason);
    },
    async run(operation, options, work) {
      const { deadline, done, named } = begin(operation, options);
      try {
        return await work(deadline);
      } catch (error) {
        throw named(error);
      } finally {
        done();
      }
    },
    async open(operation, options, work) {
      const running = begin(operation, options);
      try {
        return byteStream(await work(running.deadline), running);
      } catch (error) {
        running.done();
        throw running.named(error);
      }
    },
    async *stream(operation, options, work) {
      const { deadline, done, named } = begin(operation, options);
      try {
        for await (const item of work(deadline)) {
          deadline.signal.throwIfAborted(); // what was read ahead is not given any more
          yield item;
        }
        deadline.signal.throwIfAborted();
      } catch (error) {
        throw named(error);
      } finally {
        done();
      }
    },
  };
}

type End = ReturnType<typeof startDeadline>["end"];

interface Running {
  readonly deadline: Deadline;
  /** Whatever the call began ends with it: nothing is read ahead for nobody. */
  readonly done: () => void;
  readonly named: (error: unknown) => unknown;
}

/** Bytes that are read as the consumer takes them. */
function byteStream(bytes: AsyncIterable<Uint8Array>, { deadline, done, named }: Running): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next();
          deadline.signal.throwIfAborted();
          if (next.done === true) {
            done();
            controller.close();
          } else controller.enqueue(next.value);
        } catch (error) {
          done();
          throw named(error);
        }
      },
      async cancel() {
        done();
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

function beginCall<Operation extends string>(
  client: CallsOptions<Operation>,
  operation: Operation,
  options: CallOptions,
  closed: AbortSignal,
  underWay: Set<End>,
): Running {
  const { service, userId: profile, clock } = client;
  const named = (error: unknown): unknown =>
    isIntegrationError(error) ? withFacts(error, { service, profile, operation }) : error;
  try {
    closed.throwIfAborted();
    const { deadline, end } = startDeadline(requireInput(client.options[operation], options, "call"), clock);
    underWay.add(end);
    const done = (): void => {
      underWay.delete(end);
      end();
    };
    return { deadline, done, named };
  } catch (error) {
    throw named(error);
  }
}
