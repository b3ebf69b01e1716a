/** One thing that an implementation must do. For any runner: `for (const { name, run } of suite) it(name, run)`. */
export interface ConformanceTest {
  readonly name: string;
  /** Rejects with an `AssertionError` that tells what was found and what should have been. */
  readonly run: () => Promise<void>;
}
