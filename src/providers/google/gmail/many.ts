import type { BatchOutcome } from "../../../core/batch-result.js";
import type { Deadline } from "../../../core/deadline.js";
import { isIntegrationError } from "../../../core/errors.js";
import { mapInOrder } from "../../../core/map-in-order.js";
import { collect } from "../../../core/pages.js";
import { eventsOf, readHistory, readState, type MessageEvent } from "./history.js";
import type { Mailbox } from "./mailbox.js";

/** Gmail's most for one call. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/batchModify */
const mostAtOnce = 1_000;
/** So many are changed one by one, which costs no more than a call for many and tells of each what became of it. */
const few = 10;
const sideBySide = 32;
const mostPages = 20;

/** How something is done to messages. */
export interface ManyCalls {
  /** @throws RequestError `request.not_found` */
  readonly one: (id: string, deadline: Deadline) => Promise<void>;
  readonly many: (ids: readonly string[], deadline: Deadline) => Promise<void>;
  /** Whether an event shows that it was done to that message. */
  readonly shows: (event: MessageEvent) => boolean;
}

/**
 * Does something to any number of messages, with an outcome for each. Gmail's calls for many say nothing of single ones
 * and pass over what does not exist: what its history shows was done; the others are asked about one by one.
 */
export async function doToMany(
  mailbox: Mailbox,
  ids: readonly string[],
  calls: ManyCalls,
  deadline: Deadline,
): Promise<BatchOutcome[]> {
  const unique = [...new Set(ids)];
  const done = new Set<string>();
  for (let at = 0; unique.length > few && at < unique.length; at += mostAtOnce) {
    const chunk = unique.slice(at, at + mostAtOnce);
    for (const id of await tryMany(mailbox, chunk, calls, deadline)) done.add(id);
  }
  const rest = unique.filter((id) => !done.has(id));
  const outcomes = new Map<string, BatchOutcome>(unique.map((id) => [id, { id, done: true }]));
  const one = (id: string): Promise<BatchOutcome> => outcomeOf(id, calls.one(id, deadline), deadline.signal);
  for (const outcome of await collect(mapInOrder(rest, sideBySide, one))) outcomes.set(outcome.id, outcome);
  return unique.flatMap((id) => outcomes.get(id) ?? []);
}

/** @returns the ids of which it is known that it was done */
async function tryMany(
  mailbox: Mailbox,
  ids: readonly string[],
  calls: ManyCalls,
  deadline: Deadline,
): Promise<ReadonlySet<string>> {
  try {
    const before = await readState(mailbox.api, deadline);
    await calls.many(ids, deadline);
    return await shownIn(mailbox, before, calls.shows, deadline);
  } catch (error) {
    // One that does not allow it spoils the call for all; one by one each has its own answer.
    if (isIntegrationError(error, "request.invalid") || isIntegrationError(error, "request.not_found"))
      return new Set();
    throw error;
  }
}

async function shownIn(
  { api }: Mailbox,
  since: string,
  shows: ManyCalls["shows"],
  deadline: Deadline,
): Promise<ReadonlySet<string>> {
  const shown = new Set<string>();
  let pageToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await readHistory(api, { since, pageToken }, deadline);
    for (const event of (page?.records ?? []).flatMap(eventsOf)) if (shows(event)) shown.add(event.id);
    pageToken = page?.next;
    if (pageToken === undefined) break;
  }
  return shown;
}

async function outcomeOf(id: string, work: Promise<void>, signal: AbortSignal): Promise<BatchOutcome> {
  try {
    await work;
    return { id, done: true };
  } catch (error) {
    signal.throwIfAborted();
    if (!isIntegrationError(error)) throw error;
    return { id, done: false, error: error.toJSON() };
  }
}
