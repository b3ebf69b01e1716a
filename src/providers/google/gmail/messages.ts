import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { mapInOrder } from "../../../core/map-in-order.js";
import { allItems, collect } from "../../../core/pages.js";
import type { Email } from "../../../email/models.js";
import type { Query } from "../http.js";
import { readBodies } from "./bodies.js";
import type { CachedMail } from "./content-cache.js";
import { isGone, unlessGone } from "./gone.js";
import type { FolderFilter } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import { attachmentsOf, summaryHeaders, toContent, toState } from "./map-email.js";
import { cost } from "./quota.js";
import type { RecentMails } from "./recent-mails.js";
import { message, messageList, type WireMessage } from "./wire.js";

/** Which mails to list, in Gmail's terms. */
export interface Selection extends FolderFilter {
  /** In Gmail's search language. */
  readonly search: string;
}

/** One page of ids. */
export interface IdPage {
  readonly items: readonly string[];
  readonly next: string | undefined;
  readonly estimatedTotal: number | undefined;
}

/** How mails are read. */
export interface Reading {
  readonly includeBody: boolean;
  /** Many, for nobody who waits for this one. */
  readonly bulk: boolean;
}

/** Gmail's longest page of ids. */
export const maxPageSize = 500;
/** Mails that are read ahead of the consumer; how many requests that means at once, the account's governor decides. */
const readAhead = 128;

/** One page of a selection's message ids, newest first. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list */
export async function listPage(
  mailbox: Mailbox,
  selection: Selection,
  page: { token: string | undefined; size: number },
  deadline: Deadline,
): Promise<IdPage> {
  const query = listQuery(selection, page);
  const answer = await mailbox.api.call(
    { path: "/messages", query, cost: cost["messages.list"], answer: messageList },
    deadline,
  );
  return {
    items: (answer.messages ?? []).map(({ id }) => id),
    next: answer.nextPageToken,
    estimatedTotal: answer.resultSizeEstimate,
  };
}

/** The parameters of a list of messages or conversations. */
export function listQuery(selection: Selection, page: { token: string | undefined; size: number }): Query {
  return {
    q: selection.search || undefined,
    labelIds: selection.labelIds,
    includeSpamTrash: selection.includeSpamTrash || undefined,
    maxResults: Math.min(page.size, maxPageSize),
    pageToken: page.token,
  };
}

/** All mails of a selection, newest first, read side by side and given in order. */
export async function* readSelection(
  mailbox: Mailbox,
  selection: Selection,
  options: { limit: number; includeBody: boolean },
  deadline: Deadline,
): AsyncGenerator<Email, void, undefined> {
  const { limit } = options;
  const ids = allItems((token) => listPage(mailbox, selection, { token, size: limit }, deadline), limit);
  let missing = limit;
  // What was deleted since it was listed does not count: more is read in its place.
  while (missing > 0) {
    const wanted = missing;
    let taken = 0;
    const next = firstOf(ids, wanted, () => (taken += 1));
    for await (const email of readMessages(mailbox, next, options.includeBody, deadline)) {
      missing -= 1;
      yield email;
    }
    if (taken < wanted) return;
  }
}

/** The mails of the ids, in their order, less those that were deleted since they were listed. */
export async function* readMessages(
  mailbox: Mailbox,
  ids: AsyncIterable<string> | Iterable<string>,
  includeBody: boolean,
  deadline: Deadline,
): AsyncGenerator<Email, void, undefined> {
  const recent = mailbox.recent(deadline);
  const ready = recent.prepare(); // beside the list
  ready.catch(() => undefined); // awaited with the first mail, if there is any
  const read = async (id: string): Promise<Email | undefined> => {
    await ready;
    return unlessGone(readKept(mailbox, recent, id, { includeBody, bulk: true }, deadline));
  };
  for await (const email of mapInOrder(ids, readAhead, read)) if (email) yield email;
}

/** One mail. @throws RequestError `request.not_found` */
export async function readMessage(
  mailbox: Mailbox,
  id: string,
  includeBody: boolean,
  deadline: Deadline,
): Promise<Email> {
  const recent = mailbox.recent(deadline);
  void recent.prepare().catch(() => undefined); // for the next time; the caller aborted, or will see for itself
  return readKept(mailbox, recent, id, { includeBody, bulk: false }, deadline);
}

async function readKept(
  mailbox: Mailbox,
  recent: RecentMails,
  id: string,
  reading: Reading,
  deadline: Deadline,
): Promise<Email> {
  const { includeBody } = reading;
  const kept = await recent.find(id, includeBody);
  if (kept) return toEmail(mailbox, kept, includeBody, deadline);
  const keep = recent.begin();
  // What reads headers is loaded while the mail is on its way.
  const [wire] = await Promise.all([fetchMessage(mailbox, id, reading, deadline), mailbox.headers()]);
  const read = await readWire(mailbox, wire, includeBody, deadline);
  keep(id, read);
  return toEmail(mailbox, read, includeBody, deadline);
}

/** A mail of Gmail's own resource, with what its texts still take to be read. */
export async function readWire(
  mailbox: Mailbox,
  wire: WireMessage,
  full: boolean,
  deadline: Deadline,
): Promise<CachedMail> {
  const summary = toContent(wire, await mailbox.headers());
  const labelIds = wire.labelIds ?? [];
  if (!full) return { content: summary, labelIds, full };
  const bodies = await readBodies(mailbox, wire, deadline).catch(async (error: unknown) => {
    if (!isGone(error)) throw error;
    return readBodiesAnew(mailbox, wire.id, deadline);
  });
  return { content: { ...summary, ...bodies, attachments: attachmentsOf(wire.payload) }, labelIds, full };
}

/** A mail for the caller, who may change it as they like. */
export async function toEmail(
  mailbox: Mailbox,
  { content, labelIds }: CachedMail,
  includeBody: boolean,
  deadline: Deadline,
): Promise<Email> {
  const state = toState(labelIds, await mailbox.labels.names(labelIds, deadline));
  // The long texts cannot be changed by anybody, and are not copied.
  const { bodyText, bodyHtml, removed, attachments, ...summary } = content;
  if (!includeBody) return { ...structuredClone(summary), ...state };
  return {
    ...structuredClone(summary),
    ...state,
    ...(bodyText !== undefined && { bodyText }),
    ...(bodyHtml !== undefined && { bodyHtml }),
    ...(removed && { removed: structuredClone(removed) }),
    ...(attachments && { attachments: structuredClone(attachments) }),
  };
}

/** A text's id died before it was used, or the mail is gone: then it is not found here. */
async function readBodiesAnew(mailbox: Mailbox, id: string, deadline: Deadline): ReturnType<typeof readBodies> {
  const wire = await fetchMessage(mailbox, id, { includeBody: true, bulk: false }, deadline);
  return readBodies(mailbox, wire, deadline).catch((cause: unknown) => {
    if (!isGone(cause)) throw cause;
    throw integrationError("connection.unavailable", {
      message: "Gmail lists a part of the mail that it does not hand out.",
      details: { messageId: id },
      cause,
    });
  });
}

/** Gmail's own resource of a mail. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get */
export async function fetchMessage(
  mailbox: Mailbox,
  id: string,
  { includeBody, bulk }: Reading,
  deadline: Deadline,
): Promise<WireMessage> {
  const path = `/messages/${encodeURIComponent(id)}`;
  return mailbox.api.call(
    { path, query: formatOf(includeBody), cost: cost["messages.get"], bulk, answer: message },
    deadline,
  );
}

/** How much of its messages Gmail is asked for. */
export function formatOf(full: boolean): Query {
  return full ? { format: "full" } : { format: "metadata", metadataHeaders: summaryHeaders };
}

/** Newest first by the time of receipt, which Gmail's own order follows only nearly. */
export async function collectNewestFirst(emails: AsyncIterable<Email>): Promise<Email[]> {
  return (await collect(emails)).sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt));
}

/** The next `limit` items of a sequence, which stays open for more. */
async function* firstOf<T>(
  items: AsyncGenerator<T, void, undefined>,
  limit: number,
  taken: () => void,
): AsyncGenerator<T, void, undefined> {
  for (let count = 0; count < limit; count += 1) {
    const next = await items.next();
    if (next.done) return;
    taken();
    yield next.value;
  }
}
