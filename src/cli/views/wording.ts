import type { Block, Line } from "./view.js";

/** A block of one line. */
export function sentence(line: Line): Block {
  return { kind: "lines", lines: [line] };
}

/** How a list goes on that has further pages: always the last line. */
export function goOn(cursor: string): Block {
  return sentence({ text: `There is more: add --cursor ${cursor}`, tone: "dim" });
}

/** A number with its noun: `1 mail`, `12 mails`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}
