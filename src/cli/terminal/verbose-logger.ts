import type { Logger } from "../../core/logger.js";
import { printableLine } from "../../core/printable.js";

/** Tells of requests and retries on standard error, one line each, for `--verbose`. */
export function verboseLogger(): Logger {
  const say = (line: string): void => void process.stderr.write(`${printableLine(line)}\n`);
  return {
    debug: (message, { ms } = {}) => say(typeof ms === "number" ? `${message} in ${Math.round(ms)} ms` : message),
    warn: (message, { waitMs } = {}) =>
      say(typeof waitMs === "number" ? `${message} Waiting ${Math.round(waitMs)} ms.` : message),
  };
}
