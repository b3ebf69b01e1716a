import type { AuditFacts } from "./audit/entry.js";
import { auditTargets } from "./audit/targets.js";
import type { PlanFacts } from "./plans/plan.js";
import type { Session } from "./session.js";

/** What is noted of a write, whatever becomes of it. */
export function auditFacts(session: Session, plan: PlanFacts): Omit<AuditFacts, "step"> {
  const { profile, account, tool, operation, effect, input, preview } = plan;
  const { recipients, notified } = preview;
  const reached = { ...(recipients.length > 0 && { recipients }), ...(notified.length > 0 && { notified }) };
  return {
    ...{ session: session.parts.id, profile, tool, operation, effect },
    ...(account !== "" && { account }),
    targets: { ...auditTargets(input), ...reached },
  };
}
