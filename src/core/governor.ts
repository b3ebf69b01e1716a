import { Allowance, type Cost, type Spending } from "./allowance.js";
import type { Clock } from "./clock.js";
import { ConcurrencyCap } from "./concurrency-cap.js";
import type { Deadline } from "./deadline.js";
import { integrationError } from "./errors.js";

/** One request under way: what the service said to it is what the governor learns from. */
export interface Slot {
  /** The service took the request. */
  accepted(): void;
  /** The service answered it with something else: it counts, and says nothing of how much is allowed. */
  answered(): void;
  /**
   * The service refused it because too many were under way.
   *
   * @returns how long to leave the account alone, in milliseconds: 0 unless it was the only one
   */
  tooMany(random: number): number;
  /**
   * The service refused it because too much was asked for in a time: nothing of this account leaves for a while.
   *
   * @param askedMs - how long the service asked to wait; it is never less than growing pauses with jitter give
   * @param random - a number in [0, 1)
   * @returns how long the pause still lasts, in milliseconds
   */
  tooFast(askedMs: number, random: number): number;
}

/** What a request needs of its account. */
export interface Turn {
  /** In the service's units, under each plan. Default: nothing. */
  readonly cost?: Cost | undefined;
  /** One of many: calls that somebody waits for go first. */
  readonly bulk?: boolean | undefined;
  /** It was refused before, and goes before others of its kind. */
  readonly again?: boolean | undefined;
}

interface Waiting {
  readonly cost: Cost;
  readonly again: boolean;
  readonly endsAt: number;
  readonly admit: (spending: Spending) => void;
  readonly refuse: (error: Error) => void;
}

const firstPauseMs = 1_000;
const lastPauseMs = 32_000;
/** Longer than a minute's allowance takes to be renewed; who is asked to wait longer is told instead. */
const longestPauseMs = 120_000;

/**
 * Decides when each request of one account leaves: as many at once as the service takes, as many units a minute as it
 * allows, and nothing while it asks for a pause. After a pause one request goes ahead of the others.
 */
export class Governor {
  readonly #clock: Clock;
  readonly #cap = new ConcurrencyCap();
  readonly #allowance: Allowance;
  /** Calls that somebody waits for, then bulk; within each what was refused before goes first. */
  readonly #queues: readonly [Waiting[], Waiting[]] = [[], []];
  #active = 0;
  #pausedUntil = 0;
  /** Counts the pauses: a refusal of what left before the last one is no further refusal. */
  #pauses = 0;
  #pausesInVain = 0;
  /** After a pause as many may leave as were taken since, doubled. */
  #ramp = Infinity;
  #alarm: { readonly atMs: number; readonly off: AbortController } | undefined;

  /** @param plans - units a minute that accounts may be allowed, the most careful first */
  constructor(clock: Clock, plans: readonly number[] = []) {
    this.#clock = clock;
    this.#allowance = new Allowance(plans);
  }

  /** How many requests may be under way at once, as far as is known. */
  get limit(): number {
    return this.#cap.limit;
  }

  /** Units a minute, as far as is known; Infinity where nothing is. */
  get unitsPerMinute(): number {
    return this.#allowance.unitsPerMinute;
  }

  /**
   * Runs a task when it is its turn; one that waits leaves the queue when its signal aborts.
   *
   * @throws ConnectionError `connection.rate_limited` at once when the wait would outlast the deadline, or the service
   * asked for a pause of more than two minutes
   */
  async run<T>(task: (slot: Slot) => Promise<T>, deadline: Deadline, turn: Turn = {}): Promise<T> {
    const spending = await this.#enter(deadline, turn);
    const pauses = this.#pauses;
    const round = this.#cap.left(this.#active);
    try {
      return await task({
        accepted: () => this.#taken(spending, round, pauses === this.#pauses),
        answered: () => this.#allowance.spent(spending, this.#clock.now(), true),
        tooMany: (random) => {
          this.#allowance.free(spending);
          const alone = this.#cap.refused(round, this.#clock.now());
          return alone ? this.#pause(0, pauses === this.#pauses ? random : undefined) : 0;
        },
        tooFast: (askedMs, random) => {
          this.#allowance.refused(spending);
          // The answer to a question needs no pause: the units tell how long to wait.
          if (spending.question && askedMs === 0) return 0;
          return this.#pause(askedMs, pauses === this.#pauses ? random : undefined);
        },
      });
    } finally {
      this.#allowance.spent(spending, this.#clock.now(), false); // where no answer told
      this.#active -= 1;
      this.#pump();
    }
  }

  #taken(spending: Spending, round: number, sincePause: boolean): void {
    const now = this.#clock.now();
    this.#allowance.spent(spending, now, true);
    if (spending.question) this.#allowance.more();
    const othersWait = this.#queues.some((queue) => queue.length > 0);
    this.#cap.accepted(round, othersWait, now);
    if (!sincePause) return;
    this.#pausesInVain = 0;
    this.#ramp += 1;
  }

  #pause(askedMs: number, random: number | undefined): number {
    let pauseMs = askedMs;
    if (random !== undefined) {
      const window = Math.min(lastPauseMs, firstPauseMs * 2 ** this.#pausesInVain);
      pauseMs = Math.max(askedMs, (window * (1 + random)) / 2);
      this.#pauses += 1;
      this.#pausesInVain += 1;
      this.#ramp = 1;
    }
    const now = this.#clock.now();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
    return Math.max(0, this.#pausedUntil - now);
  }

  #enter({ signal, endsAt }: Deadline, turn: Turn): Promise<Spending> {
    signal.throwIfAborted();
    const { cost = [], bulk = false, again = false } = turn;
    const queue = this.#queues[bulk ? 1 : 0];
    return new Promise<Spending>((resolve, reject) => {
      const leave = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal.reason as Error);
        this.#pump(); // the alarm was set for it
      };
      const waiting: Waiting = {
        ...{ cost, again, endsAt },
        admit: (spending) => {
          signal.removeEventListener("abort", leave);
          resolve(spending);
        },
        refuse: (error) => {
          signal.removeEventListener("abort", leave);
          reject(error);
        },
      };
      signal.addEventListener("abort", leave, { once: true });
      const place = again ? queue.findIndex((other) => !other.again) : -1;
      queue.splice(place === -1 ? queue.length : place, 0, waiting);
      this.#pump();
    });
  }

  /** Lets go whoever may, and sets the alarm for the next. */
  #pump(): void {
    this.#refuseTheLate();
    if (this.#queues.every((queue) => queue.length === 0)) this.#switchOff(); // nobody waits for it
    const now = this.#clock.now();
    for (const [index, queue] of this.#queues.entries()) {
      for (let next = queue[0]; next; next = queue[0]) {
        if (this.#active >= Math.min(this.#cap.limit, this.#ramp)) return;
        const waitMs = Math.max(this.#pausedUntil - now, this.#allowance.waitMs(next.cost, index === 1, now));
        if (waitMs > 0) {
          if (waitMs < Infinity) this.#wakeAt(now + waitMs);
          if (index === 0) return; // bulk does not go past those that somebody waits for
          break;
        }
        queue.shift();
        this.#active += 1;
        next.admit(this.#allowance.spend(next.cost));
      }
    }
  }

  /** Who cannot leave before its deadline is told now. */
  #refuseTheLate(): void {
    const now = this.#clock.now();
    const pauseMs = this.#pausedUntil - now;
    if (pauseMs <= 0) return;
    for (const queue of this.#queues) {
      for (const waiting of [...queue]) {
        if (this.#pausedUntil <= waiting.endsAt && pauseMs <= longestPauseMs) continue;
        queue.splice(queue.indexOf(waiting), 1);
        waiting.refuse(integrationError("connection.rate_limited", { retryAfterMs: pauseMs }));
      }
    }
  }

  #wakeAt(atMs: number): void {
    if (this.#alarm && this.#alarm.atMs <= atMs) return;
    this.#switchOff();
    const alarm = { atMs, off: new AbortController() };
    this.#alarm = alarm;
    this.#clock.sleep(atMs - this.#clock.now(), alarm.off.signal).then(
      () => {
        if (this.#alarm === alarm) this.#alarm = undefined;
        this.#pump();
      },
      () => undefined, // switched off
    );
  }

  #switchOff(): void {
    this.#alarm?.off.abort();
    this.#alarm = undefined;
  }
}

const accounts = new WeakMap<Clock, Map<string, Governor>>();

/** The governor that all clients of one account share in this process, by a key such as `gmail:ann@example.com`. */
export function accountGovernor(account: string, clock: Clock, plans: readonly number[]): Governor {
  const known = accounts.get(clock) ?? new Map<string, Governor>();
  accounts.set(clock, known);
  const governor = known.get(account) ?? new Governor(clock, plans);
  known.set(account, governor);
  return governor;
}
