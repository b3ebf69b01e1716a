/** What is compared of two events. */
export interface Likeness {
  readonly title: string;
  /** Addresses, without the account's own. */
  readonly people: readonly string[];
  /** Milliseconds since the epoch. */
  readonly startMs: number;
}

/** From this likeness on an event is called another one's duplicate. */
export const duplicateFrom = 0.8;

/** How far apart duplicates may begin: less than a day, also when clocks change, so that a daily meeting is not its own. */
export const duplicateWithinMs: number = 23 * 3_600_000;

const dayMs = 86_400_000;
const weights = { title: 6, people: 2, time: 2 };

/**
 * How much alike two events are, from 0 to 1: six parts the words of their titles, two parts who is invited, two parts how
 * close together they begin (nothing from a day on). People do not count when neither event has any; events without a
 * title are like no other.
 */
export function similarity(a: Likeness, b: Likeness): number {
  const title = shareOf(wordsOf(a.title), wordsOf(b.title));
  if (title === 0) return 0;
  const [left, right] = [peopleOf(a), peopleOf(b)];
  const time = Math.max(0, 1 - Math.abs(a.startMs - b.startMs) / dayMs);
  const counted = left.length + right.length > 0 ? weights.people : 0;
  const sum = weights.title * title + counted * shareOf(left, right) + weights.time * time;
  return Math.round((sum / (weights.title + counted + weights.time)) * 100) / 100;
}

/** Dice's coefficient: twice what both have, in parts of what each has. 0 when one has nothing. */
function shareOf(some: readonly string[], others: readonly string[]): number {
  const left = [...others];
  let common = 0;
  for (const each of some) {
    const at = left.indexOf(each);
    if (at < 0) continue;
    left.splice(at, 1);
    common += 1;
  }
  return common === 0 ? 0 : (2 * common) / (some.length + others.length);
}

function peopleOf({ people }: Likeness): string[] {
  return [...new Set(people.map((address) => address.toLowerCase()))];
}

/** Words in small letters without accents; also of languages that write without spaces. */
function wordsOf(title: string): string[] {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("\u2019", "'").toLowerCase();
  return [...new Intl.Segmenter("en", { granularity: "word" }).segment(plain)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
}
