import { printable } from "../../core/printable.js";
import type { Plan } from "./plan.js";

/** The whole of a plan as a text for the person who is asked: nothing that it would do is left out. */
export function planText(plan: Plan): string {
  const { account, profile, operation, preview, input, files, reasons } = plan;
  const { recipients, notified, seenIn = [], answersTo = [], occurrences, diff, warnings = [], reversible } = preview;
  const rows: readonly (readonly [string, string])[] = [
    ["Do this?", operation],
    ["Account", account === "" ? profile : `${account} (${profile})`],
    ["Reaches", [...recipients, ...seenIn].join(", ") || "nobody"],
    ["Notified", notified.join(", ") || "nobody"],
    ...answersTo.map((address) => ["Answers go to", address] as const),
    ["Touches", String(occurrences)],
    ["Can be undone", reversible ? "yes" : "no"],
    ...reasons.map((reason) => ["Asked because", reason] as const),
    ...warnings.map((warning) => ["Warning", warning] as const),
    ...files.map(({ path, sizeBytes, sha256 }) => ["File", `${path}, ${sizeBytes} bytes, SHA-256 ${sha256}`] as const),
    ...Object.entries(input).map(
      ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const,
    ),
    ...diff.map((line) => ["Change", line] as const),
  ];
  // Lines of a value stand farther in, so that none of them can pass for a row.
  return rows.map(([name, value]) => `${name}: ${printable(value).replaceAll("\n", "\n    ")}`).join("\n");
}
