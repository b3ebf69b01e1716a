import { seededRandom } from "./mutate.js";

/** Chooses at random, and the same again for the same seed. */
export interface Choice {
  readonly random: () => number;
  of<T>(choices: readonly T[]): T;
  /** A whole number from 0 to below `below`. */
  below(below: number): number;
  /** True so often. */
  chance(share: number): boolean;
}

/** Begins with a seed. */
export function seededChoice(seed: number): Choice {
  const random = seededRandom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  return {
    random,
    below,
    chance: (share) => random() < share,
    of<T>(choices: readonly T[]) {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new TypeError("There is nothing to choose from.");
      return choice;
    },
  };
}
