import { importing, overEmptyProcessMs } from "./support/process-time.js";
import { compare, type Row } from "./support/row.js";

export const name = "import-root";

const runs = 15;

/** What importing the package's root adds to the start of a process. */
export function measure(): Promise<Row> {
  return compare(
    { name, unit: "ms", limit: 0, limitIs: "an empty Node process, which is subtracted; the goal is under 25 ms" },
    {
      ours: { runs, run: async () => overEmptyProcessMs(...importing("maigic-integrations")) },
      "@googleapis/gmail + calendar": {
        runs,
        run: async () => overEmptyProcessMs(...importing("@googleapis/gmail", "@googleapis/calendar")),
      },
    },
  );
}
