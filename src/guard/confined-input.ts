import { join } from "node:path";
import { integrationError } from "../core/errors.js";
import { inputFields } from "../operations/input-fields.js";
import type { Operation } from "../operations/operation.js";
import { folderWithin, plannedFiles, withinAttachments } from "./attachment-paths.js";
import type { PlannedFile } from "./plans/plan.js";
import type { Policy } from "./policy/policy.js";

/** An operation's input as it may be run, and the files that it sends along. */
export interface ConfinedInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly files: readonly PlannedFile[];
}

/**
 * An operation's input with its paths below the folder for attachments, wherever they pointed.
 *
 * @throws RequestError `request.not_permitted` for a path that leads out of it, and where the policy names no folder
 */
export async function confinedInput(
  policy: Pick<Policy, "attachmentsDir">,
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
): Promise<ConfinedInput> {
  const paths = inputFields(operation.input).filter(({ name, holds }) => holds && input[name] !== undefined);
  if (paths.length === 0) return { input, files: [] };
  const dir = requireFolder(policy, paths[0]?.name ?? "");
  const confined: Record<string, unknown> = { ...input };
  const files: PlannedFile[] = [];
  for (const { name, holds } of paths) {
    const given = [input[name]].flat().map(String);
    if (holds === "folder") confined[name] = await folderWithin(dir, given[0] ?? "");
    else {
      const [root, planned] = [await withinAttachments(dir, ""), await plannedFiles(dir, given)];
      files.push(...planned);
      confined[name] = planned.map(({ path }) => join(root, path));
    }
  }
  return { input: confined, files };
}

function requireFolder({ attachmentsDir }: Pick<Policy, "attachmentsDir">, field: string): string {
  if (attachmentsDir !== undefined) return attachmentsDir;
  throw integrationError("request.not_permitted", {
    message: "The person's policy names no folder for attachments, so that files are neither saved nor sent.",
    hint: "Go on without files; only the person can name a folder in policy.yaml.",
    details: { field },
  });
}
