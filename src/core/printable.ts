/** C0 and C1 controls but tab and newline, and the marks that reorder or hide text. */
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Outside text as it may reach a terminal or a log: without control, escape and bidi-override characters. */
export function printable(text: string): string {
  return text.replace(unprintable, "");
}

/** The same on one line: line breaks and runs of spaces become one space. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s+/g, " ")).trim();
}
