import { gmailInvalid } from "../../api-error.js";
import { pageAfter } from "../../paging.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import type { Change, HistoryKind } from "../history.js";
import { shortView } from "../message-view.js";
import { base, mailboxOf, readers } from "./call.js";
import { pageLimits } from "./messages-read.js";

/** What changed. @see https://developers.google.com/workspace/gmail/api/guides/sync */
export const historyRoutes: readonly Route[] = [
  {
    name: "gmail.users.history.list",
    method: "GET",
    path: `${base}/history`,
    parameters: ["historyTypes", "labelId", "maxResults", "pageToken", "startHistoryId"],
    scopes: readers,
    handle: listHistory,
  },
];

/** By what a client asks for, in lower case. */
const kinds: ReadonlyMap<string, HistoryKind> = new Map([
  ["messageadded", "messagesAdded"],
  ["messagedeleted", "messagesDeleted"],
  ["labeladded", "labelsAdded"],
  ["labelremoved", "labelsRemoved"],
]);

function listHistory(call: ApiCall): ApiReply {
  const { history } = mailboxOf(call);
  const wanted = wantedKinds(call.query);
  const labelId = call.query.get("labelId");
  const changes = history
    .since(startOf(call.query))
    .filter(({ kind }) => wanted.has(kind))
    .filter(({ labelsAfter, labelIds }) => labelId === null || [...labelsAfter, ...labelIds].includes(labelId));
  const { items, nextPageToken } = pageAfter(call, byHistoryId(changes), pageLimits, ([id]) =>
    String(id).padStart(20, "0"),
  );
  return {
    json: {
      ...(items.length > 0 && { history: items.map(([id, changed]) => recordView(id, changed)) }),
      ...(nextPageToken !== undefined && { nextPageToken }),
      historyId: String(history.current),
    },
  };
}

function startOf(query: URLSearchParams): bigint {
  const text = query.get("startHistoryId");
  if (text === null) throw gmailInvalid("Missing required parameter: startHistoryId");
  return BigInt(text);
}

function wantedKinds(query: URLSearchParams): ReadonlySet<HistoryKind> {
  const asked = query.getAll("historyTypes").flatMap((text) => text.split(","));
  if (asked.length === 0) return new Set(kinds.values());
  return new Set(asked.flatMap((text) => kinds.get(text.toLowerCase()) ?? []));
}

function byHistoryId(changes: readonly Change[]): [bigint, Change[]][] {
  const records = new Map<bigint, Change[]>();
  for (const change of changes) records.set(change.historyId, [...(records.get(change.historyId) ?? []), change]);
  return [...records];
}

function recordView(id: bigint, changes: readonly Change[]): Record<string, unknown> {
  const messages = new Map(changes.map(({ message: { id, threadId } }) => [id, { id, threadId }]));
  const record: Record<string, unknown> = { id: String(id), messages: [...messages.values()] };
  for (const { kind, message, labelsAfter, labelIds } of changes) {
    const shown = { message: shortView({ id: message.id, threadId: message.threadId, labelIds: labelsAfter }) };
    record[kind] = [kind.startsWith("labels") ? { ...shown, labelIds } : shown];
  }
  return record;
}
