import type { ErrorReport } from "./errors.js";

/** What became of one of many. */
export type BatchOutcome = { id: string; done: true } | { id: string; done: false; error: ErrorReport };

/** What became of each of many, in the order in which they were given. */
export interface BatchResult {
  outcomes: BatchOutcome[];
  /** How many were done. */
  done: number;
  failed: number;
}

/** Counts outcomes. */
export function batchResult(outcomes: BatchOutcome[]): BatchResult {
  const done = outcomes.filter((outcome) => outcome.done).length;
  return { outcomes, done, failed: outcomes.length - done };
}
