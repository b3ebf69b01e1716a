import type { ErrorReport } from "../core/errors.js";
import type { EventChanges, EventRef, SeriesScope, UpdateResult } from "./models.js";

/** One of many updates. */
export interface EventUpdate {
  readonly ref: EventRef;
  readonly changes: EventChanges;
  /** Needed for a series. */
  readonly scope?: SeriesScope;
  readonly expectedVersion?: string;
}

/** What became of one of many. */
export type BatchEventOutcome =
  | { index: number; done: true; result: UpdateResult }
  | {
      index: number;
      done: false;
      /** Whether it had been done and was taken back. */
      undone: boolean;
      error: ErrorReport;
    };

/** What became of each of many, in the order in which they were given. */
export interface BatchUpdateResult {
  outcomes: BatchEventOutcome[];
  done: number;
  failed: number;
  /** With `atomic`: what was done and could not be taken back, by index, and why. Empty when all or nothing was done. */
  notUndone: { index: number; error: ErrorReport }[];
}
