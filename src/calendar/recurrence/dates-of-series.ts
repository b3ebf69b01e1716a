import type { CompiledSeries } from "./compiled-series.js";
import { firstSpan, spanGrowth } from "./rule-dates.js";

/** One date of a series, on its line. */
export interface PlacedDate {
  readonly start: number;
  readonly end: number;
}

/**
 * The dates that begin from one place to before another, in order, none twice: those of every RRULE and RDATE and the
 * start itself, whether or not a rule names it, without those of EXRULE and EXDATE.
 *
 * RFC 5545 leaves open whether a start that its rule does not name is a date, but takes one out by EXDATE in its own
 * example ("Every Friday the 13th"); Google and Apple show it, beside as many dates as COUNT says.
 *
 * @param limit - no more are looked for
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.3
 * @see https://github.com/fmeringdal/rust-rrule/issues/119
 */
export function datesOfSeries(
  series: CompiledSeries,
  range: { readonly from: number; readonly before: number },
  limit: number = Infinity,
): PlacedDate[] {
  if (limit === Infinity) return datesWithin(series, range.from, range.before);
  const found: PlacedDate[] = [];
  let from = Math.max(range.from, firstPosition(series));
  for (let span = firstSpan(series.rules); from < range.before && found.length < limit; span *= spanGrowth) {
    const before = Math.min(from + span, range.before);
    found.push(...datesWithin(series, from, before));
    from = before;
  }
  return found.slice(0, limit);
}

function firstPosition({ start, added }: CompiledSeries): number {
  return added.reduce((first, { position }) => Math.min(first, position), start);
}

function datesWithin(
  { start, length, rules, added, removed }: CompiledSeries,
  from: number,
  before: number,
): PlacedDate[] {
  const isWithin = (position: number): boolean => position >= from && position < before;
  const of = (name: "RRULE" | "EXRULE"): number[] =>
    rules.filter((rule) => rule.name === name).flatMap((rule) => rule.between(from, before - 1));
  const gone = new Set([...removed.map(({ position }) => position), ...of("EXRULE")]);
  const ends = new Map<number, number>();
  for (const position of [start, ...of("RRULE")]) ends.set(position, position + length);
  for (const { position, end = position + length } of added) ends.set(position, end);
  return [...ends]
    .filter(([position]) => isWithin(position) && !gone.has(position))
    .map(([position, end]): PlacedDate => ({ start: position, end }))
    .sort((a, b) => a.start - b.start);
}
