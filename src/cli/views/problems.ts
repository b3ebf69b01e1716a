import type { ErrorReport } from "../../core/errors.js";
import type { Block, Line } from "./view.js";

/** What went wrong with some of many, and what to do about each. */
export function problemBlocks(
  problems: readonly { readonly id: string; readonly error: Pick<ErrorReport, "message" | "hint"> }[],
): Block[] {
  if (problems.length === 0) return [];
  const rows = problems.flatMap(({ id, error }): [string, Line][] => [
    [id, { text: error.message, tone: "bad" }],
    ["", error.hint],
  ]);
  return [{ kind: "fields", rows }];
}
