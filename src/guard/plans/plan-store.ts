import { randomBytes } from "node:crypto";
import type { Clock } from "../../core/clock.js";
import { integrationError } from "../../core/errors.js";
import { Secret } from "../../core/secret.js";
import { readAnswer } from "./answer.js";
import { removeLeftovers } from "./leftovers.js";
import { frozenCopy } from "./frozen-copy.js";
import { removePlanFiles, writePlanFile } from "./plan-file.js";
import { isSame, newPlanId, planHash } from "./plan-identity.js";
import type { Approval, Plan, PlanFacts, PlanStore } from "./plan.js";

/** How long a plan can be carried out, in milliseconds. */
export const planLifeMs = 300_000;

const mostPlans = 100;
const mostRemembered = 1000;

/** What the plans of a session need. */
export interface PlanStoreOptions {
  /** Absolute path of the person's configuration folder, below which plans are shown to them. */
  readonly configDir: string;
  readonly clock: Clock;
  /** The session's name in the audit log. */
  readonly session: string;
}

/** Makes the store of a session's plans, and removes the files of sessions that were killed. */
export function createPlanStore(options: PlanStoreOptions): PlanStore {
  removeLeftovers(options.configDir, options.clock.now(), planLifeMs);
  return new SessionPlans(options);
}

interface Kept {
  readonly plan: Plan;
  /** Only where a person is asked in a terminal. */
  readonly challenge: Secret | undefined;
}

/** Why a plan is over, as a sentence. */
const endings = {
  taken: "That plan is over: it was carried out, or a person declined it.",
  expired: "That plan is over: it was made more than five minutes ago.",
  replaced: `That plan is over: ${mostPlans} newer ones were made since.`,
  closed: "That plan is over: its session has ended.",
} as const;

type Ending = keyof typeof endings;

class SessionPlans implements PlanStore {
  readonly #options: PlanStoreOptions;
  /** The oldest first. */
  readonly #kept = new Map<string, Kept>();
  /** How earlier ones ended, so that whoever knew them can be told. */
  readonly #ended = new Map<string, { readonly hash: string; readonly ending: Ending }>();
  #closed = false;

  constructor(options: PlanStoreOptions) {
    this.#options = options;
  }

  async make(facts: PlanFacts): Promise<Plan> {
    const { configDir, clock, session } = this.#options;
    this.#endExpired();
    const madeAt = clock.now();
    const content = frozenCopy({ ...facts, id: this.#newId(), madeAt, expiresAt: madeAt + planLifeMs });
    const plan: Plan = Object.freeze({ ...content, hash: planHash(content) });
    const isShown = plan.ask === "terminal" && plan.reasons.length > 0;
    const challenge = isShown ? new Secret(randomBytes(32).toString("base64url")) : undefined;
    const kept: Kept = { plan, challenge };
    // Kept first: a session that is closed meanwhile ends it as well, and the file with it.
    this.#keep(kept);
    try {
      if (challenge) await writePlanFile(configDir, { plan, challenge }, session);
    } catch (error) {
      this.#end(kept, "closed");
      throw error;
    }
    if (this.#kept.get(plan.id) !== kept && challenge) removePlanFiles(configDir, plan.id);
    return plan;
  }

  get(id: string, hash: string): Plan {
    this.#endExpired();
    return this.#known(id, hash).plan;
  }

  async approvalOf(plan: Plan): Promise<Approval> {
    this.#endExpired();
    const kept = [...this.#kept.values()].find((each) => each.plan === plan);
    if (!kept?.challenge) return "waiting";
    return readAnswer(this.#options.configDir, { plan, challenge: kept.challenge });
  }

  async take(plan: Plan): Promise<void> {
    this.#endExpired();
    const { id, hash } = named(plan);
    const kept = this.#known(id, hash);
    // A copy could say something else under the same hash, and nothing but what was planned is carried out.
    if (kept.plan !== plan) throw unknownPlan();
    this.#end(kept, "taken"); // nothing is waited for since the look: nobody comes between
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const kept of [...this.#kept.values()]) this.#end(kept, "closed");
  }

  #known(id: unknown, hash: unknown): Kept {
    const kept = typeof id === "string" ? this.#kept.get(id) : undefined;
    if (kept && isSame(kept.plan.hash, hash)) return kept;
    const ended = typeof id === "string" ? this.#ended.get(id) : undefined;
    if (!ended || !isSame(ended.hash, hash)) throw unknownPlan();
    throw integrationError("request.plan_invalid", { message: endings[ended.ending] });
  }

  #keep(kept: Kept): void {
    if (this.#closed) throw integrationError("request.plan_invalid", { message: endings.closed });
    const [oldest] = this.#kept.values();
    if (oldest && this.#kept.size >= mostPlans) this.#end(oldest, "replaced");
    this.#kept.set(kept.plan.id, kept);
  }

  #end(kept: Kept, ending: Ending): void {
    const { id, hash } = kept.plan;
    this.#kept.delete(id);
    this.#ended.set(id, { hash, ending });
    const [first] = this.#ended.keys();
    if (first !== undefined && this.#ended.size > mostRemembered) this.#ended.delete(first);
    if (kept.challenge) removePlanFiles(this.#options.configDir, id);
  }

  #endExpired(): void {
    const now = this.#options.clock.now();
    for (const kept of [...this.#kept.values()]) if (kept.plan.expiresAt <= now) this.#end(kept, "expired");
  }

  #newId(): string {
    let id = newPlanId();
    while (this.#kept.has(id) || this.#ended.has(id)) id = newPlanId();
    return id;
  }
}

/** What a plan is called. One that comes from outside may be anything. */
function named(plan: unknown): { readonly id?: unknown; readonly hash?: unknown } {
  return typeof plan === "object" && plan !== null ? plan : {};
}

function unknownPlan(): Error {
  return integrationError("request.plan_invalid", { message: "This session has no plan of that id and hash." });
}
