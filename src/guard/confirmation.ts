import { integrationError } from "../core/errors.js";
import type { AuditApproval } from "./audit/entry.js";
import { auditFacts } from "./audit-facts.js";
import type { GuardCall, GuardResult, PersonsAnswer } from "./guard.js";
import { planText } from "./plans/plan-text.js";
import type { Plan } from "./plans/plan.js";
import type { Session } from "./session.js";

/**
 * What confirms a plan: the policy, or what a person said to exactly this plan, in a terminal or in the assistant's program.
 * Nothing that the assistant says counts.
 *
 * @returns what confirmed it, or the question that is to be put to the person
 * @throws RequestError `request.confirmation_required` while nobody has answered; `request.not_permitted` after a no
 */
export async function confirmationOf(
  session: Session,
  plan: Plan,
  { answer }: GuardCall,
): Promise<AuditApproval | Extract<GuardResult, { kind: "question" }>> {
  if (plan.reasons.length === 0) return "policy";
  if (plan.ask === "client") {
    const said = answer && answered(session, plan, answer);
    if (said === undefined) return { kind: "question", key: session.ask(plan.id), text: planText(plan) };
    return said ? "client" : declined(session, plan, "client");
  }
  const said = await session.parts.plans.approvalOf(plan);
  if (said === "declined") return declined(session, plan, "terminal");
  if (said === "approved") return "terminal";
  throw integrationError("request.confirmation_required", {
    message: `A person has to confirm plan ${plan.id} first; it says why.`,
    hint: `Ask them to run: npx maigic-integrations approve ${plan.id}. Then commit it again, before it is five minutes old.`,
    profile: plan.profile,
  });
}

/** What was said to a question that this session asked about this plan; each question is answered once. */
function answered(session: Session, plan: Plan, { key, agreed }: PersonsAnswer): boolean | undefined {
  return session.takeQuestion(key) === plan.id ? agreed : undefined;
}

async function declined(session: Session, plan: Plan, approval: AuditApproval): Promise<never> {
  await session.parts.plans.take(plan);
  const facts = { ...auditFacts(session, plan), plan: plan.id, approval };
  await session.parts.audit.append({ ...facts, step: "refused", error: "request.not_permitted" });
  throw integrationError("request.not_permitted", {
    message: `The person said no to plan ${plan.id}; nothing was changed.`,
    hint: "Do not try it again; ask what they want instead.",
    profile: plan.profile,
  });
}
