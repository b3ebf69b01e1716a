import fastStringWidth from "fast-string-width";
import { printableLine } from "./printable.js";

/**
 * How many columns of a terminal a printable text takes: wide characters and emoji two, marks none.
 *
 * It is measured composed and without joiners that stand outside of emoji, which the library would count.
 */
export function displayWidth(text: string): number {
  if (!unusual.test(text)) return text.length;
  return fastStringWidth(text.normalize("NFC").replace(textJoiners, ""));
}

/** The text on one line, cut to a width with an ellipsis where it is longer. */
export function fit(text: string, columns: number): string {
  const clean = printableLine(text);
  if (displayWidth(clean) <= columns) return clean;
  return `${headOf(clean, columns - 1).trimEnd()}…`;
}

/** As much of the beginning of a text as a width takes, whole characters as a person counts them. */
export function headOf(text: string, columns: number): string {
  let end = 0;
  let width = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    width += displayWidth(segment);
    if (width > columns) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** The whole text in parts of at most a width, whole characters each; one that is wider stands alone. */
export function partsOfWidth(text: string, columns: number): string[] {
  const parts: string[] = [];
  let part = "";
  let room = columns;
  for (const { segment } of graphemes.segment(text)) {
    const width = displayWidth(segment);
    if (width > room && part !== "") {
      parts.push(part);
      part = "";
      room = columns;
    }
    part += segment;
    room -= width;
  }
  return part === "" ? parts : [...parts, part];
}

const graphemes = new Intl.Segmenter();

/** Without one of these every character takes one column. */
const unusual = /[^ -~]/;

const textJoiners = /\u200c|(?<!\p{Emoji}|\p{Emoji_Modifier}|\ufe0f)\u200d/gu;
