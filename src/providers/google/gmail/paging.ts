import { decodeCursor, encodeCursor } from "../../../core/cursor.js";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { requireCount } from "../../../core/input.js";
import type { SearchInput } from "../../../email/client.js";
import type { PageOptions } from "../../../email/options.js";
import { readSearch } from "../../../email/query/read-search.js";
import type { Mailbox } from "./mailbox.js";
import { maxPageSize, type Selection } from "./messages.js";
import { toSelection } from "./selection.js";

const defaultPageSize = 50;

/** One page of a search: what to ask Gmail for, and how to name the next one. */
export interface PageRequest {
  readonly selection: Selection;
  readonly token: string | undefined;
  readonly size: number;
  readonly cursorTo: (token: string | undefined) => { cursor?: string };
}

/**
 * Continues a search where a cursor says, else begins it. What the search was compiled to travels in the cursor: "two
 * days ago" is not another time on the second page.
 *
 * @param what - the method, so that its cursors fit no other
 * @throws RequestError `request.invalid` for another search's or account's cursor
 */
export async function pageOf(
  mailbox: Mailbox,
  what: string,
  input: SearchInput,
  options: PageOptions,
  deadline: Deadline,
): Promise<PageRequest> {
  const size = pageSize(options.limit);
  const query = await readSearch(input, mailbox.clock, mailbox.timeZone);
  const scope = [...mailbox.cursorScope, what, JSON.stringify(query)];
  const known = options.cursor === undefined ? undefined : decodeCursor(scope, options.cursor);
  const [selection, token] = known === undefined ? [await toSelection(mailbox, query, deadline)] : placeIn(known);
  return {
    selection,
    token,
    size,
    cursorTo: (next) => (next === undefined ? {} : { cursor: encodeCursor(scope, JSON.stringify([selection, next])) }),
  };
}

function placeIn(text: string): [Selection, string] {
  return JSON.parse(text) as [Selection, string]; // as it was written above: decodeCursor knows whose it is
}

function pageSize(limit: number | undefined): number {
  const size = requireCount("limit", limit) ?? defaultPageSize;
  if (size <= maxPageSize) return size;
  throw integrationError("request.invalid", {
    message: `A page of ${size} mails is too long.`,
    hint: `Give limit as 1 to ${maxPageSize}, and read on with the cursor or with iterateEmails.`,
  });
}
