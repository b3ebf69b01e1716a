import { randomInt } from "node:crypto";

/** One of several, each as likely as another. */
export function oneOf<T>(choices: readonly T[]): T {
  const choice = choices[randomInt(choices.length)];
  if (choice === undefined) throw new Error("There is nothing to choose from.");
  return choice;
}
