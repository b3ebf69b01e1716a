import { systemClock } from "../core/clock.js";
import { startDeadline, type CallOptions } from "../core/deadline.js";
import { given } from "../core/given.js";
import type { OperationCall } from "./operation.js";

/** How long an operation may take, and what ends it. */
export type CallLimits = Pick<OperationCall, "signal" | "timeoutMs">;

/** What of an operation's call the methods of a client take, which refuse what they do not know. */
export function optionsOf({ signal, timeoutMs }: CallLimits): CallOptions {
  return given({ signal, timeoutMs });
}

/**
 * Options for an operation that calls a client several times: its time limit is that of all of them together.
 *
 * @returns the options for each call, and `end`, which stops the watch and whatever of the calls still runs
 * @throws RequestError `request.invalid` for a time limit that is none; the signal's reason when it is aborted already
 */
export function optionsOfMany(call: CallLimits): { options: CallOptions; end: () => void } {
  const { deadline, end } = startDeadline(optionsOf(call), systemClock);
  return { options: { signal: deadline.signal }, end: () => end() };
}
