import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { SearchInput } from "../../../email/client.js";
import type { Email, EmailSearchResult } from "../../../email/models.js";
import type { IterateOptions, ListOptions, RecentOptions, SearchOptions } from "../../../email/options.js";
import { readSearch } from "../../../email/query/read-search.js";
import type { Mailbox } from "./mailbox.js";
import { collectNewestFirst, listPage, readMessages, readSelection } from "./messages.js";
import { pageOf, wholeNumber } from "./paging.js";
import { searchSeconds } from "./search-query.js";
import { toSelection } from "./selection.js";

const defaultDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

/** The newest mails of a folder; what `days` and `count` mean together is written at `RecentOptions`. */
export async function getRecentEmails(mailbox: Mailbox, options: RecentOptions, deadline: Deadline): Promise<Email[]> {
  const { folder, count, includeBody } = options;
  const days = options.days ?? (count === undefined ? defaultDays : undefined);
  return getFolder(mailbox, { folder, limit: wholeNumber("count", count), days, includeBody }, deadline);
}

/** The mails of a folder, newest first. */
export async function getEmails(mailbox: Mailbox, options: ListOptions, deadline: Deadline): Promise<Email[]> {
  const { folder, sinceDays: days, includeBody } = options;
  return getFolder(mailbox, { folder, limit: wholeNumber("limit", options.limit), days, includeBody }, deadline);
}

/** One page of a search, and the cursor to the next. */
export async function searchEmails(
  mailbox: Mailbox,
  query: SearchInput,
  options: SearchOptions,
  deadline: Deadline,
): Promise<EmailSearchResult> {
  const asked = await pageOf(mailbox, "searchEmails", query, options, deadline);
  const page = await listPage(mailbox, asked.selection, asked, deadline);
  const emails = readMessages(mailbox, eachOf(page.items), options.includeBody ?? false, deadline);
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

async function getFolder(
  mailbox: Mailbox,
  options: {
    folder: string | undefined;
    limit: number | undefined;
    days: number | undefined;
    includeBody: boolean | undefined;
  },
  deadline: Deadline,
): Promise<Email[]> {
  const { folder = "inbox", limit = Infinity, days, includeBody = false } = options;
  const search = days === undefined ? "" : `after:${searchSeconds(timeAgo(mailbox, days))}`;
  const selection = { ...(await mailbox.labels.filter(folder, deadline)), search };
  return collectNewestFirst(readSelection(mailbox, selection, { limit, includeBody }, deadline));
}

function timeAgo(mailbox: Mailbox, days: number): number {
  if (Number.isFinite(days) && days > 0) return mailbox.clock.now() - days * dayMs;
  throw integrationError("request.invalid", {
    message: `${days} is no number of days.`,
    hint: "Give the days as a number above 0.",
  });
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* items;
}
