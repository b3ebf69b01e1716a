/** Most services allow so many requests of one account at once; starting lower costs every first reading. */
const startLimit = 24;
/** More than any service is known to allow one person. */
const mostAtOnce = 96;
/** How long a cap that was met is believed: somebody else may have been using it up. */
const beliefMs = 10 * 60_000;

/**
 * How many requests of one account may be under way at once, learned from what the service says. It starts high; each
 * refusal says that one less than were under way would have been enough, so that one overshoot finds the cap. As long as
 * it was never met, half as many more are tried after each full round; a cap that was met is not tried again for ten
 * minutes.
 */
export class ConcurrencyCap {
  #limit = startLimit;
  /** The least that was refused. */
  #ceiling = mostAtOnce + 1;
  #metAtMs = -Infinity;
  #successes = 0;
  /** Counts the changes of the limit: what left before the last one says nothing about it. */
  #round = 0;

  /** How many may be under way at once now. */
  get limit(): number {
    return this.#limit;
  }

  /** The round that a request leaves in. */
  get round(): number {
    return this.#round;
  }

  /** The service took a request while others waited for their turn: the limit is what held them back. */
  accepted(round: number, nowMs: number): void {
    if (nowMs - this.#metAtMs > beliefMs) this.#ceiling = mostAtOnce + 1;
    if (round !== this.#round || this.#limit + 1 >= this.#ceiling) return;
    this.#successes += 1;
    if (this.#successes < this.#limit) return;
    const met = this.#metAtMs > -Infinity;
    // Unknown ground is crossed fast.
    this.#change(met ? this.#limit + 1 : Math.min(mostAtOnce, Math.ceil(this.#limit * 1.5)));
  }

  /** @param active - how many were under way, the refused one among them */
  refused(active: number, nowMs: number): void {
    const tooMany = Math.max(2, Math.min(this.#limit, active));
    this.#ceiling = Math.min(this.#ceiling, tooMany);
    this.#metAtMs = nowMs;
    this.#change(tooMany - 1);
  }

  #change(limit: number): void {
    this.#limit = limit;
    this.#round += 1;
    this.#successes = 0;
  }
}
