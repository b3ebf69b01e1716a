/** One line of the report: lower is better in every unit. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** Median of our runs, with the package's shipped defaults; null when one of them failed. */
  readonly ours: number | null;
  /** Median by peer; null for one that failed. */
  readonly peers: Readonly<Record<string, number | null>>;
  /** The best error-free peer divided by ours; null without one. Ours in another state is no peer. */
  readonly ratio: number | null;
  /** What physics allows, in the same unit. */
  readonly limit: number;
  /** How the limit was computed. */
  readonly limitIs: string;
  /** What failed, by contestant. */
  readonly errors: Readonly<Record<string, string>>;
}

/** A module `bench/NAME.ts`. */
export interface Bench {
  /** The file's own name. */
  readonly name: string;
  readonly measure: () => Promise<Row | Row[]>;
}

/** One who takes part: a run from a fresh account to the result, which tells what it took. */
export interface Contestant {
  readonly runs: number;
  /** One run. @returns what it took, in the row's unit; throws when the result is not right */
  readonly run: () => Promise<number>;
}

/**
 * Measures the contestants one run each in turn, so that what the machine does meanwhile hits all of them.
 *
 * @param contestants - `ours` and any peers
 */
export async function compare(
  facts: Pick<Row, "name" | "unit" | "limit" | "limitIs">,
  contestants: Readonly<Record<string, Contestant>> & { readonly ours: Contestant },
): Promise<Row> {
  const figures: Record<string, number[]> = {};
  const errors: Record<string, string> = {};
  const rounds = Math.max(...Object.values(contestants).map(({ runs }) => runs));
  for (let round = 0; round < rounds; round++) {
    for (const [name, { runs, run }] of Object.entries(contestants)) {
      if (round >= runs || name in errors) continue;
      try {
        (figures[name] ??= []).push(await run());
      } catch (error) {
        errors[name] = error instanceof Error ? error.message : String(error); // reported in the row, and fails the whole
      }
    }
  }
  const result = (name: string): number | null => (name in errors ? null : median(figures[name] ?? []));
  const peers = Object.fromEntries(
    Object.keys(contestants)
      .filter((name) => name !== "ours")
      .map((name) => [name, result(name)]),
  );
  const ours = result("ours");
  const others = Object.entries(peers).flatMap(([name, figure]) => (name.startsWith("ours") ? [] : [figure]));
  return { ...facts, ours, peers, ratio: ratioOf(ours, others), errors };
}

function ratioOf(ours: number | null, peers: readonly (number | null)[]): number | null {
  const best = Math.min(...peers.filter((peer) => peer !== null));
  return ours === null || ours <= 0 || !Number.isFinite(best) ? null : rounded(best / ours);
}

/** The middle of some figures, rounded to what can be told apart. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return rounded((upper + lower) / 2);
}

function rounded(figure: number): number {
  return Math.round(figure * 10) / 10;
}
