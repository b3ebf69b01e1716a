import { printable } from "../../core/printable.js";

/** What a person would see of a text, and how many pieces were hidden. */
export function visibleText(text: string): { text: string; hidden: number } {
  const seen = printable(text);
  return { text: seen, hidden: seen === text ? 0 : 1 };
}
