import { displayWidth, partsOfWidth } from "../../core/display-width.js";
import type { Piece } from "./pieces.js";

/** A wrapped line is never narrower, however narrow the terminal is. */
const leastWidth = 8;

/**
 * Pieces broken into lines between words. What is longer than a line is broken within, but what people copy, such as ids and
 * addresses, which are of no use in parts.
 */
export function wrap(pieces: readonly Piece[], columns: number | undefined): Piece[][] {
  if (columns === undefined) return [[...pieces]];
  const width = Math.max(leastWidth, columns);
  const lines: Piece[][] = [[]];
  let room = width;
  const add = (piece: Piece, taken: number): void => {
    lines.at(-1)?.push(piece);
    room -= taken;
  };
  const next = (): void => {
    lines.push([]);
    room = width;
  };
  for (const word of pieces.flatMap(wordsOf)) {
    const isBlank = word.text.trim() === "";
    const taken = displayWidth(word.text);
    if (taken <= room) add(word, taken);
    else if (isBlank) next();
    else {
      if (room < width) next();
      for (const part of partsOf(word, width)) {
        if (room < width) next();
        add(part, displayWidth(part.text));
      }
    }
  }
  return lines.map(withoutEnd).filter((line, _, all) => line.length > 0 || all.length === 1);
}

/** Running text as lines that fit. Line breaks stay, and what is quoted stays marked as such on every line. */
export function wrapText(text: string, columns: number | undefined): Piece[][] {
  return text
    .trimEnd()
    .split("\n")
    .flatMap((line) => {
      const [mark = ""] = /^(?:> ?){1,8}/.exec(line) ?? [];
      const pieces: Piece[] = [{ text: withoutTabs(line.slice(mark.length)), tone: "plain" }];
      const lines = wrap(pieces, columns === undefined ? undefined : columns - mark.length);
      return mark === "" ? lines : lines.map((quoted): Piece[] => [{ text: mark, tone: "dim" }, ...quoted]);
    });
}

/** Words and the blanks between them. */
function wordsOf({ text, tone }: Piece): Piece[] {
  return (text.match(/\s+|\S+/g) ?? []).map((word) => ({ text: word, tone }));
}

function partsOf(word: Piece, columns: number): Piece[] {
  if (copied.test(word.text)) return [word];
  return partsOfWidth(word.text, columns).map((text) => ({ text, tone: word.tone }));
}

/** Ids and addresses have digits or signs in them. */
const copied = /^(?=.*[\d@_/])[!-~]+$/;

/** A line without the blanks that were left at its end. */
function withoutEnd(line: readonly Piece[]): Piece[] {
  const last = line.findLastIndex(({ text }) => text.trim() !== "");
  return line.slice(0, last + 1);
}

/** Tabs as the blanks up to the next of the columns that they stand for. */
function withoutTabs(line: string): string {
  const [first = "", ...rest] = line.split("\t");
  let text = first;
  let column = displayWidth(first);
  for (const each of rest) {
    const blanks = tabStop - (column % tabStop);
    text += " ".repeat(blanks) + each;
    column += blanks + displayWidth(each);
  }
  return text;
}

const tabStop = 8;
