import { printableLine } from "../../core/printable.js";
import type { Block, Line, Text, Tone } from "./view.js";

/** A block of one line. */
export function sentence(line: Line): Block {
  return { kind: "lines", lines: [line] };
}

/** A line above what it names. */
export function heading(text: Line): Block {
  return { kind: "heading", text };
}

/** How a list goes on that has further pages, as its last line; nothing without a cursor. */
export function goOn(cursor: string | undefined): Block[] {
  return cursor === undefined ? [] : [sentence(dim(`There is more: add --cursor ${cursor}`))];
}

/** Text of less weight, such as ids. */
export function dim(text: string): Text {
  return { text, tone: "dim" };
}

/** Names with values, without those that have none. */
export function fieldsBlock(rows: readonly (readonly [name: string, value: Line | undefined])[]): Block {
  return {
    kind: "fields",
    rows: rows.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, value] as const])),
  };
}

/** Several texts on one line. Each is cleaned by itself, so that none can swallow the beginning of the next. */
export function listed(texts: readonly string[]): string {
  return texts.map(printableLine).join(", ");
}

/** Somebody who is named by an address: `Ann Miller <ann@example.com>`. */
export function person(name: string | undefined, address: string | undefined): string {
  const shown = printableLine(name ?? "");
  if (shown === "") return address ?? "";
  return address === undefined || address === shown ? shown : `${shown} <${address}>`;
}

/** A size as people say it: `812 B`, `1.4 MB`. */
export function sizeOf(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${units[unit] ?? ""}`;
}

/** A line of one tone. */
export function toneOf(text: string, tone: Tone): Text {
  return { text, tone };
}
