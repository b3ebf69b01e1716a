import type { CallOptions } from "../../core/deadline.js";
import { given } from "../../core/given.js";
import { allItems, take, type Page } from "../../core/pages.js";
import type { PageOptions } from "../../email/options.js";
import { optionsOfMany, type CallLimits } from "../call-options.js";
import { name, optional, whole, type OptionalField } from "../fields.js";

/** What a call takes that gives one page of a list, or as a stream the list. */
export const paging: { limit: OptionalField<number>; cursor: OptionalField<string> } = {
  limit: optional(whole(1, Number.MAX_SAFE_INTEGER, "at most so many")),
  cursor: optional(name("continues where an earlier page ended")),
};

/** What a page holds where nobody says how much. */
const usualPage = 50;

/** Where a page begins and what it holds. */
type Place = Pick<PageOptions, "limit" | "cursor">;

/** The items of all pages from a cursor on, or the first `limit` of them, as they come. */
export async function* fromPages<T>(
  call: CallLimits,
  { limit, cursor }: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  read: (options: CallOptions & Place) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  const { options, end } = optionsOfMany(call);
  const size = limit !== undefined && limit < usualPage ? limit : undefined; // no more is read than is wanted
  const all = allItems((next = cursor) => read({ ...options, ...given({ limit: size, cursor: next }) }), limit);
  try {
    yield* take(all, limit);
  } finally {
    end();
  }
}
