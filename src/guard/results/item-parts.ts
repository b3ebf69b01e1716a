import { counted } from "../../core/counted.js";
import type { Facts, Item, OutsideText } from "./digest.js";
import { cutToTokens } from "./tokens.js";

/** A part of an item that comes later. */
export interface Piece {
  /** Whether its item's sender folded it away, or it only did not fit. */
  readonly kind: "text" | "folded";
  readonly what: string;
  /** Its length, in characters. */
  readonly length: number;
  /** What comes then: which item it is of, and the part. */
  readonly item: Item;
}

/** An item as far as it is shown, and what comes later. */
export interface Part {
  readonly shown: Item;
  readonly pieces: readonly Piece[];
}

/** The facts that say which item it is: they are repeated with each of its parts. */
function identityOf(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => isIdentity(name)));
}

/** Whether an item says nothing more by its facts than which one it is. */
export function isOnlyIdentity(facts: Facts): boolean {
  return Object.keys(facts).every(isIdentity);
}

/** The field that says which part of an item a text is, such as `subject`. */
const partName = "part";

function isIdentity(name: string): boolean {
  return name === partName || name === "id" || name.endsWith("Id");
}

/** Whether an item has anything that somebody else wrote. */
export function hasOutsideText({ untrusted }: Item): boolean {
  return untrusted !== undefined && (Object.keys(untrusted.lines).length > 0 || (untrusted.text ?? "") !== "");
}

/**
 * All of an item but what always comes later: what is folded away, and what a line has beyond its share.
 *
 * @param longestLine - in characters
 */
export function wholeOf(item: Item, longestLine: number): Part {
  if (!item.untrusted) return { shown: item, pieces: [] };
  const { lines, text = "", folded = [], hidden } = item.untrusted;
  const given = Object.entries(lines).filter(([, line]) => line !== "");
  const cut = given.map(([name, line]) => [name, ...cutAt(line, longestLine)] as const);
  const pieces = [
    ...cut.filter(([, , more]) => more !== "").map(([name, , more]) => pieceOf(item, { lines: {}, text: more }, name)),
    ...folded.filter(({ text }) => text !== "").map(({ what, text }) => foldedPiece(item, what, text)),
  ];
  const shownLines = Object.fromEntries(cut.map(([name, head]) => [name, head]));
  return { shown: { facts: item.facts, untrusted: outsideText(shownLines, text, hidden) }, pieces };
}

/** A part whose text ends after so many tokens; the rest of it comes later. */
export function withTextOfTokens(part: Part, tokens: number): Part {
  const { head, rest } = cutToTokens(part.shown.untrusted?.text ?? "", Math.max(0, tokens));
  return withText(part, head, rest);
}

/** A part whose text ends after so many characters. */
export function withTextOfLength(part: Part, length: number): Part {
  return withText(part, ...cutAt(part.shown.untrusted?.text ?? "", length));
}

function withText({ shown, pieces }: Part, head: string, rest: string): Part {
  const { lines = {}, hidden } = shown.untrusted ?? {};
  const untrusted = outsideText(lines, head, hidden);
  const later = rest === "" ? [] : [pieceOf(shown, { lines: {}, text: rest })];
  return { shown: { facts: shown.facts, untrusted }, pieces: [...later, ...pieces] };
}

/**
 * A part of which only the first lines are shown: other lines and the text come later.
 *
 * @param length - how many characters of the last of them are shown; default: all
 */
export function withLines({ shown, pieces }: Part, count: number, length: number = Infinity): Part {
  const { lines = {}, text, hidden } = shown.untrusted ?? {};
  const cut = Object.entries(lines).map(([name, line], index) => {
    const most = index >= count ? 0 : index === count - 1 ? length : Infinity;
    return [name, ...cutAt(line, most)] as const;
  });
  const heads = cut.slice(0, count).map(([name, head]) => [name, head] as const);
  const rests = cut
    .filter(([, , more], index) => index >= count || more !== "")
    .map(([name, , more]) => [name, more] as const);
  const rest: OutsideText = { lines: Object.fromEntries(rests), ...(text !== undefined && { text }) };
  const later = rests.length > 0 || text !== undefined ? [pieceOf(shown, rest)] : [];
  const untrusted = outsideText(Object.fromEntries(heads), "", hidden);
  return { shown: { facts: shown.facts, untrusted }, pieces: [...later, ...pieces] };
}

function outsideText(lines: OutsideText["lines"], text: string, hidden: number | undefined): OutsideText {
  return { lines, ...(text !== "" && { text }), ...(hidden !== undefined && { hidden }) };
}

/** A text's first characters and its rest. No character is cut in two. */
function cutAt(text: string, length: number): [head: string, rest: string] {
  if (text.length <= length) return [text, ""];
  const isBetweenHalves = /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(Math.max(0, length - 1), length + 1));
  const end = isBetweenHalves && length > 0 ? (length === 1 ? 2 : length - 1) : length;
  return [text.slice(0, end), text.slice(end)];
}

function pieceOf({ facts }: Item, untrusted: OutsideText, part?: string): Piece {
  const identity = { ...identityOf(facts), ...(part !== undefined && { [partName]: part }) };
  const lines = Object.values(untrusted.lines);
  const length = lines.reduce((sum, line) => sum + line.length, 0) + (untrusted.text?.length ?? 0);
  const named = identity[partName];
  const what = `${counted(length, "more character")} of ${typeof named === "string" ? named : "text"}`;
  return { kind: "text", what, length, item: { facts: identity, untrusted } };
}

function foldedPiece({ facts }: Item, what: string, text: string): Piece {
  return {
    kind: "folded",
    what: `${what}, ${counted(text.length, "character")}`,
    length: text.length,
    item: { facts: { ...identityOf(facts), [partName]: what }, untrusted: { lines: {}, text } },
  };
}
