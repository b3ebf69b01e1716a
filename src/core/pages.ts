import { integrationError } from "./errors.js";

/** One page of a longer list, and what to ask the next one with. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

/**
 * All items of all pages, in order. The next page is asked for while the caller still works on this one.
 *
 * @param fetchPage - reads the page that a token names; the first without one
 * @param enough - how many items the caller will take at most as far as it knows: a page after those is not asked for
 * before it is needed
 * @throws ConnectionError `connection.unavailable` when the service hands out a page token twice, which would never end
 */
export async function* allItems<T>(
  fetchPage: (token: string | undefined) => Promise<Page<T>>,
  enough: number = Infinity,
): AsyncGenerator<T, void, undefined> {
  const seen = new Set<string>();
  let count = 0;
  let page: Promise<Page<T>> | undefined = fetchPage(undefined);
  while (page) {
    const { items, next }: Page<T> = await page;
    count += items.length;
    if (next !== undefined && seen.has(next)) {
      throw integrationError("connection.unavailable", {
        message: "The service repeats a page instead of ending the list.",
      });
    }
    if (next !== undefined) seen.add(next);
    const ahead: Promise<Page<T>> | undefined = next === undefined || count >= enough ? undefined : fetchPage(next);
    ahead?.catch(() => undefined); // awaited at the top of the loop; a caller that stops early does not need it
    yield* items;
    page = ahead ?? (next === undefined ? undefined : fetchPage(next));
  }
}

/** The first `limit` items of an async sequence, or all of them. */
export async function collect<T>(items: AsyncIterable<T>, limit: number = Infinity): Promise<T[]> {
  const collected: T[] = [];
  if (limit <= 0) return collected;
  for await (const item of items) {
    collected.push(item);
    if (collected.length >= limit) break;
  }
  return collected;
}

/** The first `limit` items of an async sequence, or all of them, as they come. */
export async function* take<T>(items: AsyncIterable<T>, limit: number = Infinity): AsyncGenerator<T, void, undefined> {
  let left = limit;
  if (left <= 0) return;
  for await (const item of items) {
    yield item;
    left -= 1;
    if (left <= 0) break;
  }
}
