import type { WritePreview } from "../core/write-preview.js";
import { integrationError } from "../core/errors.js";
import type { OperationEntry } from "../operations/operation.js";
import { decide, effectiveEffect, type Decision, type WriteFacts } from "./policy/decide.js";
import { mayLoad } from "./policy/may-load.js";
import type { WriteEffect } from "./policy/policy.js";
import type { Session } from "./session.js";

/** A write, and what it would do. */
export interface LookedAt {
  readonly entry: Pick<OperationEntry, "name" | "effect" | "alone">;
  readonly profile: string;
  readonly account: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly preview: WritePreview;
  /** Whether text that somebody else wrote may have asked for it. */
  readonly tainted: boolean;
}

/** What the policy says of a write, and what it comes to. */
export function judge(
  session: Session,
  { entry, profile, account, input, preview, tainted }: LookedAt,
): { readonly decision: Decision; readonly effect: WriteEffect } {
  const { name, effect, alone } = entry;
  if (effect === "read") throw integrationError("request.unsupported", { message: `${name} changes nothing.` });
  const grants = session.parts.policy.grantsOf(profile);
  const facts: WriteFacts = {
    operation: name,
    effect,
    alone,
    account,
    preview,
    tainted,
    alsoTo: preview.answersTo ?? [],
  };
  const decision = withoutFetching(decide(grants, facts), tainted && mayLoad(input["html"]));
  return { decision, effect: effectiveEffect(grants, facts) };
}

/** What a mail's reader fetches can carry text to whoever it is fetched from: once text of others was read, a person decides. */
function withoutFetching(decision: Decision, isFetching: boolean): Decision {
  if (decision.verdict === "refused" || !isFetching) return decision;
  const reason =
    "Its HTML may load pictures or other things from elsewhere when it is opened, which can carry text away.";
  return { verdict: "confirm", reasons: [...(decision.verdict === "confirm" ? decision.reasons : []), reason] };
}
