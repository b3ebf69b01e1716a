import { printable, printableJson } from "../../core/printable.js";

/** Text for people on standard output: what comes from outside cannot steer the terminal. */
export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

/** The one JSON document of `--json`. */
export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(value, 2)}\n`);
}

/** A note for people on standard error, beside the result. */
export function note(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}
