import type { Deadline } from "../../../core/deadline.js";
import { isIntegrationError } from "../../../core/errors.js";
import type { GoogleApi } from "../http.js";
import { cost } from "./quota.js";
import { historyList, profile, type WireHistory, type WireHistoryMessage } from "./wire.js";

/** One page of what happened in a mailbox. */
export interface HistoryPage {
  readonly records: readonly WireHistory[];
  readonly next: string | undefined;
  /** The mailbox's state at the time of the answer. */
  readonly historyId: string;
}

/** Where to read on: after that state, on that page of it. */
export interface HistoryPlace {
  readonly since: string;
  readonly pageToken?: string | undefined;
}

const longestPage = 500;

/** The mailbox's state now. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile */
export async function readState(api: GoogleApi, deadline: Deadline): Promise<string> {
  return (await api.call({ path: "/profile", cost: cost.getProfile, answer: profile }, deadline)).historyId;
}

/**
 * What happened after a state, oldest first.
 *
 * @returns undefined when Gmail does not know that state any more
 * @see https://developers.google.com/workspace/gmail/api/guides/sync
 */
export async function readHistory(
  api: GoogleApi,
  { since, pageToken }: HistoryPlace,
  deadline: Deadline,
): Promise<HistoryPage | undefined> {
  try {
    const query = { startHistoryId: since, maxResults: longestPage, pageToken };
    const page = await api.call({ path: "/history", query, cost: cost["history.list"], answer: historyList }, deadline);
    return { records: page.history ?? [], next: page.nextPageToken, historyId: page.historyId };
  } catch (error) {
    // Quirk(google): a state that is too old is not found; so is a page of it that expired on the way, or is invalid.
    if (isIntegrationError(error, "request.not_found")) return undefined;
    if (pageToken !== undefined && isIntegrationError(error, "request.invalid")) return undefined;
    throw error;
  }
}

/** What happened to one message. */
export interface MessageEvent {
  readonly id: string;
  readonly threadId: string;
  readonly kind: "added" | "removed" | "labelled" | "unlabelled";
  /** Its labels afterwards, where Gmail tells them. */
  readonly labelIds: readonly string[] | undefined;
  /** The labels that it got or lost. */
  readonly changed: readonly string[];
}

/** The events of a record. Gmail puts what happened at once into one, so what is gone at its end comes last. */
export function eventsOf(record: WireHistory): MessageEvent[] {
  const of =
    (kind: MessageEvent["kind"]) =>
    ({ message, labelIds }: WireHistoryMessage): MessageEvent => ({
      id: message.id,
      threadId: message.threadId,
      kind,
      labelIds: message.labelIds,
      changed: labelIds ?? [],
    });
  return [
    ...(record.messagesAdded ?? []).map(of("added")),
    ...(record.labelsAdded ?? []).map(of("labelled")),
    ...(record.labelsRemoved ?? []).map(of("unlabelled")),
    ...(record.messagesDeleted ?? []).map(of("removed")),
  ];
}
