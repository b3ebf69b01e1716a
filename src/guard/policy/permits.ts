import type { OperationEntry } from "../../operations/operation.js";
import type { Grants } from "./policy.js";

/** Whether there is anything that an operation may be used for: only then is it shown to an assistant. */
export function permits(grants: Grants, { effect, alone }: Pick<OperationEntry, "effect" | "alone">): boolean {
  if (effect === "read" || grants.allow.includes(effect)) return true;
  return alone !== undefined && grants.allow.includes(alone);
}
