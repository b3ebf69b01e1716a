import { lastPosition, type CompiledRule } from "./compiled-series.js";
import { dayMs } from "./stamps.js";

type Between = CompiledRule["between"];

/** After as long the calendar is the same again, so a rule without a date in it has none. */
const cycleMs = 400 * 366 * dayMs;

/** The first dates of a rule from a place on. Windows grow, as a rule may have a date every second, or none for years. */
export function firstDates(between: Between, from: number, limit: number): number[] {
  const found: number[] = [];
  const last = Math.min(from + cycleMs, lastPosition);
  for (let at = from, span = dayMs; at <= last && found.length < limit; at += span, span *= 2) {
    found.push(...between(at, Math.min(at + span - 1, last)));
  }
  return found.slice(0, limit);
}

/** The last dates of a rule from its start to before a place, the last first. */
export function lastDates(between: Between, range: { from: number; before: number }, limit: number): number[] {
  const found: number[] = [];
  let before = range.before;
  for (let span = dayMs; before > range.from && found.length < limit; span *= 2) {
    const from = Math.max(before - span, range.from);
    found.push(...between(from, before - 1).reverse());
    before = from;
  }
  return found.slice(0, limit);
}
