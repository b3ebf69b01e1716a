import { pageAfter, type PagedCall } from "../paging.js";
import type { ApiCall } from "../routes.js";

/** What knows when it was changed last. */
export interface Changing {
  readonly change: number;
}

/** A page of a list, with one of the two tokens. */
export interface SyncedPage<T> {
  readonly items: T[];
  readonly etag: string;
  readonly tokens: { readonly nextPageToken: string } | { readonly nextSyncToken: string };
}

const limits = { usual: 100, most: 250 };

/**
 * One page of a list: of all that is in it, or with a sync token of what changed since. The token at the end is of the
 * time of the first page, so that what changes between pages comes with the next synchronization.
 *
 * @param list - names the list: whose, and of what
 * @param all - in an order in which each keeps its place, also when it is deleted
 * @throws ApiError 400, 410
 */
export function syncedPage<T extends Changing>(
  call: ApiCall,
  list: string,
  all: readonly T[],
  isWanted: (item: T) => boolean = () => true,
): SyncedPage<T> {
  const { query, world } = call;
  const syncToken = query.get("syncToken");
  const known = syncToken === null ? -1 : world.syncTokens.read(syncToken, list);
  const latest = latestChange(all);
  const { page, begun = latest } = continued(call);
  const since = all.map((item, place) => ({ item, place })).filter(({ item }) => item.change > known && isWanted(item));
  const { items, nextPageToken } = pageAfter(page, since, limits, ({ place }) => String(place).padStart(8, "0"));
  const tokens =
    nextPageToken === undefined
      ? { nextSyncToken: world.syncTokens.issue(list, begun) }
      : { nextPageToken: begunAt(begun, nextPageToken) };
  return { items: items.map(({ item }) => item), etag: `"p${latest}"`, tokens };
}

/** The latest change of all that is in a list. */
export function latestChange(all: readonly Changing[]): number {
  return all.reduce((most, { change }) => Math.max(most, change), 0);
}

/** A page token that knows the latest change at the first page. */
export function begunAt(change: number, pageToken: string): string {
  return `${change}.${pageToken}`;
}

/** The call as the page itself wants it, and the latest change at the first page; undefined on the first page. */
export function continued(call: ApiCall): { page: PagedCall; begun: number | undefined } {
  const [, change, pageToken] = /^(\d+)\.(.*)$/.exec(call.query.get("pageToken") ?? "") ?? [];
  if (change === undefined || pageToken === undefined) return { page: call, begun: undefined };
  const query = new URLSearchParams(call.query);
  query.set("pageToken", pageToken);
  return { page: { ...call, query }, begun: Number(change) };
}
