import { createHash } from "node:crypto";
import { invalidParameter } from "./api-error.js";

/**
 * One page of a list, by `maxResults` and `pageToken`. A page token belongs to the query that gave it.
 *
 * @throws ApiError 400 for a size or token that Google would refuse
 */
export function pageOf<T>(
  query: URLSearchParams,
  all: readonly T[],
  limits: { readonly usual: number; readonly most: number },
): { items: T[]; nextPageToken: string | undefined } {
  const size = sizeOf(query, limits);
  const start = Number(markOf(query) ?? 0);
  const end = start + size;
  const nextPageToken = end < all.length ? encode(query, String(end)) : undefined;
  return { items: all.slice(start, end), nextPageToken };
}

/**
 * One page of a list that may change between pages: the token says where the last page ended, so that nothing is left
 * out when what was shown is gone meanwhile, and nothing is shown twice when something came before it.
 *
 * @param keyOf - by which the list is ordered, each its own
 * @throws ApiError 400 for a size or token that Google would refuse
 */
export function pageAfter<T>(
  query: URLSearchParams,
  all: readonly T[],
  limits: { readonly usual: number; readonly most: number },
  keyOf: (item: T) => string,
): { items: T[]; nextPageToken: string | undefined } {
  const size = sizeOf(query, limits);
  const after = markOf(query);
  const start = after === undefined ? 0 : firstAfter(all, after, keyOf);
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  const more = last !== undefined && start + size < all.length;
  return { items, nextPageToken: more ? encode(query, keyOf(last)) : undefined };
}

function firstAfter<T>(all: readonly T[], key: string, keyOf: (item: T) => string): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = all[middle];
    if (item !== undefined && keyOf(item) > key) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sizeOf(query: URLSearchParams, { usual, most }: { usual: number; most: number }): number {
  const text = query.get("maxResults");
  if (text === null) return usual;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1)
    throw invalidParameter(`Invalid value '${text}' for maxResults`, "maxResults");
  return Math.min(size, most);
}

/** Where the last page ended, by what its token says; undefined on the first. */
function markOf(query: URLSearchParams): string | undefined {
  const token = query.get("pageToken");
  if (token === null) return undefined;
  const [, owner, mark] = /^(\w+):(.*)$/s.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (owner === fingerprint(query) && mark !== undefined) return mark;
  throw invalidParameter("Invalid pageToken", "pageToken");
}

function encode(query: URLSearchParams, mark: string): string {
  return Buffer.from(`${fingerprint(query)}:${mark}`).toString("base64url");
}

/** What a token is bound to: everything that selects and orders, but not the size of the page. */
function fingerprint(query: URLSearchParams): string {
  const bound = [...query].filter(
    ([name]) => !["pageToken", "maxResults", "fields", "alt", "quotaUser"].includes(name),
  );
  return createHash("sha256").update(JSON.stringify(bound.sort())).digest("hex").slice(0, 12);
}
