import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { requireCount } from "../../../core/input.js";
import type { Email } from "../../../email/models.js";
import type { ListOptions, RecentOptions } from "../../../email/options.js";
import type { Mailbox } from "./mailbox.js";
import { collectNewestFirst, readSelection } from "./messages.js";
import { searchSeconds } from "./search-text.js";

const defaultDays = 7;
const dayMs = 24 * 60 * 60 * 1000;

/** The newest mails of a folder; what `days` and `count` mean together is written at `RecentOptions`. */
export async function getRecentEmails(mailbox: Mailbox, options: RecentOptions, deadline: Deadline): Promise<Email[]> {
  const { folder, count, includeBody } = options;
  const days = options.days ?? (count === undefined ? defaultDays : undefined);
  return getFolder(mailbox, { folder, limit: requireCount("count", count), days, includeBody }, deadline);
}

/** The mails of a folder, newest first. */
export async function getEmails(mailbox: Mailbox, options: ListOptions, deadline: Deadline): Promise<Email[]> {
  const { folder, sinceDays: days, includeBody } = options;
  return getFolder(mailbox, { folder, limit: requireCount("limit", options.limit), days, includeBody }, deadline);
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
