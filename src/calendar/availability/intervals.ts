/** From one instant to just before another, in milliseconds since the epoch. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** The same time in order and without overlaps: what nests or touches is one interval, and what is empty is none. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of [...intervals].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (endMs <= startMs) continue;
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else merged.push({ startMs, endMs });
  }
  return merged;
}

/** The time that two intervals have in common. */
export function overlapOf(a: Interval, b: Interval): Interval | undefined {
  const startMs = Math.max(a.startMs, b.startMs);
  const endMs = Math.min(a.endMs, b.endMs);
  return startMs < endMs ? { startMs, endMs } : undefined;
}

/** The time that is in both lists, in order. */
export function intersectIntervals(some: readonly Interval[], others: readonly Interval[]): Interval[] {
  const [left, right] = [mergeIntervals(some), mergeIntervals(others)];
  const common: Interval[] = [];
  for (let l = 0, r = 0; l < left.length && r < right.length;) {
    const [a, b] = [left[l], right[r]];
    if (!a || !b) break;
    const overlap = overlapOf(a, b);
    if (overlap) common.push(overlap);
    if (a.endMs <= b.endMs) l += 1;
    else r += 1;
  }
  return common;
}

/** The time of one list that is in none of the other, in order. */
export function subtractIntervals(from: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const merged = mergeIntervals(taken);
  return mergeIntervals(from).flatMap((interval) => {
    const left: Interval[] = [];
    let { startMs } = interval;
    for (const gap of merged) {
      if (gap.endMs <= startMs) continue;
      if (gap.startMs >= interval.endMs) break;
      if (gap.startMs > startMs) left.push({ startMs, endMs: gap.startMs });
      startMs = gap.endMs;
    }
    if (startMs < interval.endMs) left.push({ startMs, endMs: interval.endMs });
    return left;
  });
}

/** From the beginning of the first to the end of the last; undefined of none. */
export function spanOf(intervals: readonly Interval[]): Interval | undefined {
  if (intervals.length === 0) return undefined;
  return {
    startMs: Math.min(...intervals.map(({ startMs }) => startMs)),
    endMs: Math.max(...intervals.map(({ endMs }) => endMs)),
  };
}

/** Whether any of some merged intervals has time in common with the one from `fromMs` to `toMs`. */
export function touchesAny(merged: readonly Interval[], fromMs: number, toMs: number): boolean {
  const next = merged[firstEndingAfter(merged, fromMs)];
  return next !== undefined && next.startMs < toMs;
}

/** Whether one of some merged intervals holds all the time from `fromMs` to `toMs`. */
export function holdsAll(merged: readonly Interval[], fromMs: number, toMs: number): boolean {
  const next = merged[firstEndingAfter(merged, fromMs)];
  return next !== undefined && next.startMs <= fromMs && next.endMs >= toMs;
}

/** How much time of the one from `fromMs` to `toMs` is in some merged intervals, in milliseconds. */
export function commonMs(merged: readonly Interval[], fromMs: number, toMs: number): number {
  let sumMs = 0;
  for (let at = firstEndingAfter(merged, fromMs); at < merged.length; at += 1) {
    const next = merged[at];
    if (!next || next.startMs >= toMs) break;
    sumMs += Math.min(next.endMs, toMs) - Math.max(next.startMs, fromMs);
  }
  return sumMs;
}

/** The place of the first of some merged intervals that ends after an instant; their number when none does. */
export function firstEndingAfter(merged: readonly Interval[], ms: number): number {
  let [low, high] = [0, merged.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((merged[middle]?.endMs ?? Infinity) > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}
