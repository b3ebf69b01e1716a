import { displayWidth, headOf } from "../../core/display-width.js";
import { printable } from "../../core/printable.js";
import type { Line, Text, Tone } from "./view.js";

/** A piece of text that may reach a terminal, on one line. */
export interface Piece {
  readonly text: string;
  readonly tone: Tone;
}

/** A line's pieces, cleaned: the only way for a view's text into what is printed. */
export function piecesOf(line: Line): Piece[] {
  return (isText(line) ? [line] : line)
    .map((each): Piece => (typeof each === "string" ? { text: each, tone: "plain" } : each))
    .map(({ text, tone }) => ({ text: printable(text).replace(/\s+/g, " "), tone }))
    .filter(({ text }) => text !== "");
}

function isText(line: Line): line is Text {
  return typeof line === "string" || !Array.isArray(line);
}

/** How many columns pieces take, one after the other. */
export function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + displayWidth(text), 0);
}

/** Pieces cut to a width, with an ellipsis where they are longer. */
export function cut(pieces: readonly Piece[], columns: number): Piece[] {
  if (widthOf(pieces) <= columns) return [...pieces];
  const kept: Piece[] = [];
  let room = columns - 1;
  for (const { text, tone } of pieces) {
    const width = displayWidth(text);
    if (width > room) {
      kept.push({ text: `${headOf(text, room).trimEnd()}…`, tone });
      return kept;
    }
    kept.push({ text, tone });
    room -= width;
  }
  return kept;
}

/** So many spaces; none for a number below one. */
export function spaces(count: number): Piece {
  return { text: " ".repeat(Math.max(0, count)), tone: "plain" };
}

/** The same pieces, where they have no tone of their own in this one. */
export function toned(pieces: readonly Piece[], tone: Tone): Piece[] {
  return pieces.map((piece) => (piece.tone === "plain" ? { text: piece.text, tone } : piece));
}
