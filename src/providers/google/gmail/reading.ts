import { decodeCursor, encodeCursor } from "../../../core/cursor.js";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { loadZonedTime } from "../../../core/zoned-time.js";
import type { IterateOptions, ListOptions, RecentOptions, SearchOptions } from "../../../email/client.js";
import { requireSearchQuery } from "../../../email/inputs.js";
import type { Email, EmailSearchQuery, EmailSearchResult } from "../../../email/models.js";
import type { Mailbox } from "./mailbox.js";
import { collectNewestFirst, listPage, maxPageSize, readMessages, readSelection, type Selection } from "./messages.js";
import { searchSeconds, toGmailSearch } from "./search-query.js";

const defaultDays = 7;
const defaultPageSize = 50;
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
  query: string | EmailSearchQuery,
  options: SearchOptions,
  deadline: Deadline,
): Promise<EmailSearchResult> {
  const size = pageSize(options.limit);
  const selection = await querySelection(mailbox, query, deadline);
  const scope = [...mailbox.cursorScope, JSON.stringify(selection)];
  const token = options.cursor === undefined ? undefined : decodeCursor(scope, options.cursor);
  const page = await listPage(mailbox, selection, { token, size }, deadline);
  const emails = readMessages(mailbox, eachOf(page.items), options.includeBody ?? false, deadline);
  return {
    emails: await collectNewestFirst(emails),
    ...(page.next !== undefined && { cursor: encodeCursor(scope, page.next) }),
    ...(page.estimatedTotal !== undefined && { estimatedTotal: page.estimatedTotal }),
  };
}

/** All mails that a query finds. */
export async function* iterateEmails(
  mailbox: Mailbox,
  query: string | EmailSearchQuery,
  options: IterateOptions,
  deadline: Deadline,
): AsyncGenerator<Email, void, undefined> {
  const selection = await querySelection(mailbox, query, deadline);
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

async function querySelection(
  mailbox: Mailbox,
  query: string | EmailSearchQuery,
  deadline: Deadline,
): Promise<Selection> {
  requireSearchQuery(query);
  if (typeof query === "string") return { search: query.trim(), labelIds: [], includeSpamTrash: false };
  const search = toGmailSearch(query, await loadZonedTime(mailbox.clock), mailbox.timeZone);
  return { ...(await mailbox.labels.filter(query.folder ?? "all", deadline)), search };
}

function timeAgo(mailbox: Mailbox, days: number): number {
  if (Number.isFinite(days) && days > 0) return mailbox.clock.now() - days * dayMs;
  throw integrationError("request.invalid", {
    message: `${days} is no number of days.`,
    hint: "Give the days as a number above 0.",
  });
}

function pageSize(limit: number | undefined): number {
  const size = wholeNumber("limit", limit) ?? defaultPageSize;
  if (size <= maxPageSize) return size;
  throw integrationError("request.invalid", {
    message: `A page of ${size} mails is too long.`,
    hint: `Give limit as 1 to ${maxPageSize}, and read on with the cursor or with iterateEmails.`,
  });
}

function wholeNumber(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return value;
  throw integrationError("request.invalid", {
    message: `${name} is ${value}.`,
    hint: `Give ${name} as a whole number from 1.`,
  });
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T, void, undefined> {
  yield* items;
}
