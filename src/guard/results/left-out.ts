import { counted, inDigits } from "../../core/counted.js";
import type { Digest, Item, ItemList, Remainder } from "./digest.js";
import type { Piece } from "./item-parts.js";

/** What of a result is shown, item by item. */
export interface Layout {
  readonly own: Item;
  /** The items of each list that are shown, the first ones of it. */
  readonly lists: readonly (readonly Item[])[];
  /** What comes later of those that are shown. */
  readonly pieces: readonly LaidPiece[];
}

/** A piece, and whether there are several items that it could be of. */
export interface LaidPiece extends Piece {
  readonly inList: boolean;
}

/** More pieces than these of one kind are left out as one. */
const mostPieces = 3;

/** The list of what is left of several items. */
const partsName = "parts";

const nothing: Item = { facts: {} };

/**
 * What a layout leaves out, each thing under its name, or all of it together where the names of several would take too
 * much of the budget.
 */
export function leftOut(digest: Digest, { lists, pieces }: Layout, budget: number): Remainder[] {
  const later = digest.lists.map((list, index) => ({ ...list, items: list.items.slice(lists[index]?.length ?? 0) }));
  const apart = [
    ...piecesLeft(pieces, "text", textsLeft),
    ...piecesLeft(pieces, "folded", foldedLeft),
    ...later.flatMap(listLeft),
  ];
  const most = budget < 400 ? 1 : budget < 800 ? 3 : 8;
  // Pages of the service are nothing that could be kept together.
  const isKept = pieces.length > 0 || later.some(({ items }) => items.length > 0);
  return apart.length > most && isKept ? [together(apart, pieces, later)] : apart;
}

function piecesLeft(
  pieces: readonly LaidPiece[],
  kind: Piece["kind"],
  whatOf: (pieces: readonly LaidPiece[]) => string,
): Remainder[] {
  const those = pieces.filter((piece) => piece.kind === kind);
  if (those.length > mostPieces) return [{ what: whatOf(those), rest: { digest: ofPieces(those) } }];
  return those.map((piece) => ({ what: nameOf(piece), rest: { digest: { own: piece.item, lists: [] } } }));
}

function nameOf({ what, item, inList }: LaidPiece): string {
  const { id } = item.facts;
  return inList && typeof id === "string" && id.length <= 40 ? `${what} (${id})` : what;
}

function textsLeft(pieces: readonly Piece[]): string {
  return `${counted(lengthOf(pieces), "more character")} of ${pieces.length} texts`;
}

function foldedLeft(pieces: readonly Piece[]): string {
  return `${pieces.length} parts that were folded away, ${counted(lengthOf(pieces), "character")}`;
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function ofPieces(pieces: readonly Piece[], lists: readonly ItemList[] = []): Digest {
  const [only, ...others] = pieces;
  if (only && others.length === 0) return { own: only.item, lists };
  const [first, ...following] = lists;
  const areParts = first?.name === partsName;
  const items = [...pieces.map(({ item }) => item), ...(areParts ? first.items : [])];
  const parts = { name: partsName, what: partsName, items };
  return { own: nothing, lists: only ? [parts, ...(areParts ? following : lists)] : lists };
}

function listLeft(list: ItemList): Remainder[] {
  const { items, next, what } = list;
  if (items.length > 0)
    return [{ what: moreOf(items.length, what), rest: { digest: { own: nothing, lists: [list] } } }];
  return next === undefined ? [] : [{ what: `more ${what} at the service`, rest: { next } }];
}

/** `14 more mails`; what is called earlier or later needs no `more`. */
function moreOf(count: number, what: string): string {
  const several = /^(earlier|later) /.test(what) ? what : `more ${what}`;
  return `${inDigits(count)} ${count === 1 ? several.replace(/s$/, "") : several}`;
}

function together(apart: readonly Remainder[], pieces: readonly Piece[], later: readonly ItemList[]): Remainder {
  const lists = later.filter(({ items, next }) => items.length > 0 || next !== undefined);
  const short = pieces.length > 0 ? [`${counted(lengthOf(pieces), "more character")} of text`] : [];
  const rest = { digest: ofPieces(pieces, lists) };
  const ofLists = later.flatMap(listLeft).map(({ what }) => what);
  return { what: [...short, ...ofLists].join(", ") || (apart[0]?.what ?? ""), rest };
}
