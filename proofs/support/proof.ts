/** What a proof found out. */
export interface Outcome {
  /** What was measured, in words or as a number. */
  readonly figure: string | number;
  /** What it had to be. */
  readonly target: string | number;
  readonly holds: boolean;
}

/** A module `proofs/NAME.ts`: one claim that this project makes about itself, and what shows it. */
export interface Proof {
  /** The file's own name. */
  readonly name: string;
  /** One sentence that could be false. */
  readonly claim: string;
  /** At its stated size with `full`, else small enough for every test run. */
  readonly run: (options: { full: boolean }) => Promise<Outcome>;
}

/**
 * The outcome of a proof, which holds only if its controls were noticed: runs in which the claim was made false on
 * purpose. A proof that cannot fail says nothing.
 *
 * @param controls - what was broken, and whether the proof noticed it
 */
export function outcome(found: Outcome, controls: Readonly<Record<string, boolean>>): Outcome {
  const unnoticed = Object.keys(controls).filter((name) => controls[name] !== true);
  if (Object.keys(controls).length === 0) unnoticed.push("there is none");
  if (unnoticed.length === 0) return found;
  return { ...found, holds: false, figure: `${found.figure}; control not noticed: ${unnoticed.join(", ")}` };
}
