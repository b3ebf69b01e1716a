/** A text by its lines, without a string for each: a mail can have millions. */
export interface MailLines {
  readonly text: string;
  readonly count: number;
  /** Where each line begins, and after the last one where the text ends. */
  readonly starts: Int32Array;
  readonly kinds: Uint8Array;
}

/** Kinds of lines. */
export const lineKind = { blank: 0, quote: 1, own: 2 } as const;

/** Takes a text apart. A line that begins with `>` quotes. */
export function mailLines(text: string): MailLines {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  const starts = new Int32Array(count + 1);
  const kinds = new Uint8Array(count);
  let start = 0;
  for (let line = 0; line < count; line += 1) {
    const end = text.indexOf("\n", start);
    const next = end === -1 ? text.length : end + 1;
    kinds[line] = kindOf(text, start, next);
    starts[line + 1] = next;
    start = next;
  }
  return { text, count, starts, kinds };
}

function kindOf(text: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 62) return lineKind.quote;
    if (code > 32 && code !== 0xa0) return lineKind.own;
  }
  return lineKind.blank;
}

/** A line without the spaces around it; of a very long one only the beginning. */
export function lineAt({ text, starts }: MailLines, line: number): string {
  const start = starts[line] ?? text.length;
  return text.slice(start, Math.min(starts[line + 1] ?? text.length, start + 500)).trim();
}

/** The text of the lines from one up to another, without the last line's break. */
export function textOf({ text, starts }: MailLines, from: number, to: number): string {
  const piece = text.slice(starts[from], starts[to]);
  return piece.endsWith("\n") ? piece.slice(0, -1) : piece;
}

/** The last line before one that is not blank; -1 without any. */
export function lastBefore({ kinds }: MailLines, line: number): number {
  let last = line - 1;
  while (last >= 0 && kinds[last] === lineKind.blank) last -= 1;
  return last;
}
