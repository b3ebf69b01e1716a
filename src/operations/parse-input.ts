import * as v from "valibot";
import { beginningOf } from "../core/beginning-of.js";
import { integrationError } from "../core/errors.js";
import type { Operation } from "./operation.js";

/**
 * What was given to an operation, checked by its schema.
 *
 * @throws RequestError `request.invalid` with the field's name in `details.field`
 */
export function parseInput(operation: Pick<Operation, "input">, given: unknown): unknown {
  const parsed = v.safeParse(operation.input, given);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? "";
  const problem = beginningOf(issue.message, 300); // it may quote all that was given
  throw integrationError("request.invalid", {
    message: field === "" ? problem : `${field} cannot be used. ${problem}`,
    hint: field === "" ? undefined : `Correct ${field} and call again; nothing was sent.`,
    details: { field },
  });
}
