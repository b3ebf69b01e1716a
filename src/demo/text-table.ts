import { displayWidth } from "../core/display-width.js";
import { printableLine } from "../core/printable.js";

/** Rows of text as aligned columns under their titles. Wide characters count as two. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [titles, ...rows].map((row) => row.map(printableLine));
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ""))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - displayWidth(cell)))
      .join("  ")
      .trimEnd();
  return cells.map(line).join("\n");
}
