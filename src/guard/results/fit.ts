import type { Fence } from "../untrusted/fence.js";
import { bodyOf } from "./body.js";
import type { Digest, Facts, Item, Remainder } from "./digest.js";
import { hasOutsideText, isOnlyIdentity, wholeOf, type Part } from "./item-parts.js";
import { largest } from "./largest.js";
import { leftOut, type LaidPiece, type Layout } from "./left-out.js";
import { place } from "./place.js";
import { estimateTokens } from "./tokens.js";

/** What a result is fitted into. */
export interface FitOptions {
  /** How many tokens the body may cost as JSON; below 200 it counts as 200. */
  readonly budget: number;
  readonly fence: Fence;
  /** Remembers what was left out, and gives the cursor that it is asked for with: at most eight characters. */
  keep(remainder: Remainder): string;
  /** What stands first in the body, such as profile and account. */
  readonly envelope: Facts;
}

/** A result that fits its budget. */
export interface Fitted {
  /** To be written as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether it holds text that somebody else wrote. */
  readonly outside: boolean;
}

/** Less would hold nothing but what is said about it. */
const leastBudget = 200;

/** As long as any cursor. */
const anyCursor = "c9999999";

/** The longest line of one among several items, in characters. */
const longestListedLine = 300;

interface Page extends FitOptions {
  readonly digest: Digest;
}

/**
 * As much of a result as its budget holds: facts and the first items first, long texts cut, and each thing that was left
 * out named with a cursor. Nothing is lost: following all cursors gives every fact and character once, in order. Only what
 * could never come out otherwise, such as the facts of a single item, may cost more than the budget.
 */
export function fit(digest: Digest, options: FitOptions): Fitted {
  const page: Page = { ...options, digest, budget: Math.max(leastBudget, options.budget) };
  const layout = layOut(page);
  const left = leftOut(digest, layout, page.budget);
  const body = bodyOf(
    page,
    layout,
    left.map((remainder) => ({ what: remainder.what, cursor: options.keep(remainder) })),
  );
  return { body, outside: [layout.own, ...layout.lists.flat()].some(hasOutsideText) };
}

function layOut(page: Page): Layout {
  const { own, lists } = page.digest;
  const costs = new Map<Item, number>();
  const empty: Layout = { own: { facts: {} }, lists: lists.map(() => []), pieces: [] };
  const longestLine = Math.max(leastBudget, page.budget);
  let layout = empty;
  const whole = wholeOf(own, longestLine);
  const placed = place(whole, {
    budget: page.budget,
    cost: (part) => costOf(page, withOwn(empty, part)),
    ...{ costAfter: () => costFrom(page, costs, 0, 0), isFirst: true },
  });
  if (placed) layout = withOwn(empty, placed);
  let isFirst = isOnlyIdentity(own.facts) && !hasOutsideText(own);
  for (const [index, { items }] of lists.entries()) {
    let next = wholeRun(page, layout, index);
    if (next > 0) layout = withItems(layout, index, items.slice(0, next).map(listed));
    for (; next < items.length; next += 1) {
      const item = items[next];
      if (!item) break;
      const before = layout;
      const part = place(listed(item), {
        budget: page.budget,
        cost: (tried) => costOf(page, withItems(before, index, [tried])),
        ...{ costAfter: () => costFrom(page, costs, index, next + 1), isFirst: isFirst && next === 0 },
      });
      if (!part) return layout;
      layout = withItems(before, index, [part]);
    }
    isFirst &&= items.length === 0;
  }
  return layout;
}

function listed(item: Item): Part {
  return wholeOf(item, longestListedLine);
}

function withOwn(layout: Layout, { shown, pieces }: Part): Layout {
  return { ...layout, own: shown, pieces: pieces.map((piece) => ({ ...piece, inList: false })) };
}

function withItems(layout: Layout, index: number, parts: readonly Part[]): Layout {
  const more = parts.map(({ shown }) => shown);
  const lists = layout.lists.map((items, each) => (each === index ? [...items, ...more] : items));
  const pieces = parts.flatMap((part) => part.pieces.map((piece): LaidPiece => ({ ...piece, inList: true })));
  return { ...layout, lists, pieces: [...layout.pieces, ...pieces] };
}

function costOf(page: Page, layout: Layout): number {
  const left = leftOut(page.digest, layout, page.budget).map(({ what }) => ({ what, cursor: anyCursor }));
  return estimateTokens(JSON.stringify(bodyOf(page, layout, left)));
}

/** How many items of a list's beginning fit as they are, none of which has a long text. */
function wholeRun(page: Page, layout: Layout, index: number): number {
  const items = page.digest.lists[index]?.items ?? [];
  const withText = items.findIndex(({ untrusted }) => (untrusted?.text ?? "") !== "");
  const parts = items.slice(0, withText < 0 ? items.length : withText).map(listed);
  return largest(parts.length, (count) => costOf(page, withItems(layout, index, parts.slice(0, count))) <= page.budget);
}

/** Roughly what all items from a place on cost; no more than is needed to know that it is beyond the budget. */
function costFrom({ digest, budget }: Page, costs: Map<Item, number>, list: number, first: number): number {
  let sum = 0;
  for (const [index, { items }] of digest.lists.entries()) {
    for (const item of index < list ? [] : index === list ? items.slice(first) : items) {
      const cost = costs.get(item) ?? roughCost(item, budget);
      costs.set(item, cost);
      sum += cost;
      if (sum > budget) return sum;
    }
  }
  return sum;
}

function roughCost({ facts, untrusted }: Item, budget: number): number {
  const { lines = {}, text = "" } = untrusted ?? {};
  const length = Object.values(lines).reduce((sum, line) => sum + line.length, text.length);
  return length > 8 * budget ? Infinity : estimateTokens(JSON.stringify({ facts, lines, text })) + fenceCost;
}

/** What the marks around an outside text cost, roughly. */
const fenceCost = 30;
