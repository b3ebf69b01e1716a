/** Most services allow so many requests of one account at once; starting lower costs every first reading. */
const startLimit = 24;
/** More than any service is known to allow one person. */
const mostAtOnce = 96;
/** No service is known to refuse so many: when one does, somebody else uses the account as well. */
const safeAtOnce = 10;
/** How long a cap that was met is believed, and how long one that is somebody else's doing. */
const beliefMs = 10 * 60_000;
const shortBeliefMs = 10_000;

/**
 * How many requests of one account may be under way at once, learned from what the service says. It starts high. Each
 * refusal among requests that left together says that one less would have been enough, so that one overshoot finds the
 * cap; a refusal after that says that it was not found yet. As long as no cap was met, half as many more are tried after
 * each full round; one that was met is not tried again for ten minutes.
 */
export class ConcurrencyCap {
  #limit = startLimit;
  /** The least that was refused. */
  #ceiling = mostAtOnce + 1;
  #metAtMs = -Infinity;
  #successes = 0;
  /** Counts what is learned: what left before says nothing about it. */
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
    const met = this.#ceiling <= mostAtOnce;
    const believedMs = this.#ceiling > safeAtOnce ? beliefMs : shortBeliefMs;
    if (met && nowMs - this.#metAtMs > believedMs) {
      this.#ceiling = mostAtOnce + 1;
      this.#learn(this.#limit);
      return;
    }
    if (met || round !== this.#round || this.#limit === mostAtOnce) return;
    this.#successes += 1;
    if (this.#successes >= this.#limit) this.#learn(Math.min(mostAtOnce, Math.ceil(this.#limit * 1.5)));
  }

  /**
   * The service refused a request because too many were under way.
   *
   * @param round - in which it had left
   * @param active - how many were under way, itself among them
   */
  refused(round: number, active: number, nowMs: number): void {
    const tooMany = Math.max(2, Math.min(this.#limit, active));
    const first = this.#ceiling > mostAtOnce;
    this.#ceiling = Math.min(this.#ceiling, tooMany);
    this.#metAtMs = nowMs;
    // One of those that left together before the first refusal; or one that left after something had been learned.
    if (first || round < this.#round) this.#limit = tooMany - 1;
    else this.#limit = Math.max(1, Math.floor(tooMany * 0.7));
    if (first || round === this.#round) this.#round += 1;
    this.#successes = 0;
  }

  #learn(limit: number): void {
    this.#limit = limit;
    this.#round += 1;
    this.#successes = 0;
  }
}
