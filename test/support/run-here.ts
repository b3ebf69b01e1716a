import { runCli, type CliOptions } from "../../src/cli/main.js";
import { capturedOutput } from "./captured-output.js";
import type { Outcome } from "./run-command.js";

/** Runs `maigic-integrations …` in this process. @param linesRead - after so many writes nobody reads any more; default: all are read */
export function runHere(
  argv: readonly string[],
  { linesRead, ...options }: CliOptions & { readonly linesRead?: number } = {},
): Promise<Outcome> {
  return capturedOutput(() => runCli(argv, options), linesRead);
}
