import { integrationError } from "../core/errors.js";
import { auditFacts } from "./audit-facts.js";
import { confinedInput } from "./confined-input.js";
import type { GuardCall, GuardResult } from "./guard.js";
import { judge } from "./judge.js";
import { planDigest, unclearIn } from "./plans/plan-digest.js";
import type { PlanFacts } from "./plans/plan.js";
import type { Grants } from "./policy/policy.js";
import type { Session } from "./session.js";
import { shownDigest } from "./shown-result.js";
import type { OperationToolCall } from "./toolset/parse-call.js";

/** Looking is given up after so long: an assistant waits for it. */
export const longestPreviewMs: number = 60_000;

/**
 * Looks what a write would do, and plans exactly that; nothing is changed.
 *
 * @throws RequestError `request.not_permitted`, which is noted
 */
export async function planWrite(session: Session, asked: OperationToolCall, call: GuardCall): Promise<GuardResult> {
  const { entry, operation, profile, budget } = asked;
  const { policy, plans, audit } = session.parts;
  const client = session.clientFor(entry, profile, asked.service);
  if (!operation.preview) {
    throw integrationError("request.unsupported", { message: `${entry.name} cannot be looked at before it is done.` });
  }
  const taintsBefore = session.taints;
  const { input, files } = await confinedInput(policy, operation, asked.input);
  const limits = { timeoutMs: longestPreviewMs, ...(call.signal && { signal: call.signal }) };
  const preview = await operation.preview({ client, ...limits }, input);
  const { service } = client;
  const account = session.accountOf(profile, service) || preview.account;
  const { decision, effect } = judge(session, { entry, profile, account, input, preview, tainted: session.taints > 0 });
  const facts: PlanFacts = {
    ...{ profile, service, account, tool: entry.tool, operation: entry.name, effect, input, preview, files },
    reasons: decision.verdict === "confirm" ? decision.reasons : [],
    ask: isAskedInClient(policy.grantsOf(profile), call, { input, preview }) ? "client" : "terminal",
  };
  if (decision.verdict === "refused") {
    await audit.append({ ...auditFacts(session, facts), step: "refused", error: "request.not_permitted" });
    // An address that others wrote can stand in the reason: then it counts as their text, as what a service says does.
    const said = unclearIn(facts).length > 0 ? { service } : {};
    throw integrationError("request.not_permitted", { message: decision.reason, profile, ...said });
  }
  const plan = await plans.make(facts);
  await audit.append({ ...auditFacts(session, plan), step: "planned", plan: plan.id });
  const taintsUnshown = session.taints;
  const shown = shownDigest(session, planDigest(plan), {
    ...{ profile, service, operation: entry.name, input: asked.input, budget, ownText: !quotesOthers(plan) },
  });
  session.planned(plan.id, taintsBefore, session.taints - taintsUnshown);
  return shown;
}

/** In characters. A client's window may not show the end of more; a terminal shows it whole. */
const longestQuestion = 20_000;

function isAskedInClient(
  { ask }: Grants,
  { canAsk }: GuardCall,
  payload: Pick<PlanFacts, "input" | "preview">,
): boolean {
  return ask === "client" && canAsk === true && JSON.stringify(payload).length <= longestQuestion;
}

/** Whether a plan quotes what is there already, which others may have written: mails, events, what is in an event's way. */
function quotesOthers({ input, preview }: PlanFacts): boolean {
  return "id" in input || "ids" in input || (preview.warnings ?? []).length > 0;
}
