import { pageAfter } from "../paging.js";
import type { ApiCall } from "../routes.js";

/** How a list that can be synchronized is made. */
export interface SyncedListOptions<T> {
  /** Names the list: whose, and of what. */
  readonly list: string;
  /** The latest change of everything in it; what changes later is what its sync token leads to. */
  readonly latest: number;
  /** By which it is in order, each its own. */
  readonly keyOf: (item: T) => string;
  readonly changeOf: (item: T) => number;
}

/** A page of it, with one of the two tokens. */
export interface SyncedPage<T> {
  readonly items: T[];
  readonly tokens: { readonly nextPageToken: string } | { readonly nextSyncToken: string };
}

const limits = { usual: 100, most: 250 };

/**
 * One page of a list: of all that is in it, or with a sync token of what changed since. The token at the end is of the
 * time of the first page, so that what changes between pages comes with the next synchronization.
 *
 * @throws ApiError 400, 410
 */
export function syncedPage<T>(
  call: ApiCall,
  all: readonly T[],
  { list, latest, keyOf, changeOf }: SyncedListOptions<T>,
): SyncedPage<T> {
  const { query, world } = call;
  const syncToken = query.get("syncToken");
  const known = syncToken === null ? -1 : world.syncTokens.read(syncToken, list);
  const { pageQuery, begun } = continued(query);
  const since = all.filter((item) => changeOf(item) > known);
  const { items, nextPageToken } = pageAfter({ ...call, query: pageQuery }, since, limits, keyOf);
  const change = begun ?? latest;
  if (nextPageToken === undefined) return { items, tokens: { nextSyncToken: world.syncTokens.issue(list, change) } };
  return { items, tokens: { nextPageToken: begunAt(change, nextPageToken) } };
}

/** A page token that knows the latest change at the first page. */
export function begunAt(change: number, pageToken: string): string {
  return `${change}.${pageToken}`;
}

/** The query as the page itself wants it, and the latest change at the first page; undefined on the first page. */
export function continued(query: URLSearchParams): { pageQuery: URLSearchParams; begun: number | undefined } {
  const [, change, pageToken] = /^(\d+)\.(.*)$/.exec(query.get("pageToken") ?? "") ?? [];
  if (change === undefined || pageToken === undefined) return { pageQuery: query, begun: undefined };
  const pageQuery = new URLSearchParams(query);
  pageQuery.set("pageToken", pageToken);
  return { pageQuery, begun: Number(change) };
}
