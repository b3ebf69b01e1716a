/** What a request costs under each of the plans that an account may have, in the service's units. */
export type Cost = readonly number[];

/** Units that were taken, for as long as they count. */
export interface Spending {
  readonly cost: Cost;
  /** Goes beyond what the account is known to be allowed, to find out. */
  readonly question: boolean;
}

const windowMs = 60_000;
/** What bulk reading leaves to calls that somebody waits for. */
const bulkShare = 0.95;
/** Units that are about to come free are not asked about. */
const certainMs = 5_000;
/** What is tried next where even the largest plan was not the limit. */
const growth = 1.5;

/**
 * How much an account may ask of a service within any minute. It knows the published plans and begins with the first;
 * at its edge it asks once, with one request, whether more is allowed, and believes the answer. Units count from the
 * answer on, which is later than when the service counted them: it is never earlier back than the service.
 */
export class Allowance {
  readonly #plans: readonly number[];
  #plan = 0;
  #units: number;
  #settled: boolean = false;
  #asking = false;
  readonly #underWay = new Set<Spending>();
  #past: { readonly cost: Cost; readonly atMs: number; readonly certain: boolean }[] = [];
  /** What counts now, under each plan. */
  readonly #used: number[];

  /** @param plans - units a minute, the most careful plan first; none for a service without such a limit */
  constructor(plans: readonly number[]) {
    this.#plans = plans;
    this.#units = plans[0] ?? Infinity;
    this.#used = plans.map(() => 0);
  }

  /** Units a minute, as far as is known. */
  get unitsPerMinute(): number {
    return this.#units;
  }

  /** How long until a request may leave: 0 for now, Infinity for not before another is answered. */
  waitMs(cost: Cost, bulk: boolean, nowMs: number): number {
    this.#forget(nowMs);
    const allowed = this.#settled && bulk ? this.#units * bulkShare : this.#units;
    let over = this.#over(cost, allowed);
    if (over <= 0 || this.#past.length + this.#underWay.size === 0) return 0;
    if (this.#mayAsk(nowMs)) return 0;
    if (this.#asking) return Infinity;
    for (const { cost: units, atMs } of this.#past) {
      over -= this.#costOf(units);
      if (over <= 0) return atMs + windowMs - nowMs;
    }
    return Infinity;
  }

  /** Takes the units of a request that leaves now. */
  spend(cost: Cost): Spending {
    const question = !this.#settled && this.#over(cost, this.#units) > 0;
    if (question) this.#asking = true;
    this.#count(cost, 1);
    const spending = { cost, question };
    this.#underWay.add(spending);
    return spending;
  }

  /** It counts, unless its end was told before. @param certain - whether the service took it, or that is not known */
  spent(spending: Spending, nowMs: number, certain: boolean): void {
    if (!this.#end(spending)) return;
    this.#past.push({ cost: spending.cost, atMs: nowMs, certain });
  }

  /** The service refused it for another reason: it costs nothing. */
  free(spending: Spending): void {
    if (this.#end(spending)) this.#count(spending.cost, -1);
  }

  /** The service took what went beyond the plan: more is allowed. */
  more(): void {
    const next = this.#plans[this.#plan + 1];
    this.#units = next ?? this.#units * growth;
    if (next !== undefined) this.#plan += 1;
  }

  /** The service refused it for its units. The least plan holds, unless somebody else uses the account as well. */
  refused(spending: Spending): void {
    this.free(spending);
    this.#settled = true;
    if (spending.question) return;
    // What was taken for more was something else.
    this.#plan = 0;
    this.#units = this.#plans[0] ?? Infinity;
  }

  /** @returns whether it was under way until now */
  #end(spending: Spending): boolean {
    if (spending.question) this.#asking = false;
    return this.#underWay.delete(spending);
  }

  #mayAsk(nowMs: number): boolean {
    if (this.#settled || this.#asking) return false;
    // Only where it is sure what counts, and what goes on counting, an answer tells something.
    const oldest = this.#past[0];
    const lasts = oldest === undefined || nowMs - oldest.atMs < windowMs - certainMs;
    return lasts && this.#past.every(({ certain }) => certain);
  }

  /** How far a request would go beyond so many units. */
  #over(cost: Cost, allowed: number): number {
    return (this.#used[this.#plan] ?? 0) + this.#costOf(cost) - allowed;
  }

  #count(cost: Cost, times: 1 | -1): void {
    for (const plan of this.#used.keys())
      this.#used[plan] = (this.#used[plan] ?? 0) + times * (cost[plan] ?? cost.at(-1) ?? 0);
  }

  #costOf(cost: Cost): number {
    return cost[this.#plan] ?? cost.at(-1) ?? 0;
  }

  #forget(nowMs: number): void {
    const kept = this.#past.findIndex(({ atMs }) => nowMs - atMs < windowMs);
    for (const { cost } of this.#past.splice(0, kept === -1 ? this.#past.length : kept)) this.#count(cost, -1);
  }
}
