import type { Item, Remainder } from "./digest.js";

/** What a result was given for. */
export interface AskedFor {
  readonly profile: string;
  readonly service: string;
  /** The operation's name. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** In which its times are told; missing where it has none. */
  readonly timeZone?: string;
}

/** What a cursor continues. */
export interface Continuation {
  readonly of: AskedFor;
  readonly remainder: Remainder;
}

/** What was left out of results, for as long as it is remembered. */
export interface Continuations {
  /** Remembers it, and gives its cursor: `c1`, `c2`, … */
  keep(of: AskedFor, remainder: Remainder): string;
  /** What a cursor continues; undefined for one that was never given, or that is forgotten. */
  find(cursor: string): Continuation | undefined;
}

/** How much is remembered. */
export interface ContinuationLimits {
  /** Default 200. */
  readonly count?: number;
  /** Text in memory, two bytes a character. Default 16 MB. */
  readonly sizeBytes?: number;
}

/** Remembers what was left out, in memory. What is too much for it is forgotten, the oldest first; the newest never is. */
export function createContinuations(limits: ContinuationLimits = {}): Continuations {
  const { count = 200, sizeBytes = 16 * 1024 * 1024 } = limits;
  const kept = new Map<string, Continuation & { readonly sizeBytes: number }>();
  let given = 0;
  let heldBytes = 0;
  return {
    keep: (of, remainder) => {
      const cursor = `c${(given += 1)}`;
      const size = sizeOf(remainder);
      kept.set(cursor, { of, remainder, sizeBytes: size });
      heldBytes += size;
      for (const [oldest, { sizeBytes: freed }] of kept) {
        if (kept.size === 1 || (kept.size <= count && heldBytes <= sizeBytes)) break;
        kept.delete(oldest);
        heldBytes -= freed;
      }
      return cursor;
    },
    find: (cursor) => {
      const found = kept.get(cursor);
      return found && { of: found.of, remainder: found.remainder };
    },
  };
}

function sizeOf({ rest }: Remainder): number {
  if ("next" in rest) return 2 * rest.next.length;
  const { own, lists } = rest.digest;
  return 2 * [own, ...lists.flatMap(({ items }) => items)].reduce((sum, item) => sum + lengthOf(item), 0);
}

function lengthOf({ facts, untrusted }: Item): number {
  const { lines = {}, text = "", folded = [] } = untrusted ?? {};
  const texts = [...Object.values(lines), text, ...folded.map((part) => part.text)];
  return texts.reduce((sum, each) => sum + each.length, JSON.stringify(facts).length);
}
