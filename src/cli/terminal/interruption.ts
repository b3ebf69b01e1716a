/** Somebody ended the program from outside; what it had begun was undone. */
export class Interrupted extends Error {
  override readonly name: string = "Interrupted";
  /** As shells count a program that SIGINT or SIGTERM ended. */
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super("Stopped.");
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

/**
 * Runs work that ends in order when the program is told to stop. The second time it stops at once.
 *
 * @param reason - what the work's signal aborts with; default `Interrupted`
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  reason: (signal: "SIGINT" | "SIGTERM") => Error = (signal) => new Interrupted(signal),
): Promise<T> {
  const stop = new AbortController();
  const onInt = (): void => stop.abort(reason("SIGINT"));
  const onTerm = (): void => stop.abort(reason("SIGTERM"));
  process.once("SIGINT", onInt).once("SIGTERM", onTerm);
  try {
    const result = await work(stop.signal);
    stop.signal.throwIfAborted();
    return result;
  } finally {
    process.off("SIGINT", onInt).off("SIGTERM", onTerm);
  }
}
