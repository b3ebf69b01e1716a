import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  commonMs,
  holdsAll,
  intersectIntervals,
  mergeIntervals,
  subtractIntervals,
  touchesAny,
  type Interval,
} from "./intervals.js";

const mostMs = 30;
const interval = fc
  .tuple(fc.integer({ min: 0, max: mostMs }), fc.integer({ min: -2, max: 8 }))
  .map(([startMs, length]): Interval => ({ startMs, endMs: startMs + length }));
const intervals = fc.array(interval, { maxLength: 8 });

/** The milliseconds that intervals hold, one by one. */
function held(list: readonly Interval[]): Set<number> {
  const all = Array.from({ length: mostMs + 10 }, (_, ms) => ms);
  return new Set(all.filter((ms) => list.some(({ startMs, endMs }) => ms >= startMs && ms < endMs)));
}

const isMerged = (list: readonly Interval[]): boolean =>
  list.every(({ startMs, endMs }, at) => startMs < endMs && startMs > (list[at - 1]?.endMs ?? -1));

describe("intervals", () => {
  it("hold after merging what they held before, in order and apart", () => {
    fc.assert(
      fc.property(intervals, (list) => {
        expect(held(mergeIntervals(list))).toEqual(held(list));
        expect(isMerged(mergeIntervals(list))).toBe(true);
      }),
    );
  });

  it("have in common what both hold, and without others what those do not hold", () => {
    fc.assert(
      fc.property(intervals, intervals, (some, others) => {
        const theirs = held(others);
        const both = [...held(some)].filter((ms) => theirs.has(ms));
        expect(held(intersectIntervals(some, others))).toEqual(new Set(both));
        const left = [...held(some)].filter((ms) => !theirs.has(ms));
        expect(held(subtractIntervals(some, others))).toEqual(new Set(left));
        expect(isMerged(subtractIntervals(some, others))).toBe(true);
      }),
    );
  });

  it("tell how much of a time they hold", () => {
    fc.assert(
      fc.property(intervals, interval, (list, { startMs, endMs }) => {
        fc.pre(endMs > startMs);
        const merged = mergeIntervals(list);
        const common = [...held(list)].filter((ms) => ms >= startMs && ms < endMs).length;
        expect(commonMs(merged, startMs, endMs)).toBe(common);
        expect(touchesAny(merged, startMs, endMs)).toBe(common > 0);
        expect(holdsAll(merged, startMs, endMs)).toBe(common === endMs - startMs);
      }),
    );
  });
});
