import type { RRuleTemporal } from "rrule-temporal";

/** The dates of a series, as all its lines together say. Moments are milliseconds since the epoch. */
export interface RuleSet {
  /** All dates from a moment to another, in order. */
  readonly between: (fromMs: number, toMs: number) => number[];
  /** The first date after a moment, if there is one. */
  readonly next: (afterMs: number) => number | undefined;
}

/** No series has as many: one of every day from the year 1 to 9999 does not. */
const mostDates = 10_000_000;
const yearMs = 366 * 24 * 60 * 60 * 1000;
/** How far a first date is looked for where an EXRULE leaves dates out, a little way first. */
const searchedYears = [1, 9];

/**
 * Reads the lines of a series: the start and the dates of every RRULE and RDATE, without those of EXRULE and EXDATE.
 *
 * @param start - as iCalendar writes it, such as `TZID=Europe/Berlin:20261123T090000`
 * @param lines - as RFC 5545 has them, with times in every date
 * @see https://www.rfc-editor.org/rfc/rfc2445#section-4.8.5
 */
export async function readRuleSet(start: string, lines: readonly string[]): Promise<RuleSet> {
  const rules = await compile(start, lines, { maxIterations: mostDates, maxCandidateEvaluations: mostDates });
  const between = (fromMs: number, toMs: number): number[] => {
    const of = (each: RRuleTemporal): number[] =>
      each.between(new Date(fromMs), new Date(toMs), true).map(({ epochMilliseconds }) => epochMilliseconds);
    const excluded = new Set(rules.excluded.flatMap(of));
    return [...new Set(rules.included.flatMap(of))].filter((at) => !excluded.has(at)).sort((a, b) => a - b);
  };
  const first = (afterMs: number): number | undefined => {
    const found = rules.included.flatMap((each) => each.next(new Date(afterMs))?.epochMilliseconds ?? []);
    return found.length === 0 ? undefined : Math.min(...found);
  };
  const next = (afterMs: number): number | undefined => {
    if (rules.excluded.length === 0) return first(afterMs);
    let fromMs = first(afterMs);
    for (const years of searchedYears) {
      if (fromMs === undefined) break;
      const [found] = between(fromMs, fromMs + years * yearMs);
      if (found !== undefined) return found;
      fromMs = first(fromMs + years * yearMs);
    }
    return undefined;
  };
  return { between, next };
}

/** Whether every rule of a series can be computed: one that fits no day, such as the 30th of February, cannot. */
export async function hasDates(start: string, lines: readonly string[]): Promise<boolean> {
  try {
    const { included, excluded } = await compile(start, lines);
    for (const each of [...included, ...excluded]) each.next();
    return true;
  } catch {
    return false;
  }
}

async function compile(
  start: string,
  lines: readonly string[],
  limits: { maxIterations?: number; maxCandidateEvaluations?: number } = {},
): Promise<{ included: RRuleTemporal[]; excluded: RRuleTemporal[] }> {
  const { RRuleTemporal } = await import("rrule-temporal");
  // Quirk(google): the start is a date whether or not a rule names it, beside as many as COUNT says. RFC 5545 leaves it open.
  // https://github.com/fmeringdal/rust-rrule/issues/119 https://github.com/kewisch/ical.js/issues/294
  const rules = ["RRULE:FREQ=DAILY;COUNT=1", ...lines.filter((line) => line.startsWith("RRULE"))];
  const dates = lines.filter((line) => line.startsWith("RDATE") || line.startsWith("EXDATE"));
  const exceptions = lines.filter((line) => line.startsWith("EXRULE")).map((line) => line.replace("EXRULE", "RRULE"));
  const read = (...each: string[]): RRuleTemporal =>
    new RRuleTemporal({ rruleString: [`DTSTART;${start}`, ...each].join("\n"), ...limits });
  return { included: rules.map((rule) => read(rule, ...dates)), excluded: exceptions.map((rule) => read(rule)) };
}
