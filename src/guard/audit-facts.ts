import type { Effect } from "../operations/operation.js";
import type { AuditFacts } from "./audit/entry.js";
import { auditTargets } from "./audit/targets.js";
import type { PlanFacts } from "./plans/plan.js";
import type { Session } from "./session.js";

/** A read, or a write with what it would do. */
export interface NotedCall extends Pick<PlanFacts, "profile" | "account" | "tool" | "operation" | "input"> {
  readonly effect: Effect;
  readonly preview?: Pick<PlanFacts["preview"], "recipients" | "notified">;
}

/** What is noted of a call, whatever becomes of it. */
export function auditFacts(session: Session, call: NotedCall): Omit<AuditFacts, "step"> {
  const { profile, account, tool, operation, effect, input, preview } = call;
  const { recipients = [], notified = [] } = preview ?? {};
  const reached = { ...(recipients.length > 0 && { recipients }), ...(notified.length > 0 && { notified }) };
  return {
    ...{ session: session.parts.id, profile, tool, operation, effect },
    ...(account !== "" && { account }),
    targets: { ...auditTargets(input), ...reached },
  };
}
