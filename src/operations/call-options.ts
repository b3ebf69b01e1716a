import type { CallOptions } from "../core/deadline.js";
import { given } from "../core/given.js";
import type { OperationCall } from "./operation.js";

/** What of an operation's call the methods of a client take, which refuse what they do not know. */
export function optionsOf({ signal, timeoutMs }: Pick<OperationCall, "signal" | "timeoutMs">): CallOptions {
  return given({ signal, timeoutMs });
}
