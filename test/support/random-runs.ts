/**
 * How many random cases a property is tried with: a few in every run, ten times as many with
 * `MAIGIC_TEST_LONG=1 npm test`.
 */
export function randomRuns(few: number): number {
  return process.env["MAIGIC_TEST_LONG"] === "1" ? 10 * few : few;
}
