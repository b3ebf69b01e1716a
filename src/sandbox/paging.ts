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
  const start = startOf(query);
  const end = start + size;
  const nextPageToken = end < all.length ? encode(query, end) : undefined;
  return { items: all.slice(start, end), nextPageToken };
}

function sizeOf(query: URLSearchParams, { usual, most }: { usual: number; most: number }): number {
  const text = query.get("maxResults");
  if (text === null) return usual;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1)
    throw invalidParameter(`Invalid value '${text}' for maxResults`, "maxResults");
  return Math.min(size, most);
}

function startOf(query: URLSearchParams): number {
  const token = query.get("pageToken");
  if (token === null) return 0;
  const [owner, start] = Buffer.from(token, "base64url").toString("utf8").split(":");
  if (owner === fingerprint(query) && start !== undefined) return Number(start);
  throw invalidParameter("Invalid pageToken", "pageToken");
}

function encode(query: URLSearchParams, start: number): string {
  return Buffer.from(`${fingerprint(query)}:${start}`).toString("base64url");
}

/** What a token is bound to: everything that selects and orders, but not the size of the page. */
function fingerprint(query: URLSearchParams): string {
  const bound = [...query].filter(
    ([name]) => !["pageToken", "maxResults", "fields", "alt", "quotaUser"].includes(name),
  );
  return createHash("sha256").update(JSON.stringify(bound.sort())).digest("hex").slice(0, 12);
}
