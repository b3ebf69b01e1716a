import { rmSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { integrationError } from "../../core/errors.js";
import { Secret } from "../../core/secret.js";
import type { WritePreview } from "../../core/write-preview.js";
import { makeFolder, writeAtomically } from "../../credentials/atomic-write.js";
import { requireOwnFolders } from "../../credentials/own-folders.js";
import { writeEffects } from "../policy/policy.js";
import { readOwnFile, requireOwnFolder } from "./own-files.js";
import { frozenCopy } from "./frozen-copy.js";
import { isPlanId, isSame, planHash } from "./plan-identity.js";
import type { Plan, PlannedFile } from "./plan.js";

/** A plan as a person is shown it, with what proves that an answer is of somebody who could read it. */
export interface ShownPlan {
  readonly plan: Plan;
  /** 32 random bytes in base64url. */
  readonly challenge: Secret;
}

const mostPlanBytes = 64 * 1024 * 1024;
const mostAnswerBytes = 4096;
const texts = v.array(v.string());

const previewSchema = v.strictObject({
  account: v.string(),
  recipients: texts,
  notified: texts,
  seenIn: v.exactOptional(texts),
  answersTo: v.exactOptional(texts),
  occurrences: v.number(),
  diff: texts,
  warnings: v.exactOptional(texts),
  reversible: v.boolean(),
  payloadHash: v.string(),
} satisfies Record<keyof WritePreview, v.GenericSchema>);

const fileSchema = v.strictObject({
  path: v.string(),
  sizeBytes: v.number(),
  sha256: v.string(),
} satisfies Record<keyof PlannedFile, v.GenericSchema>);

/** Strict, since a field that nobody is shown would be one that nobody agreed to. */
const planSchema: v.GenericSchema<unknown, Plan> = v.strictObject({
  id: v.string(),
  hash: v.string(),
  profile: v.string(),
  service: v.string(),
  account: v.string(),
  tool: v.string(),
  operation: v.string(),
  effect: v.picklist(writeEffects),
  input: v.record(v.string(), v.unknown()),
  preview: previewSchema,
  files: v.array(fileSchema),
  reasons: texts,
  ask: v.picklist(["terminal", "client"]),
  madeAt: v.number(),
  expiresAt: v.number(),
} satisfies Record<keyof Plan, v.GenericSchema>);

const contentSchema = v.strictObject({
  /** The session that made it, as the audit log names it. */
  session: v.string(),
  challenge: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  plan: planSchema,
});

/** The folder in which plans are shown to the person. */
export function planFolder(configDir: string): string {
  return join(configDir, "plans");
}

/** The id of the plan that a file of that name shows; undefined for other files. */
export function planIdOf(name: string): string | undefined {
  const id = name.replace(/\.json$/, "");
  return isPlanId(id) && name === planFileName(id) ? id : undefined;
}

/** The id of the plan that a file of that name answers; undefined for other files. */
export function answeredIdOf(name: string): string | undefined {
  const id = name.replace(/\.answer\.json$/, "");
  return isPlanId(id) && name === answerFileName(id) ? id : undefined;
}

function planFileName(id: string): string {
  return `${id}.json`;
}

function answerFileName(id: string): string {
  return `${id}.answer.json`;
}

/**
 * Shows a plan to whoever can read this user's own files.
 *
 * @throws ConfigurationError `config.invalid_file`, `config.unsafe`
 */
export async function writePlanFile(configDir: string, { plan, challenge }: ShownPlan, session: string): Promise<void> {
  const content = { session, challenge: challenge.reveal(), plan };
  await write(configDir, planFileName(plan.id), content);
}

/** Writes the file with a person's answer to a plan. @throws ConfigurationError `config.invalid_file`, `config.unsafe` */
export async function writeAnswerFile(configDir: string, id: string, content: unknown): Promise<void> {
  await write(configDir, answerFileName(id), content);
}

async function write(configDir: string, name: string, content: unknown): Promise<void> {
  const folder = planFolder(configDir);
  await requireOwnFolders(configDir, join(folder, name));
  await makeFolder(folder);
  requireOwnFolder(folder);
  await writeAtomically(join(folder, name), `${JSON.stringify(content, undefined, 2)}\n`, folder);
}

/**
 * Reads the file with an answer to a plan.
 *
 * @returns undefined when there is none
 * @throws ConfigurationError `config.unsafe`, `config.invalid_file`
 */
export function readAnswerFile(configDir: string, id: string): string | undefined {
  return readOwnFile(planFolder(configDir), answerFileName(id), mostAnswerBytes);
}

/**
 * Reads a plan as its session wrote it.
 *
 * @returns undefined when there is no such plan
 * @throws ConfigurationError `config.unsafe` when it may be somebody else's; `config.invalid_file` when it is damaged or
 * was changed
 */
export function readPlanFile(configDir: string, id: string): ShownPlan | undefined {
  const text = readOwnFile(planFolder(configDir), planFileName(id), mostPlanBytes);
  if (text === undefined) return undefined;
  const content = contentOf(text);
  if (content?.plan.id === id && isSame(planHash(content.plan), content.plan.hash)) {
    return { plan: frozenCopy(content.plan), challenge: new Secret(content.challenge) };
  }
  const file = join(planFolder(configDir), planFileName(id));
  throw integrationError("config.invalid_file", {
    message: `${file} is damaged or was changed, and is not the plan that was made.`,
    hint: "Do not approve it; ask the assistant for the change again.",
    details: { file },
  });
}

function contentOf(text: string): v.InferOutput<typeof contentSchema> | undefined {
  try {
    const parsed = v.safeParse(contentSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // it is no JSON
  }
}

/** Removes what shows a plan, and the answer to it. What cannot be removed does no harm: the session knows it no more. */
export function removePlanFiles(configDir: string, id: string): void {
  for (const name of [planFileName(id), answerFileName(id)]) removePlansFile(configDir, name);
}

/** Removes a file beside the plans, if that is possible. */
export function removePlansFile(configDir: string, name: string): void {
  try {
    rmSync(join(planFolder(configDir), name), { force: true });
  } catch {
    // It is older than any plan's life soon, and the next session tries again.
  }
}
