import { note } from "./print.js";

type Signal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** The last is that of a terminal whose window was closed. */
const signals: readonly Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** As shells count a program that a signal ended. */
const exitCodes: Readonly<Record<Signal, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Somebody ended the program from outside; what it had begun was undone. */
export class Interrupted extends Error {
  override readonly name: string = "Interrupted";
  readonly exitCode: number;

  constructor(signal: Signal, message = "Stopped.") {
    super(message);
    this.exitCode = exitCodes[signal];
  }
}

/**
 * Runs work that ends in order when the program is told to stop. The second time it stops at once.
 *
 * @param reason - what the work's signal aborts with; default `Interrupted`
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  reason: (signal: Signal) => Error = (signal) => new Interrupted(signal),
): Promise<T> {
  const stop = new AbortController();
  const onSignal = (signal: Signal): void => {
    if (stop.signal.aborted) process.exit(exitCodes[signal]);
    stop.abort(reason(signal));
  };
  const result = await listening(onSignal, () => work(stop.signal));
  stop.signal.throwIfAborted();
  return result;
}

/** How a write is told to end. */
export interface Ending {
  /** Finish what is under way, and begin nothing more. */
  readonly stop: AbortSignal;
  /** End at once, whatever is not known then. */
  readonly signal: AbortSignal;
}

/**
 * Runs a write, which is not cut in the middle: told to stop, it finishes what it began and its result is what was done.
 * Told a second time it ends at once, and a third time the program does.
 *
 * @returns its result, and what the program exits with because of that; 0 when nobody stopped it
 */
export async function finishing<T>(work: (ending: Ending) => Promise<T>): Promise<{ result: T; exitCode: number }> {
  const [stop, end] = [new AbortController(), new AbortController()];
  let exitCode = 0;
  const onSignal = (signal: Signal): void => {
    exitCode = exitCodes[signal];
    if (!stop.signal.aborted) {
      note("Finishing what was begun, and nothing more. Once more ends it at once.");
      stop.abort(new Interrupted(signal, "Stopped; nothing was changed."));
    } else if (!end.signal.aborted) end.abort(new Interrupted(signal, unknownOutcome));
    else process.exit(exitCode);
  };
  const result = await listening(onSignal, () => work({ stop: stop.signal, signal: end.signal }));
  return { result, exitCode };
}

const unknownOutcome =
  "Stopped at once. Whether what was under way was carried out is not known: look before you do it again.";

/** Hears of signals as long as the work lasts; after it, a signal ends the program as always. */
async function listening<T>(onSignal: (signal: Signal) => void, work: () => Promise<T>): Promise<T> {
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
