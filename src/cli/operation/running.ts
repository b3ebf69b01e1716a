import type { Operation, OperationCall } from "../../operations/operation.js";
import type { OperationFlags } from "../definitions/operation-flags.js";
import { activity, type Activity } from "../terminal/progress.js";
import type { Prompter } from "../../setup/prompter.js";
import type { Showing } from "./show-output.js";

/** An operation that is about to run. */
export interface Running {
  readonly operation: Operation;
  readonly input: unknown;
  /** What it is called with, but for the signals that end it. */
  readonly call: OperationCall;
  readonly showing: Showing;
  readonly flags: OperationFlags;
  /** What asks a person; undefined: the terminal. */
  readonly prompter: Prompter | undefined;
}

/** Shows on standard error that it goes on, unless somebody wants that not, or every request. */
export function activityOf({ showing, flags }: Running, { hidden = false }: { hidden?: boolean } = {}): Activity {
  const label = showing.entry.name.replaceAll(".", " ");
  return activity(label, { hidden: hidden || flags.quiet === true || flags.verbose === true });
}
