import type { ConfigOverrides } from "maigic-integrations";
import { walkVault } from "./vault-walk.js";

/** What somebody did with a vault. */
export interface TourReport {
  /** How each step ended: `done`, `typed error`, or the failure that was none. */
  readonly steps: Readonly<Record<string, string>>;
  /** What the program was warned of. */
  readonly warnings: readonly string[];
}

// A program that uses all of a vault, under a umask that forbids nothing.
process.once("message", (config: ConfigOverrides) => {
  process.umask(0);
  const warnings: string[] = [];
  process.on("warning", ({ message }) => warnings.push(message));
  void walkVault(config).then(
    (steps) => setImmediate(() => process.send?.({ steps, warnings } satisfies TourReport)), // warnings come in between
  );
});
process.once("disconnect", () => process.exit());
