import { importing, overEmptyProcessMs } from "../bench/support/process-time.js";
import { median } from "../bench/support/row.js";
import { outcome, type Outcome } from "./support/proof.js";

export const name = "start-up";
export const claim =
  "beyond an empty Node process, --version takes less than 80 ms and --help less than 150 ms, for both programs";

interface Limit {
  readonly flag: string;
  readonly ms: number;
}

const programs = ["dist/cli/bin.js", "dist/cli/setup-bin.js"];
const limits: readonly Limit[] = [
  { flag: "--version", ms: 80 },
  { flag: "--help", ms: 150 },
];
/** What an ordinary program loads before it looks at its arguments. */
const eager = [
  "undici",
  "valibot",
  "openid-client",
  "@clack/prompts",
  "postal-mime",
  "temporal-polyfill",
  "rrule-temporal",
  "nodemailer",
  "maigic-integrations/sandbox",
];

/** Times count only with `full`: beside other work they say nothing. Else each program is started once. */
export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const measured = programs.flatMap((program) =>
    limits.map(({ flag, ms }) => ({
      what: `${program.includes("setup") ? "setup " : ""}${flag}`,
      ms: medianOf(full ? 21 : 1, program, flag),
      limit: full ? ms : Infinity,
    })),
  );
  return Promise.resolve(
    outcome(
      {
        figure: measured.map(({ what, ms }) => `${what} ${ms} ms`).join(", "),
        target: full ? limits.map(({ flag, ms }) => `${flag} under ${ms} ms`).join(", ") : "each of them runs",
        holds: measured.every(({ ms, limit }) => ms < limit),
      },
      full
        ? { "a program that loads everything at once": medianOf(5, ...importing(...eager)) > 150 }
        : { "a program that fails": fails("dist/cli/bin.js", "--nonsense") },
    ),
  );
}

function medianOf(runs: number, ...args: readonly string[]): number {
  return median(Array.from({ length: runs }, () => overEmptyProcessMs(...args)));
}

function fails(...args: readonly string[]): boolean {
  try {
    overEmptyProcessMs(...args);
    return false;
  } catch {
    return true; // that is how it tells
  }
}
