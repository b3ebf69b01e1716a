import type { Deadline } from "../../../core/deadline.js";
import type { SearchInput } from "../../../email/client.js";
import type { Email, EmailSearchResult } from "../../../email/models.js";
import type { IterateOptions, SearchOptions } from "../../../email/options.js";
import { readSearch } from "../../../email/query/read-search.js";
import type { Mailbox } from "./mailbox.js";
import { collectNewestFirst, listPage, readMessages, readSelection } from "./messages.js";
import { pageOf } from "./paging.js";
import { toSelection } from "./selection.js";

/** One page of a search, and the cursor to the next. */
export async function searchEmails(
  mailbox: Mailbox,
  query: SearchInput,
  options: SearchOptions,
  deadline: Deadline,
): Promise<EmailSearchResult> {
  const asked = await pageOf(mailbox, "searchEmails", query, options, deadline);
  const page = await listPage(mailbox, asked.selection, asked, deadline);
  const emails = readMessages(mailbox, page.items, options.includeBody ?? false, deadline);
  return {
    emails: await collectNewestFirst(emails),
    ...asked.cursorTo(page.next),
    ...(page.estimatedTotal !== undefined && { estimatedTotal: page.estimatedTotal }),
  };
}

/** All mails that a query finds. */
export async function* iterateEmails(
  mailbox: Mailbox,
  query: SearchInput,
  options: IterateOptions,
  deadline: Deadline,
): AsyncGenerator<Email, void, undefined> {
  const selection = await toSelection(mailbox, await readSearch(query, mailbox.clock, mailbox.timeZone), deadline);
  yield* readSelection(mailbox, selection, { limit: Infinity, includeBody: options.includeBody ?? false }, deadline);
}
