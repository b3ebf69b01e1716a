import type { EmailAddress } from "./models.js";

/** Each person once, and nobody of the others; the first of two keeps its name. */
export function eachOnce(people: readonly EmailAddress[], others: readonly EmailAddress[] = []): EmailAddress[] {
  const known = new Set(others.map(({ address }) => address.toLowerCase()));
  const found: EmailAddress[] = [];
  for (const person of people) {
    const key = person.address.toLowerCase();
    if (!known.has(key)) found.push(person);
    known.add(key);
  }
  return found;
}
