import type { ZonedTime } from "../../core/zoned-time.js";
import { ruleCompiler, type CompiledRule, type CompiledSeries } from "./compiled-series.js";
import { withImplied } from "./implied-parts.js";
import { withParts, type RuleParts } from "./lines.js";
import { firstDates, lastDates } from "./rule-dates.js";
import { wallAt } from "./stamps.js";

/** Rules that count from another start than they did, and have the same dates from a split on. */
export interface RestartedRules {
  readonly start: number;
  /** Those that still have dates. */
  readonly rules: readonly CompiledRule[];
}

/** A rule that still has dates. */
interface Ongoing {
  readonly rule: CompiledRule;
  /** Its first dates from the split on. */
  readonly wanted: readonly number[];
  /** Of a rule with COUNT: how many are left. */
  readonly remaining?: number;
}

/** Where rules begin again, and from where on their dates count. */
interface Restart {
  readonly compile: Awaited<ReturnType<typeof ruleCompiler>>;
  readonly start: number;
  readonly cut: number;
}

/** So many dates of a rule before and after are compared: its steps and positions repeat long before. */
const comparedDates = 100;
/** So many earlier dates are tried as a start in step with all rules, before their own. */
const triedStarts = 100;

/**
 * The rules of a series from a split on. They begin at the split where they keep their step by that, else at the latest
 * earlier date where all of them do, which is in the end their own start.
 */
export async function restartRules(time: ZonedTime, series: CompiledSeries, cut: number): Promise<RestartedRules> {
  const ongoing = series.rules.flatMap((rule) => ongoingFrom(series, rule, cut));
  const rules = ongoing.map(({ rule }) => rule);
  for (const start of startsFor(series, rules, cut)) {
    if (start <= series.start) break;
    const compile = await ruleCompiler(time, series.axis, start);
    const restarted = ongoing.map((each) => restartOne(time, series, { ...each, compile, start, cut }));
    if (!restarted.includes(undefined)) return { start, rules: restarted.filter((rule) => rule !== undefined) };
  }
  return { start: series.start, rules };
}

function* startsFor({ start }: CompiledSeries, rules: readonly CompiledRule[], cut: number): Generator<number> {
  yield cut;
  const range = { from: start, before: cut };
  const earlier = new Set(rules.flatMap((rule) => lastDates(rule, range, triedStarts)));
  yield* [...earlier].sort((a, b) => b - a).slice(0, triedStarts);
}

function ongoingFrom({ start }: CompiledSeries, rule: CompiledRule, cut: number): Ongoing[] {
  const wanted = firstDates(rule, cut, comparedDates);
  if (wanted.length === 0) return [];
  const count = rule.parts.get("COUNT");
  return [
    { rule, wanted, ...(count !== undefined && { remaining: Number(count) - rule.between(start, cut - 1).length }) },
  ];
}

/** A rule as it must be written to go on from a start; undefined when it cannot be. */
function restartOne(
  time: ZonedTime,
  { axis, start: oldStart }: CompiledSeries,
  { rule, wanted, remaining, compile, start, cut }: Ongoing & Restart,
): CompiledRule | undefined {
  const restart = (parts: RuleParts): CompiledRule => {
    const endless = compile(rule.name, withParts(parts, { COUNT: undefined }));
    if (remaining === undefined) return endless;
    const count = endless.between(start, cut - 1).length + remaining;
    return compile(rule.name, withParts(parts, { COUNT: String(count) }));
  };
  const isRight = (each: CompiledRule): boolean => isSame(firstDates(each, cut, comparedDates), wanted);
  // As it is where that will do: what a rule takes from its start is written out only where the starts differ in it.
  const written = [rule.parts, withImplied(rule.parts, wallAt(time, axis, oldStart), axis.allDay)];
  return written.map(restart).find(isRight);
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}
