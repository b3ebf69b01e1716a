import { createHmac } from "node:crypto";
import * as v from "valibot";
import { canonicalJson } from "../../core/canonical-json.js";
import { readAnswerFile, writeAnswerFile, type ShownPlan } from "./plan-file.js";
import { isSame, planHash } from "./plan-identity.js";
import type { Approval } from "./plan.js";

/** `mac` is proof of having read the challenge, so that no other file can stand in for a person's answer. */
const answerSchema = v.strictObject({ hash: v.string(), agreed: v.boolean(), mac: v.string() });

/**
 * Leaves a person's answer to a plan for the session that made it. It is bound to what the person was shown: the hash is
 * made of that, whatever the plan says of its own.
 *
 * @throws ConfigurationError `config.invalid_file`, `config.unsafe`
 */
export async function writeAnswer(configDir: string, { plan, challenge }: ShownPlan, agreed: boolean): Promise<void> {
  const answer = { id: plan.id, hash: planHash(plan), agreed };
  const content = { hash: answer.hash, agreed, mac: macOf(challenge, answer) };
  await writeAnswerFile(configDir, plan.id, content);
}

/** What a person said to exactly this plan. Any other file in an answer's place is none. */
export function readAnswer(configDir: string, { plan, challenge }: ShownPlan): Approval {
  const answer = answerIn(textOf(configDir, plan.id));
  if (!answer || !isSame(plan.hash, answer.hash)) return "waiting";
  const { hash, agreed, mac } = answer;
  if (!isSame(macOf(challenge, { id: plan.id, hash, agreed }), mac)) return "waiting";
  return agreed ? "approved" : "declined";
}

function textOf(configDir: string, id: string): string {
  try {
    return readAnswerFile(configDir, id) ?? "";
  } catch {
    return ""; // a link, or somebody else's file: whoever put it there is not the person
  }
}

function answerIn(text: string): v.InferOutput<typeof answerSchema> | undefined {
  try {
    const parsed = v.safeParse(answerSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // there is none, or it is damaged
  }
}

interface Answered {
  readonly id: string;
  readonly hash: string;
  readonly agreed: boolean;
}

/** @see https://www.rfc-editor.org/rfc/rfc2104 */
function macOf(challenge: ShownPlan["challenge"], answered: Answered): string {
  const key = Buffer.from(challenge.reveal(), "base64url");
  return createHmac("sha256", key).update(canonicalJson(answered)).digest("base64url");
}
