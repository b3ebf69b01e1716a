import { lastPosition, type CompiledRule } from "./compiled-series.js";
import { oftenerThanDaily } from "./lines.js";
import { dayMs } from "./stamps.js";

type Rule = Pick<CompiledRule, "parts" | "between">;

/** After as long the calendar is the same again, so a rule without a date in it has none. */
const cycleMs = 400 * 366 * dayMs;

/**
 * How far dates of rules are looked for at first; windows then grow, as a rule may have a date every second, or none for
 * years.
 */
export function firstSpan(rules: readonly Pick<CompiledRule, "parts">[]): number {
  const isOften = rules.some(({ parts }) => oftenerThanDaily.includes(parts.get("FREQ") ?? ""));
  return isOften ? dayMs : 64 * dayMs;
}

/** How much larger each window is than the one before. */
export const spanGrowth: number = 4;

/** The first dates of a rule from a place on. */
export function firstDates(rule: Rule, from: number, limit: number): number[] {
  const found: number[] = [];
  const last = Math.min(from + cycleMs, lastPosition);
  for (let at = from, span = firstSpan([rule]); at <= last && found.length < limit; at += span, span *= spanGrowth) {
    found.push(...rule.between(at, Math.min(at + span - 1, last)));
  }
  return found.slice(0, limit);
}

/** The last dates of a rule from its start to before a place, the last first. */
export function lastDates(rule: Rule, range: { from: number; before: number }, limit: number): number[] {
  const found: number[] = [];
  let before = range.before;
  for (let span = firstSpan([rule]); before > range.from && found.length < limit; span *= spanGrowth) {
    const from = Math.max(before - span, range.from);
    found.push(...rule.between(from, before - 1).reverse());
    before = from;
  }
  return found.slice(0, limit);
}
