import type { Deadline } from "../../../core/deadline.js";
import { mapInOrder } from "../../../core/map-in-order.js";
import { collect } from "../../../core/pages.js";
import type { SearchInput } from "../../../email/client.js";
import type { EmailThread, EmailThreadPage } from "../../../email/models.js";
import type { SearchOptions } from "../../../email/options.js";
import { toThread } from "../../../email/thread.js";
import { unlessGone } from "./gone.js";
import type { Mailbox } from "./mailbox.js";
import { formatOf, listQuery, readWire, toEmail, type Reading } from "./messages.js";
import { pageOf } from "./paging.js";
import { cost } from "./quota.js";
import { thread, threadList } from "./wire.js";

const readAhead = 32;

/** A conversation. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/get */
export async function getThread(
  mailbox: Mailbox,
  id: string,
  { includeBody, bulk }: Reading,
  deadline: Deadline,
): Promise<EmailThread> {
  const path = `/threads/${encodeURIComponent(id)}`;
  const query = formatOf(includeBody);
  const wire = await mailbox.api.call({ path, query, cost: cost["threads.get"], bulk, answer: thread }, deadline);
  const emails = await Promise.all(
    (wire.messages ?? []).map(async (message) =>
      toEmail(mailbox, await readWire(mailbox, message, includeBody, deadline), includeBody, deadline),
    ),
  );
  return toThread(wire.id, emails);
}

/** One page of conversations. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/list */
export async function listThreads(
  mailbox: Mailbox,
  search: SearchInput,
  options: SearchOptions,
  deadline: Deadline,
): Promise<EmailThreadPage> {
  const { selection, cursorTo, ...place } = await pageOf(mailbox, "listThreads", search, options, deadline);
  const query = listQuery(selection, place);
  const page = await mailbox.api.call(
    { path: "/threads", query, cost: cost["threads.list"], answer: threadList },
    deadline,
  );
  const reading = { includeBody: options.includeBody ?? false, bulk: true };
  const read = ({ id }: { id: string }): Promise<EmailThread | undefined> =>
    unlessGone(getThread(mailbox, id, reading, deadline));
  const found = await collect(mapInOrder(page.threads ?? [], readAhead, read));
  return {
    threads: found.filter((each) => each !== undefined),
    ...cursorTo(page.nextPageToken),
    ...(page.resultSizeEstimate !== undefined && { estimatedTotal: page.resultSizeEstimate }),
  };
}
