import type { ApiCall, ApiReply } from "../routes.js";

/**
 * Lets calls write one after the other: between what a call looks at and what it changes, nobody else changes anything.
 * So of two that want the same new id, or write over the same version, one is refused.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does something when all that came before is done. */
  take<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** A handler that waits for its turn. */
export function inTurn(handle: (call: ApiCall) => ApiReply | Promise<ApiReply>): (call: ApiCall) => Promise<ApiReply> {
  return (call) => call.world.calendarTurns.take(() => handle(call));
}
