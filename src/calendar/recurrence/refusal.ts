import { integrationError } from "../../core/errors.js";

/** An error that names the line of a series and what is wrong with it. */
export function invalidRecurrence(line: string, problem: string, hint = "Correct the line and call again."): Error {
  return integrationError("request.invalid", {
    message: `The recurrence line "${line.slice(0, 200)}" ${problem}.`,
    hint: `${hint} Nothing was written.`,
    details: { field: "recurrence", line },
  });
}
