import { overEmptyProcessMs } from "./support/process-time.js";
import { compare, type Row } from "./support/row.js";

export const name = "help-flag";

/** What `maigic-integrations --help` takes beyond an empty Node process. */
export function measure(): Promise<Row> {
  return compare(
    { name, unit: "ms", limit: 0, limitIs: "an empty Node process, which is subtracted; the goal is under 150 ms" },
    { ours: { runs: 15, run: async () => overEmptyProcessMs("dist/cli/bin.js", "--help") } },
  );
}
