import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/core/clock.js";
import type { PlanFacts, PlanStore } from "../../src/guard/plans/plan.js";
import { createPlanStore } from "../../src/guard/plans/plan-store.js";
import { movedClock, type MovedClock } from "./moved-clock.js";

/** A plan for a mail to somebody whom the policy does not know. @param facts - what is otherwise */
export function mailPlan(facts: Partial<PlanFacts> = {}): PlanFacts {
  return {
    profile: "work",
    service: "mail_service",
    account: "alice@example.com",
    tool: "email_compose",
    operation: "email.send",
    effect: "send",
    input: { to: ["bob@example.com"], subject: "Plan", text: "Hello Bob,\n\nsee you at noon.\n" },
    preview: {
      account: "alice@example.com",
      recipients: ["bob@example.com"],
      notified: [],
      occurrences: 1,
      diff: ["+ Plan"],
      reversible: false,
      payloadHash: "0",
    },
    files: [],
    reasons: ["bob@example.com is not among the recipients that the policy names."],
    ask: "terminal",
    ...facts,
  };
}

/** A person's configuration folder, with sessions that plan in it. */
export interface PlanWorld extends AsyncDisposable {
  readonly configDir: string;
  /** The folder in which plans are shown. */
  readonly folder: string;
  readonly clock: MovedClock;
  /** Another session. */
  session(name?: string, clock?: Clock): PlanStore;
}

/** Makes one, with nothing in it. */
export async function planWorld(): Promise<PlanWorld> {
  const configDir = await mkdtemp(join(tmpdir(), "maigic-plans-"));
  const clock = movedClock();
  return {
    configDir,
    folder: join(configDir, "plans"),
    clock,
    session: (session = "one", ownClock = clock) => createPlanStore({ configDir, clock: ownClock, session }),
    [Symbol.asyncDispose]: () => rm(configDir, { recursive: true, force: true }),
  };
}
