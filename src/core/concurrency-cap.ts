/** Most services allow so many requests of one account at once; starting lower costs every first reading. */
const startLimit = 28;
/** More than any service is known to allow one person. */
const mostAtOnce = 96;
/** What unknown ground is crossed with, and what is left of a limit that turned out too high once more. */
const growth = 1.5;
const shrink = 0.7;
/** No service is known to refuse so many: when one does, somebody else uses the account as well. */
const safeAtOnce = 10;
/** How long a cap that was met is believed, and how long one that is somebody else's doing. */
const beliefMs = 10 * 60_000;
const shortBeliefMs = 10_000;

/**
 * How many requests of one account may be under way at once, learned from what the service says. It starts high. Of
 * requests that were under way together the service takes as many as its cap allows, so that what it refuses of them
 * tells the cap; a refusal after that says that it was not found yet. As long as no cap was met, half as many more are
 * tried after each full round; one that was met is not tried again for ten minutes.
 */
export class ConcurrencyCap {
  #limit = startLimit;
  /** The least that was refused. */
  #ceiling = mostAtOnce + 1;
  #metAtMs = -Infinity;
  #successes = 0;
  /** Counts what is learned: what left before says nothing about it. */
  #round = 0;
  /** The most that were under way together in this round, and in the one before the last refusals with how many those were. */
  #peak = 0;
  #crowd = { peak: 0, refused: 0 };

  /** How many may be under way at once now. */
  get limit(): number {
    return this.#limit;
  }

  /** A request leaves. @param active - how many are under way with it. @returns the round that it belongs to */
  left(active: number): number {
    this.#peak = Math.max(this.#peak, active);
    return this.#round;
  }

  /** The service took a request. @param othersWait - whether the limit is what held others back */
  accepted(round: number, othersWait: boolean, nowMs: number): void {
    const believedMs = this.#ceiling > safeAtOnce ? beliefMs : shortBeliefMs;
    if (this.#met && nowMs - this.#metAtMs > believedMs) {
      this.#ceiling = mostAtOnce + 1;
      this.#begin(this.#limit);
      return;
    }
    if (this.#met || round !== this.#round || !othersWait) return;
    this.#successes += 1;
    if (this.#successes >= this.#limit) this.#begin(Math.min(mostAtOnce, Math.ceil(this.#limit * growth)));
  }

  /**
   * The service refused a request because too many were under way.
   *
   * @param round - in which it had left
   * @returns whether it was the only one, so that fewer cannot be under way
   */
  refused(round: number, nowMs: number): boolean {
    const alone = this.#peak <= 1 && round === this.#round;
    if (round < this.#round) {
      // One more of the crowd of which something was learned.
      this.#crowd.refused += 1;
      this.#limit = Math.max(1, Math.min(this.#limit, this.#crowd.peak - this.#crowd.refused));
    } else {
      const tooMany = Math.min(this.#limit, this.#peak);
      const next = this.#met ? Math.floor(tooMany * shrink) : tooMany - 1;
      this.#crowd = { peak: this.#peak, refused: 1 };
      this.#begin(Math.max(1, next));
    }
    this.#ceiling = Math.min(this.#ceiling, this.#limit + 1);
    this.#metAtMs = nowMs;
    return alone;
  }

  get #met(): boolean {
    return this.#ceiling <= mostAtOnce;
  }

  #begin(limit: number): void {
    this.#limit = limit;
    this.#round += 1;
    this.#peak = 0;
    this.#successes = 0;
  }
}
