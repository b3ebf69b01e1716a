import { printable, printableJson } from "../../core/printable.js";

/** Text for people on standard output: what comes from outside cannot steer the terminal. */
export function print(text: string): void {
  console.log(printable(text));
}

/** The one JSON document of `--json`. */
export function printJson(value: unknown): void {
  console.log(printableJson(value, 2));
}
