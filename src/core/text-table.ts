import { printableLine } from "./printable.js";

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

/** How many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) width += isWide(segment) ? 2 : 1;
  return width;
}

/** The text, cut to a width with an ellipsis where it is longer. */
export function fit(text: string, columns: number): string {
  const clean = printableLine(text);
  if (displayWidth(clean) <= columns) return clean;
  let result = "";
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(clean)) {
    width += isWide(segment) ? 2 : 1;
    if (width > columns - 1) break;
    result += segment;
  }
  return `${result}…`;
}

/** East Asian wide characters and emoji, as terminals draw them. @see https://www.unicode.org/reports/tr11/ */
function isWide(segment: string): boolean {
  return /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
    segment,
  );
}
