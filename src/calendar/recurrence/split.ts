import type { ZonedTime } from "../../core/zoned-time.js";
import type { EventMoment } from "../event-times.js";
import { compileSeries, type CompiledSeries, type ListedDate, type SeriesTimes } from "./compiled-series.js";
import { datesOfSeries } from "./dates-of-series.js";
import { writeLine, withParts, type DatesLine, type SeriesLine } from "./lines.js";
import { restartRules, type RestartedRules } from "./restart.js";
import { firstDates } from "./rule-dates.js";
import { dayMs, momentAt, positionOf, readStamp, stampOf } from "./stamps.js";

/** A series in two. */
export interface SplitSeries {
  /** The lines of what stays: the series, ended before the split. Undefined when it has no date before. */
  readonly before: string[] | undefined;
  /** The lines of the series that goes on. */
  readonly after: string[];
  /**
   * Where the series of `after` begins: at the split. Only where a rule would lose its step by that, as one of every third
   * day that is split at an RDATE between, it is an earlier date of the series, which `after` leaves out by EXDATE.
   */
  readonly start: EventMoment;
}

/**
 * Parts a series before the date that begins, by its original start, at `at`: with the remaining COUNT, the same UNTIL, and
 * each EXDATE and RDATE on its side. The dates before and those after are exactly the dates of the whole. Where `at` is no
 * date of the series, `after` leaves it out.
 *
 * @throws RequestError `request.invalid` for a rule that cannot be read
 */
export async function splitSeries(time: ZonedTime, series: SeriesTimes, at: EventMoment): Promise<SplitSeries> {
  const compiled = await compileSeries(time, series);
  const cut = positionOf(at);
  const restarted = await restartRules(time, compiled, cut);
  const start = restarted.start === cut ? at : momentAt(time, compiled.axis, restarted.start);
  return { before: linesBefore(compiled, cut), after: linesAfter(compiled, cut, restarted), start };
}

function linesBefore(series: CompiledSeries, cut: number): string[] | undefined {
  const { axis, start, rules, added, removed } = series;
  const first = Math.min(start, ...added.map(({ position }) => position));
  if (datesOfSeries(series, { from: first, before: cut }, 1).length === 0) return undefined;
  const last = stampOf(axis, cut - (axis.allDay ? dayMs : 1000));
  const kept = rules.flatMap((rule): SeriesLine[] => {
    const { name, parts } = rule;
    const [begins = cut] = firstDates(rule, start, 1);
    if (begins >= cut) return [];
    const endsBefore = (parts.has("COUNT") || parts.has("UNTIL")) && firstDates(rule, cut, 1).length === 0;
    return [{ name, parts: endsBefore ? parts : withParts(parts, { COUNT: undefined, UNTIL: last }) }];
  });
  const isBefore = ({ position }: ListedDate): boolean => position < cut;
  return written(kept, {
    added: datesLines("RDATE", added.filter(isBefore)),
    removed: datesLines("EXDATE", removed.filter(isBefore)),
    left: start < cut ? [] : [stampOf(axis, start)],
  });
}

function linesAfter(series: CompiledSeries, cut: number, { start, rules }: RestartedRules): string[] {
  const { axis, added, removed } = series;
  const isAfter = ({ position }: ListedDate): boolean => position >= cut;
  const wanted = new Set(datesOfSeries(series, { from: cut, before: cut + 1 }).map((date) => date.start));
  const known = new Set(removed.map(({ position }) => position));
  // The start of a series is a date of it, and so are those that a rule has between an earlier start and the split.
  const extra = [
    start,
    ...rules.filter(({ name }) => name === "RRULE").flatMap((rule) => rule.between(start, cut - 1)),
  ];
  const left = [...new Set(extra)].filter(
    (position) => !wanted.has(position) && (position < cut || !known.has(position)),
  );
  return written(
    rules.map(({ name, parts }) => ({ name, parts })),
    {
      added: datesLines("RDATE", added.filter(isAfter)),
      removed: datesLines("EXDATE", removed.filter(isAfter)),
      left: left.sort((a, b) => a - b).map((position) => stampOf(axis, position)),
    },
  );
}

function written(
  rules: readonly SeriesLine[],
  { added, removed, left }: { added: DatesLine[]; removed: DatesLine[]; left: readonly string[] },
): string[] {
  const hasDates = rules.some(({ name }) => name === "RRULE") || added.length > 0;
  const lines: SeriesLine[] = [
    ...rules,
    // A series of its first date alone is still one.
    ...(hasDates
      ? []
      : [
          {
            name: "RRULE" as const,
            parts: new Map([
              ["FREQ", "DAILY"],
              ["COUNT", "1"],
            ]),
          },
        ]),
    ...added,
    ...removed,
    ...(left.length === 0 ? [] : [{ name: "EXDATE" as const, timeZone: undefined, stamps: left }]),
  ];
  return lines.map((line) => writeLine(line));
}

/** Dates by lines, each of one zone and one kind. */
function datesLines(name: DatesLine["name"], dates: readonly ListedDate[]): DatesLine[] {
  const lines = new Map<string, ListedDate[]>();
  for (const date of dates) {
    const kind = date.stamp.includes("/") ? "period" : readStamp(date.stamp)?.kind;
    const key = `${kind ?? ""} ${date.timeZone ?? ""}`;
    lines.set(key, [...(lines.get(key) ?? []), date]);
  }
  return [...lines.values()].map((each) => ({
    name,
    timeZone: each[0]?.timeZone,
    stamps: each.map(({ stamp }) => stamp),
  }));
}
