import type { Clock } from "./clock.js";
import { integrationError } from "./errors.js";

const startLimit = 24;
const firstPauseMs = 1_000;
const lastPauseMs = 32_000;

/** One request under way: what the service said to it is what the limit learns from. */
export interface Slot {
  /** The service took the request. */
  accepted(): void;
  /** The service refused it because too many were under way. */
  tooMany(): void;
  /**
   * The service refused it because too much was asked for in a time: nothing of this account leaves for a while.
   *
   * @param askedMs - how long the service asked to wait; it is never less than growing pauses with jitter give
   * @param random - a number in [0, 1)
   * @returns how long the pause still lasts, in milliseconds
   */
  tooFast(askedMs: number, random: number): number;
}

/**
 * How many requests of one account may be under way at once. It starts high, because most services allow that, halves
 * when the service says "too many at once", then feels its way up one at a time, and never again tries what was refused.
 */
export class ConcurrencyLimit {
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #active = 0;
  #limit = startLimit;
  /** The least that was ever refused. */
  #ceiling = startLimit + 1;
  #growing = false;
  #successes = 0;
  /** Counts the changes of the limit: answers to requests from before the last one say nothing about it. */
  #generation = 0;
  #pausedUntil = 0;
  /** Counts the pauses: a refusal of what left before the last one is no further refusal. */
  #pauses = 0;
  /** How many pauses there were since a request was taken. */
  #pausesInVain = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many may be under way at once now. */
  get limit(): number {
    return this.#limit;
  }

  /**
   * Runs a task as soon as there is room; a task that waits leaves the queue when its signal aborts.
   *
   * @param endsAt - until when the caller would wait; milliseconds since the epoch
   * @throws ConnectionError `connection.rate_limited` at once when the service has asked for a pause beyond that
   */
  async run<T>(task: (slot: Slot) => Promise<T>, signal: AbortSignal, endsAt: number = Infinity): Promise<T> {
    this.#requireEndOfPauseBefore(endsAt);
    await this.#enter(signal);
    try {
      await this.#endOfPause(signal, endsAt);
      const [generation, pauses] = [this.#generation, this.#pauses];
      return await task({
        accepted: () => {
          if (pauses === this.#pauses) this.#pausesInVain = 0;
          if (generation === this.#generation) this.#accepted();
        },
        tooFast: (askedMs, random) => {
          this.#pause(askedMs, pauses === this.#pauses ? random : undefined);
          return Math.max(0, this.#pausedUntil - this.#clock.now());
        },
        tooMany: () => {
          if (generation === this.#generation) this.#refused();
        },
      });
    } finally {
      this.#active -= 1;
      this.#admit();
    }
  }

  /** After a full round of successes one more is allowed, as long as that many were never refused. */
  #accepted(): void {
    this.#successes += 1;
    if (this.#successes < this.#limit || this.#limit + 1 >= this.#ceiling) return;
    this.#change(this.#limit + 1);
    this.#growing = true;
  }

  #refused(): void {
    this.#ceiling = Math.max(2, Math.min(this.#ceiling, this.#limit));
    this.#change(Math.max(1, this.#growing ? this.#limit - 1 : Math.floor(this.#limit / 2)));
  }

  #change(limit: number): void {
    this.#limit = limit;
    this.#generation += 1;
    this.#successes = 0;
  }

  #pause(askedMs: number, random: number | undefined): void {
    let pauseMs = askedMs;
    if (random !== undefined) {
      const window = Math.min(lastPauseMs, firstPauseMs * 2 ** this.#pausesInVain);
      pauseMs = Math.max(askedMs, (window * (1 + random)) / 2);
      this.#pauses += 1;
      this.#pausesInVain += 1;
    }
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + pauseMs);
  }

  /** A pause may grow while it is waited for. */
  async #endOfPause(signal: AbortSignal, endsAt: number): Promise<void> {
    for (;;) {
      this.#requireEndOfPauseBefore(endsAt);
      const pauseMs = this.#pausedUntil - this.#clock.now();
      if (pauseMs <= 0) return;
      await this.#clock.sleep(pauseMs, signal);
    }
  }

  #requireEndOfPauseBefore(endsAt: number): void {
    const now = this.#clock.now();
    if (this.#pausedUntil <= Math.max(now, endsAt)) return;
    throw integrationError("connection.rate_limited", { retryAfterMs: this.#pausedUntil - now });
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#active < this.#limit) {
      this.#active += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const admitted = (): void => {
        signal.removeEventListener("abort", gone);
        resolve();
      };
      const gone = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(admitted), 1);
        reject(signal.reason as Error);
      };
      this.#waiting.push(admitted);
      signal.addEventListener("abort", gone, { once: true });
    });
  }

  #admit(): void {
    while (this.#active < this.#limit) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#active += 1;
      next();
    }
  }
}

const accounts = new WeakMap<Clock, Map<string, ConcurrencyLimit>>();

/** The limit that all clients of one account share in this process, by a key such as `gmail:ann@example.com`. */
export function accountLimit(account: string, clock: Clock): ConcurrencyLimit {
  const known = accounts.get(clock) ?? new Map<string, ConcurrencyLimit>();
  accounts.set(clock, known);
  const limit = known.get(account) ?? new ConcurrencyLimit(clock);
  known.set(account, limit);
  return limit;
}
