import { isIntegrationError } from "../core/errors.js";
import { printableLine } from "../core/printable.js";
import { Interrupted } from "./terminal/interruption.js";
import { note, printJson } from "./terminal/print.js";

const unexpectedExitCode = 1;

/**
 * Tells a person, or with `--json` a program, what went wrong and what to do.
 *
 * @returns the exit code
 */
export function failed(error: unknown, json: boolean): number {
  if (error instanceof Interrupted) {
    note(error.message);
    return error.exitCode;
  }
  if (!isIntegrationError(error)) {
    if (json) printJson({ error: { name: "UnexpectedError", message: String(error) } });
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    note(`Unexpected failure, which is a defect of this program:\n${text}`);
    return unexpectedExitCode;
  }
  if (json) {
    printJson({ error: error.toJSON() });
  } else {
    const where = [error.service, error.profile === undefined ? undefined : `profile ${error.profile}`].filter(Boolean);
    const place = where.length === 0 ? "" : ` (${where.join(", ")})`;
    note(`Error: ${printableLine(error.message + place)}`);
    note(`  What to do: ${printableLine(error.hint)}`);
    note(`  Code: ${error.code}`);
  }
  return error.exitCode;
}
