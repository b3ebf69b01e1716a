import { counted } from "../../core/counted.js";
import { printable } from "../../core/printable.js";
import { accountOf, hiddenIn, whatOf } from "./plan-words.js";
import type { Plan } from "./plan.js";

type Row = readonly [name: string, value: string];

/**
 * The whole of a plan as a text for the person who is asked in the assistant's program: all that a terminal shows of it,
 * and nothing that it would do is left out.
 */
export function planText(plan: Plan): string {
  const { profile, service, preview, input, files, reasons } = plan;
  const { recipients, notified, seenIn = [], answersTo = [], occurrences, diff, warnings = [], reversible } = preview;
  const hidden = hiddenIn(plan);
  const rows: readonly Row[] = [
    ["Do this?", `${whatOf(plan)} (${plan.operation})`],
    ["Account", `${accountOf(plan)}, profile ${profile} of ${service}`],
    ["Recipients", recipients.join(", ") || "nobody"],
    ["Notified", notified.join(", ") || "nobody"],
    ...(seenIn.length > 0 ? [["Seen in", seenIn.join(", ")] as const] : []),
    ...(answersTo.length > 0 ? [["Answers to", answersTo.join(", ")] as const] : []),
    ["Touches", counted(occurrences, "occurrence or item", "occurrences or items")],
    ["Can be undone", reversible ? "yes" : "no"],
    ...reasons.map((reason): Row => ["Asked because", reason]),
    ...warnings.map((warning): Row => ["Warning", warning]),
    ...(hidden > 0 ? [["Warning", `${counted(hidden, "character")} of it cannot be seen here.`] as const] : []),
    ...files.map(({ path, sizeBytes, sha256 }): Row => ["File", `${path}, ${sizeBytes} bytes, SHA-256 ${sha256}`]),
    ...Object.entries(input).map(([name, value]): Row => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
    ...diff.map((line): Row => ["Change", line]),
  ];
  // Lines of a value stand farther in, so that none of them can pass for a row.
  return rows.map(([name, value]) => `${name}: ${printable(value).replaceAll("\n", "\n    ")}`).join("\n");
}
