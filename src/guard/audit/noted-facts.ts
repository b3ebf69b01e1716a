import { beginningOf } from "../../core/beginning-of.js";
import { printableLine } from "../../core/printable.js";
import { redact } from "../../core/redact.js";
import type { AuditFacts } from "./entry.js";

/** The most characters of a text that are noted. */
const longestText = 299;
/** Nobody reads further for what is cut to that anyway, however long a text somebody sends. */
const farthest = 4000;
/** The most values of a field that are noted; how many more there were is said. */
const mostValues = 50;

/** A text as it is noted: what a person would see of it, on one line, without what looks like a secret, and no novel. */
export function notedText(text: string): string {
  return beginningOf(redact(printableLine(text.slice(0, farthest).toWellFormed())), longestText);
}

/** Facts as they are noted: ids and addresses may come from anybody. */
export function notedFacts(facts: AuditFacts): AuditFacts {
  const { session, step, profile, account, tool, operation, effect, targets, plan, approval, error } = facts;
  return {
    ...{ session: notedText(session), step, profile: notedText(profile) },
    ...(account !== undefined && { account: notedText(account) }),
    ...{ tool: notedText(tool), operation: notedText(operation), effect },
    targets: Object.fromEntries(Object.entries(targets).map(([field, values]) => [field, notedValues(values)])),
    ...(plan !== undefined && { plan: notedText(plan) }),
    ...(approval !== undefined && { approval }),
    ...(error !== undefined && { error }),
  };
}

function notedValues(values: readonly string[]): string[] {
  const noted = values.slice(0, mostValues).map(notedText);
  const more = values.length - noted.length;
  return more > 0 ? [...noted, `… and ${more} more`] : noted;
}
