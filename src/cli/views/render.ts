import pc from "picocolors";
import { fieldLines } from "./fields.js";
import { piecesOf, spaces, toned, type Piece } from "./pieces.js";
import { tableLines } from "./table.js";
import type { Block, Look, Tone, View } from "./view.js";
import { wrap, wrapText } from "./wrap.js";
import { printable } from "../../core/printable.js";

/**
 * A view as text for a terminal or a file, without a line break at its end. Whatever came from outside is cleaned here:
 * no control but line breaks and, with `look.colour`, our own colours.
 */
export function render(view: View, look: Look): string {
  const paint = painter(look.colour);
  const blocks = view.map((block) => ({ block, lines: blockLines(block, look.width) }));
  return blocks
    .filter(({ lines }) => lines.length > 0)
    .flatMap(({ lines }, index, all) => {
      const isApart = index > 0 && all[index - 1]?.block.kind !== "heading";
      return [...(isApart ? [""] : []), ...lines.map((line) => joined(withoutEnd(line)).map(paint).join(""))];
    })
    .join("\n");
}

function blockLines(block: Block, width: number | undefined): Piece[][] {
  switch (block.kind) {
    case "heading":
      return wrap(toned(piecesOf(block.text), "strong"), width);
    case "lines":
      return block.lines.flatMap((line) => indented(block.indent, width, (room) => wrap(piecesOf(line), room)));
    case "text":
      return indented(block.indent, width, (room) => wrapText(printable(block.text), room));
    case "fields":
      return fieldLines(
        block.rows.map(([name, value]) => [piecesOf(name), piecesOf(value)] as const),
        width,
      );
    case "table":
      return tableLines(block, width);
  }
}

function indented(indent = 0, width: number | undefined, linesIn: (room: number | undefined) => Piece[][]): Piece[][] {
  const room = width === undefined ? undefined : width - indent;
  return linesIn(room).map((line) => [spaces(indent), ...line]);
}

/** No line ends with blanks. */
function withoutEnd(line: readonly Piece[]): Piece[] {
  const kept = [...line];
  while (kept.length > 0) {
    const last = kept.pop();
    const text = last?.text.trimEnd() ?? "";
    if (last && text !== "") return [...kept, { text, tone: last.tone }];
  }
  return kept;
}

/** Neighbours of one tone as one piece. */
function joined(line: readonly Piece[]): Piece[] {
  return line.reduce<Piece[]>((pieces, { text, tone }) => {
    const last = pieces.at(-1);
    return last?.tone === tone
      ? [...pieces.slice(0, -1), { text: last.text + text, tone }]
      : [...pieces, { text, tone }];
  }, []);
}

function painter(colour: boolean): (piece: Piece) => string {
  const { bold, dim, green, yellow, red, cyan } = pc.createColors(colour);
  const paints: Readonly<Record<Tone, (text: string) => string>> = {
    plain: (text) => text,
    strong: bold,
    dim,
    good: green,
    warning: yellow,
    bad: red,
    accent: cyan,
  };
  return ({ text, tone }) => paints[tone](text);
}
