import { integrationError } from "../core/errors.js";

/** Whether an error is Node's with that code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** What stands in the way of changing a file. */
export function cannotWrite(path: string, cause: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `${path} cannot be written.`,
    hint: "Make the folder writable for yourself, or set MAIGIC_CREDENTIALS_DIR (for keys, MAIGIC_CONFIG_DIR) to one that is.",
    details: { file: path },
    cause,
  });
}
