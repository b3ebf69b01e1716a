import { unlessAborted } from "./deadline.js";

/** Lets tasks that share a name run one after the other, in the order in which they came; others run beside them. */
export class Mutex {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Runs a task once all earlier ones of that name are over.
   *
   * @param signal - ends the waiting, never a task that has begun
   * @throws whatever the task throws; the signal's reason when it aborts before the task's turn
   */
  async run<T>(name: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const before = this.#last.get(name) ?? Promise.resolve();
    let leave = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      leave = resolve;
    });
    // Whoever gives up keeps its place, so that nobody behind it overtakes the one before it.
    const place = before.then(() => over);
    this.#last.set(name, place);
    try {
      await unlessAborted(before, signal);
      return await task();
    } finally {
      leave();
      if (this.#last.get(name) === place) this.#last.delete(name);
    }
  }
}
