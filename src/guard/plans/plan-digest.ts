import type { Digest, Facts } from "../results/digest.js";
import { looksLikeId } from "../results/trust.js";
import { planLifeMs } from "./plan-store.js";
import type { Plan } from "./plan.js";

/** Addresses that are named at most; a person who is asked sees all of them. */
const mostNamed = 20;

/** A plan as the assistant reads it: what it would do, and how to have it done. */
export function planDigest(plan: Plan): Digest {
  const { id, hash, operation, effect, reasons, files, preview } = plan;
  const { recipients, notified, seenIn = [], answersTo = [], occurrences, diff, warnings = [], reversible } = preview;
  const needsPerson = reasons.length > 0;
  const unclear = unclearIn(plan);
  const lines = {
    ...(unclear.length > 0 && { others: unclear.slice(0, mostNamed).join(", ") }),
    ...(unclear.length > 0 && needsPerson && { reasons: reasons.join(" ") }),
  };
  const facts: Facts = {
    ...{ plan: id, hash, expires_in_s: planLifeMs / 1000, operation, effect },
    ...named("recipients", recipients),
    ...named("notified", notified),
    ...(answersTo.length > 0 && named("answers_to", answersTo)),
    ...(seenIn.length > 0 && named("seen_in", seenIn)),
    ...{ occurrences, reversible },
    ...(files.length > 0 && { files: files.map(({ path, sizeBytes }) => `${path} (${sizeBytes} bytes)`) }),
    ...(needsPerson && { confirmation: "person", ...(unclear.length === 0 && { reasons }) }),
    next: needsPerson ? personNext(plan) : "commit with this profile, plan and hash, if it is what was asked for",
  };
  return {
    own: { facts, untrusted: { lines, text: [...diff, ...warnings.map((each) => `! ${each}`)].join("\n") } },
    lists: [],
  };
}

/** Whom or what a plan reaches under an address that could say something: what others wrote, as in an invitation. */
export function unclearIn({ preview }: Pick<Plan, "preview">): string[] {
  const { recipients, notified, seenIn = [], answersTo = [] } = preview;
  return [...new Set([...recipients, ...notified, ...seenIn, ...answersTo])].filter((each) => !looksLikeId(each));
}

function personNext({ id, ask }: Plan): string {
  return ask === "client"
    ? "commit with this profile, plan and hash; the person is asked then"
    : `ask the person to run: npx maigic-integrations approve ${id}; then commit with this profile, plan and hash`;
}

function named(name: string, addresses: readonly string[]): Facts {
  const clear = addresses.filter(looksLikeId);
  const more = addresses.length - Math.min(clear.length, mostNamed);
  return { [name]: clear.slice(0, mostNamed), ...(more > 0 && { [`more_${name}`]: more }) };
}
