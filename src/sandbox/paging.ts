import { createHash } from "node:crypto";
import { invalidParameter } from "./api-error.js";
import { isStandard } from "./parameters.js";
import type { ApiCall } from "./routes.js";

/** The call that asks for a page. */
export type PagedCall = Pick<ApiCall, "path" | "query" | "user">;

/**
 * One page of a list that may change between pages: the token says where the last page ended, so that nothing is left
 * out when what was shown is gone meanwhile, and nothing is shown twice when something came before it. A token belongs
 * to the query and the person that it was given for.
 *
 * @param keyOf - by which the list is ordered, each its own
 * @throws ApiError 400 for a size or token that Google would refuse
 */
export function pageAfter<T>(
  call: PagedCall,
  all: readonly T[],
  limits: { readonly usual: number; readonly most: number },
  keyOf: (item: T) => string,
): { items: T[]; nextPageToken: string | undefined } {
  const size = sizeOf(call.query, limits);
  const after = markOf(call);
  const start = after === undefined ? 0 : firstAfter(all, after, keyOf);
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  const more = last !== undefined && start + size < all.length;
  return { items, nextPageToken: more ? encode(call, keyOf(last)) : undefined };
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
  const size = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (size < 1) throw invalidParameter(`Invalid value '${text}' for maxResults`, "maxResults");
  return Math.min(size, most);
}

/** Where the last page ended, by what its token says; undefined on the first. */
function markOf(call: PagedCall): string | undefined {
  const token = call.query.get("pageToken");
  if (token === null) return undefined;
  const [, owner, mark] = /^(\w+):(.*)$/s.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (owner === fingerprint(call) && mark !== undefined) return mark;
  throw invalidParameter("Invalid pageToken", "pageToken");
}

function encode(call: PagedCall, mark: string): string {
  return Buffer.from(`${fingerprint(call)}:${mark}`).toString("base64url");
}

/** What a token is bound to: everything that selects and orders, but not the size of the page, nor how it is written. */
function fingerprint({ path, query, user }: PagedCall): string {
  const isDefault = (name: string, value: string): boolean => value === "false" && name !== "q";
  const isBound = (name: string): boolean => name !== "pageToken" && name !== "maxResults" && !isStandard(name);
  const bound = [...query].filter(([name, value]) => isBound(name) && !isDefault(name, value));
  const place = { ...path, userId: undefined }; // `me` or the person's address, which is the same
  const text = JSON.stringify([user.email, place, bound.sort()]);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
