import type { ChangePage } from "../../../core/change-page.js";
import { decodeCursor, encodeCursor } from "../../../core/cursor.js";
import type { Deadline } from "../../../core/deadline.js";
import { mapInOrder } from "../../../core/map-in-order.js";
import { collect } from "../../../core/pages.js";
import type { EmailChange } from "../../../email/models.js";
import { unlessGone } from "./gone.js";
import { eventsOf, readHistory, readState, type HistoryPlace, type MessageEvent } from "./history.js";
import type { Mailbox } from "./mailbox.js";
import { fetchMessage } from "./messages.js";

const readAhead = 32;

/**
 * What changed since a cursor; without one, a cursor for now. A reader takes a cursor first and lists the mails after
 * that: what arrives meanwhile is told by the cursor.
 *
 * @see https://developers.google.com/workspace/gmail/api/guides/sync
 */
export async function getChanges(
  mailbox: Mailbox,
  cursor: string | undefined,
  deadline: Deadline,
): Promise<ChangePage<EmailChange>> {
  if (cursor === undefined) return { changes: [], cursor: await cursorForNow(mailbox, deadline), ...ended(false) };
  const place = readPlace(mailbox, cursor);
  const page = await readHistory(mailbox.api, place, deadline);
  // Too old a state, or a page of it that expired while it was read.
  if (!page) {
    if (place.pageToken !== undefined) return getChanges(mailbox, cursorTo(mailbox, { since: place.since }), deadline);
    return { changes: [], cursor: await cursorForNow(mailbox, deadline), ...ended(true) };
  }
  const changes = await toChanges(mailbox, latest(page.records.flatMap(eventsOf)), deadline);
  if (page.next !== undefined) {
    const next = { since: place.since, pageToken: page.next };
    return { changes, cursor: cursorTo(mailbox, next), hasMore: true, reset: false };
  }
  return { changes, cursor: cursorTo(mailbox, { since: page.historyId }), ...ended(false) };
}

function ended(reset: boolean): { hasMore: false; reset: boolean } {
  return { hasMore: false, reset };
}

/** One event for each message, where its last one stood; what came and went is only told as gone. */
function latest(events: readonly MessageEvent[]): MessageEvent[] {
  const found = new Map<string, MessageEvent>();
  for (const event of events) {
    const before = found.get(event.id);
    found.delete(event.id);
    const isNew = before?.kind === "added" && event.kind !== "removed";
    found.set(event.id, isNew ? { ...event, kind: "added" } : event);
  }
  return [...found.values()];
}

async function toChanges(
  mailbox: Mailbox,
  events: readonly MessageEvent[],
  deadline: Deadline,
): Promise<EmailChange[]> {
  const toChange = async ({ id, threadId, kind, labelIds }: MessageEvent): Promise<EmailChange> => {
    if (kind === "removed") return { type: "removed", id, threadId };
    const ids = labelIds ?? (await currentLabels(mailbox, id, deadline));
    if (!ids) return { type: "removed", id, threadId };
    const type = kind === "added" ? "added" : "relabelled";
    return { type, id, threadId, labels: await mailbox.labels.names(ids, deadline) };
  };
  return collect(mapInOrder(events, readAhead, toChange));
}

async function currentLabels(mailbox: Mailbox, id: string, deadline: Deadline): Promise<readonly string[] | undefined> {
  const wire = await unlessGone(fetchMessage(mailbox, id, { includeBody: false, bulk: true }, deadline));
  return wire && (wire.labelIds ?? []);
}

async function cursorForNow(mailbox: Mailbox, deadline: Deadline): Promise<string> {
  return cursorTo(mailbox, { since: await readState(mailbox.api, deadline) });
}

function scopeOf(mailbox: Mailbox): string[] {
  return [...mailbox.cursorScope, "getChanges"];
}

function cursorTo(mailbox: Mailbox, { since, pageToken }: HistoryPlace): string {
  return encodeCursor(scopeOf(mailbox), JSON.stringify([since, pageToken]));
}

function readPlace(mailbox: Mailbox, cursor: string): HistoryPlace {
  // As it was written above: decodeCursor knows whose it is.
  const [since, pageToken] = JSON.parse(decodeCursor(scopeOf(mailbox), cursor)) as [string, string | null];
  return { since, ...(pageToken !== null && { pageToken }) };
}
