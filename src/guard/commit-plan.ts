import { isDeepStrictEqual } from "node:util";
import { integrationError, isIntegrationError } from "../core/errors.js";
import { given } from "../core/given.js";
import { without } from "../core/without.js";
import { loadZonedTime } from "../core/zoned-time.js";
import type { WritePreview } from "../core/write-preview.js";
import { operations } from "../operations/index.js";
import type { Operation, OperationEntry } from "../operations/operation.js";
import type { AuditApproval, AuditFacts } from "./audit/entry.js";
import { auditFacts } from "./audit-facts.js";
import { confinedInput } from "./confined-input.js";
import { confirmationOf } from "./confirmation.js";
import type { GuardCall, GuardResult } from "./guard.js";
import { judge } from "./judge.js";
import { longestPreviewMs } from "./plan-write.js";
import type { Plan } from "./plans/plan.js";
import type { AnyClient, Session } from "./session.js";
import { shownOutput } from "./shown-result.js";
import type { CommitToolCall } from "./toolset/parse-call.js";

/** A write is given up after so long. What became of it by then is told, or that nobody knows. */
const longestWriteMs = 300_000;

/** For another plan's turn to end. */
const longestTurnMs = 60_000;

/** Tokens for what a write gives. */
const resultBudget = 2_000;

/** A plan that may be carried out, with all that it takes. */
interface Ready {
  readonly plan: Plan;
  readonly entry: OperationEntry;
  readonly operation: Operation;
  readonly client: AnyClient;
  readonly confirmed: AuditApproval;
}

/**
 * Carries a plan out, exactly as it was looked at and once, when the policy or a person has confirmed it.
 *
 * @returns what it gave, or the question that a person is to be asked first
 * @throws RequestError `request.plan_invalid`, `request.confirmation_required`, `request.not_permitted`
 */
export async function commitPlan(session: Session, asked: CommitToolCall, call: GuardCall): Promise<GuardResult> {
  const { plans } = session.parts;
  const plan = plans.get(asked.plan, asked.hash);
  if (plan.profile !== asked.profile) throw changed("It is a plan of another profile.");
  const confirmed = await confirmationOf(session, plan, call);
  if (typeof confirmed === "object") return confirmed;
  const entry = operations.find(({ name }) => name === plan.operation);
  if (!entry) throw changed("Its operation is not there any more.");
  const ready: Ready = {
    ...{ plan, confirmed, entry, operation: await entry.load() },
    client: session.clientFor(entry, plan.profile, plan.service),
  };
  const turn = { timeoutMs: longestTurnMs, ...given({ signal: call.signal }) };
  const output = await session.parts.turns.exclusively(turnOf(plan), turn, async () => {
    await requireSame(session, ready, call);
    await plans.take(plan);
    await begin(session, ready);
    return carryOut(session, ready, call);
  });
  return shownOutput(session, output, ready.client, {
    ...{ profile: plan.profile, service: plan.service, operation: plan.operation, input: plan.input },
    ...{ budget: resultBudget, facts: { committed: plan.operation } },
  });
}

/** Plans of an account take turns, also those of other processes: none changes what another one has just been held to. */
function turnOf({ service, profile }: Plan): string {
  return `commit ${service} ${profile}`;
}

/**
 * What it would do now must be what was looked at, files and guests and all, and the policy must still say the same of it:
 * it is asked again, since outside text may have been read since.
 */
async function requireSame(session: Session, ready: Ready, { signal }: GuardCall): Promise<void> {
  const { plan, entry, operation, client } = ready;
  const { files } = await confinedInput(session.parts.policy, operation, plan.input);
  const limits = { timeoutMs: longestPreviewMs, ...(signal && { signal }) };
  const preview = await operation.preview?.({ client, ...limits }, plan.input);
  if (!preview || !isDeepStrictEqual([said(preview), files], [said(plan.preview), [...plan.files]])) {
    throw await ended(session, plan, "What it would do has changed since it was looked at.");
  }
  const { profile, account, input } = plan;
  const { decision } = judge(session, {
    entry,
    profile,
    account,
    input,
    preview,
    tainted: session.taintedFor(plan.id),
  });
  if (decision.verdict === "refused") throw await ended(session, plan, "The policy refuses it by now.");
  if (decision.verdict === "confirm" && plan.reasons.length === 0) {
    throw await ended(
      session,
      plan,
      "Text that somebody else wrote was read since, so that a person has to confirm it.",
    );
  }
}

/** What a plan is about. Warnings, such as of a clash, are for whoever decides; they come and go. */
function said(preview: WritePreview): Omit<WritePreview, "warnings"> {
  return without(preview, ["warnings"]);
}

async function ended(session: Session, plan: Plan, message: string): Promise<Error> {
  await session.parts.plans.take(plan);
  await note(session, plan, { step: "refused", error: "request.plan_invalid" });
  return changed(message);
}

function changed(message: string): Error {
  return integrationError("request.plan_invalid", { message });
}

/** Notes that a plan is carried out from now on, if it is within the day's number. */
async function begin(session: Session, { plan, client, confirmed }: Ready): Promise<void> {
  const { audit, policy } = session.parts;
  const most = policy.grantsOf(plan.profile).daily[plan.effect];
  const facts = { ...auditFacts(session, plan), plan: plan.id, approval: confirmed, step: "begun" } as const;
  const limit = most === undefined ? undefined : { most, since: await startOfToday(session, client) };
  await audit.append(facts, limit);
}

/** The first moment of the profile's own day. Milliseconds since the epoch. */
async function startOfToday({ parts: { clock }, zoneOf }: Session, client: AnyClient): Promise<number> {
  const [time, timeZone] = await Promise.all([loadZonedTime(clock), zoneOf(client, {})]);
  return time.startOfDay(time.format(clock.now(), timeZone).slice(0, 10), timeZone);
}

/** What was begun is not cut in the middle when a call is given up: the rest of many is left. */
async function carryOut(session: Session, { plan, operation, client }: Ready, { signal }: GuardCall): Promise<unknown> {
  const key = "idempotencyKey" in operation.input.entries ? { idempotencyKey: plan.hash } : {};
  const call = { client, timeoutMs: longestWriteMs, ...(signal && { stop: signal }) };
  const end = async (facts: Pick<AuditFacts, "step" | "error">): Promise<void> =>
    // That it was begun is noted. What became of it must be told, or it would be asked for again.
    note(session, plan, facts).catch(() => undefined);
  try {
    const output = await operation.run(call, { ...plan.input, ...key });
    await end({ step: isUnknown(output) ? "unknown" : "done" });
    return output;
  } catch (error) {
    await end({ step: "failed", ...(isIntegrationError(error) && { error: error.code }) });
    throw error;
  }
}

function isUnknown(output: unknown): boolean {
  return typeof output === "object" && output !== null && "outcome" in output && output.outcome === "unknown";
}

async function note(session: Session, plan: Plan, facts: Pick<AuditFacts, "step" | "error">): Promise<void> {
  await session.parts.audit.append({ ...auditFacts(session, plan), plan: plan.id, ...facts });
}
