import {
  hasOutsideText,
  isOnlyIdentity,
  withLines,
  withTextOfLength,
  withTextOfTokens,
  type Part,
} from "./item-parts.js";
import { largest } from "./largest.js";

/** Where an item is to be shown. */
export interface Place {
  readonly budget: number;
  /** What the body costs with a part of it, and what is then left out. */
  readonly cost: (part: Part) => number;
  /** Roughly what the items after it cost, for which up to half of what is left is kept. */
  readonly costAfter: () => number;
  /** Whether nothing else would come out without it. */
  readonly isFirst: boolean;
}

/** A text is not cut shorter than this as long as there is something else to show; in characters. */
const snippetLength = 200;

/** What comes out of a text in any case, so that it ends sometime; in characters. */
const leastLength = 40;

/** As much of an item as its place holds; undefined: it comes later. */
export function place(whole: Part, where: Place): Part | undefined {
  const { budget, cost, costAfter, isFirst } = where;
  const text = whole.shown.untrusted?.text ?? "";
  if (text === "") return cost(whole) <= budget ? whole : isFirst ? mostOf(whole, where) : undefined;
  const bare = cost(withTextOfLength(whole, 0));
  const free = Math.max(0, budget - bare);
  const limit = Math.min(budget, bare + Math.max(Math.ceil(free / 2), free - costAfter()));
  if (isWorthTrying(text, limit) && cost(whole) <= limit) return whole;
  const cut = longestText(whole, limit, limit - bare, cost);
  if (textLength(cut) >= snippetLength) return cut;
  const snippet = withTextOfLength(whole, snippetLength);
  if (cost(snippet) <= budget) return snippet;
  return isFirst ? mostOf(whole, where) : undefined;
}

/** Costly to measure, and no token is that long. */
function isWorthTrying(text: string, tokens: number): boolean {
  return text.length <= 40 * tokens;
}

function textLength(part: Part | undefined): number {
  return part?.shown.untrusted?.text?.length ?? 0;
}

/** What an item shows whose text is cut to a limit of the whole body, of which so much is free. */
function longestText(whole: Part, limit: number, free: number, cost: Place["cost"]): Part | undefined {
  let tokens = free;
  while (tokens > 0) {
    const part = withTextOfTokens(whole, tokens);
    const over = cost(part) - limit;
    if (over <= 0) return part;
    tokens -= Math.max(1, over);
  }
  return undefined;
}

/** What can be shown of an item that is too long although it is the first: something new in any case. */
function mostOf(whole: Part, where: Place): Part {
  const { budget, cost } = where;
  const { facts, untrusted } = whole.shown;
  const cut = longestText(whole, budget, budget - cost(withTextOfLength(whole, 0)), cost);
  if (cut && textLength(cut) > 0) return cut;
  const lines = Object.values(untrusted?.lines ?? {});
  const fits = (count: number, length?: number): boolean => cost(withLines(whole, count, length)) <= budget;
  const count = largest(lines.length, fits);
  if (count > 0) return withLines(whole, count);
  const length = largest(lines[0]?.length ?? 0, (tried) => fits(1, tried));
  if (length > 0) return withLines(whole, 1, length);
  if (!hasOutsideText(whole.shown) || !isOnlyIdentity(facts)) return withLines(whole, 0);
  return lines.length === 0 ? withTextOfLength(whole, leastLength) : withLines(whole, 1, leastLength);
}
