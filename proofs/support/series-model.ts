/** One occurrence of a series, as it must be. Times are wall times of the series' zone. */
export interface ModelDate {
  /** Parts of a series that was split are series of their own. */
  readonly series: number;
  /** When the series has it. */
  readonly original: string;
  /** When it is. */
  readonly wall: string;
  readonly title: string;
  /** Whether it was changed by itself. */
  readonly ownTime: boolean;
  readonly ownTitle: boolean;
}

/** What is done to an occurrence, or by it to the following ones or to all of its series. */
export interface ModelChange {
  readonly scope: "this" | "following" | "all";
  readonly title?: string;
  /** How much later it is, in milliseconds by the clocks. */
  readonly byMs?: number;
}

/** A wall time that is later by that much, as if all days had 24 hours. */
export function laterBy(wall: string, byMs: number): string {
  return new Date(Date.parse(`${wall}Z`) + byMs).toISOString().slice(0, 19);
}

/** Those that a scope means. */
export function meant(dates: readonly ModelDate[], at: ModelDate, scope: ModelChange["scope"]): ModelDate[] {
  return dates.filter((each) => {
    if (scope === "this" || each.series !== at.series) return each === at;
    return scope === "all" || each.original >= at.original;
  });
}

/** What there is after a change. */
export function changed(dates: readonly ModelDate[], at: ModelDate, change: ModelChange): ModelDate[] {
  const { scope, title, byMs = 0 } = change;
  const those = new Set(meant(dates, at, scope));
  const series = scope === "following" ? Math.max(...dates.map((each) => each.series)) + 1 : at.series;
  return dates.map((each): ModelDate => {
    if (!those.has(each)) return each;
    if (scope === "this") {
      return {
        ...each,
        wall: laterBy(each.wall, byMs),
        ownTime: each.ownTime || byMs !== 0,
        ...(title !== undefined && { title, ownTitle: true }),
      };
    }
    return {
      ...each,
      series,
      original: laterBy(each.original, byMs),
      wall: each.ownTime ? each.wall : laterBy(each.wall, byMs),
      ...(title !== undefined && isTold(each, at) && { title, ownTitle: false }),
    };
  });
}

/** Whether an occurrence has the title that its series gets: the one by which the series was named has it in any case. */
function isTold(each: ModelDate, named: ModelDate): boolean {
  return each === named || !each.ownTitle;
}

/** What there is after a deletion. */
export function deleted(dates: readonly ModelDate[], at: ModelDate, scope: ModelChange["scope"]): ModelDate[] {
  const gone = new Set(meant(dates, at, scope));
  return dates.filter((each) => !gone.has(each));
}
