import { gmailNotFound } from "../../api-error.js";
import { gmailScopes } from "../../oauth/scopes.js";
import { pageAfter } from "../../paging.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { shortView } from "../message-view.js";
import type { StoredMessage } from "../message.js";
import { base, bodyOf, checkedId, mailboxOf, modifiers, readers } from "./call.js";
import { changeLabels, labelChangeIn } from "./message-input.js";
import { listed, listParameters, pageKey, pageLimits, viewOf, viewParameters } from "./messages-read.js";
import { fromTrash, toTrash } from "./messages-write.js";

/** Conversations. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads */
export const threadRoutes: readonly Route[] = [
  {
    name: "gmail.users.threads.list",
    method: "GET",
    path: `${base}/threads`,
    parameters: listParameters,
    scopes: readers,
    handle: listThreads,
  },
  {
    name: "gmail.users.threads.get",
    method: "GET",
    path: `${base}/threads/{id}`,
    parameters: viewParameters,
    scopes: readers,
    handle: (call) => {
      const messages = threadOf(call);
      return { json: { ...threadView(messages), messages: messages.map((message) => viewOf(call, message)) } };
    },
  },
  {
    name: "gmail.users.threads.modify",
    method: "POST",
    path: `${base}/threads/{id}/modify`,
    scopes: modifiers,
    handle: (call) => {
      const messages = threadOf(call);
      changeLabels(mailboxOf(call), messages, labelChangeIn(mailboxOf(call).labels, bodyOf(call)));
      return { json: { ...threadView(messages), messages: messages.map(shortView) } };
    },
  },
  {
    name: "gmail.users.threads.trash",
    method: "POST",
    path: `${base}/threads/{id}/trash`,
    scopes: modifiers,
    handle: (call) => relabelled(call, toTrash),
  },
  {
    name: "gmail.users.threads.untrash",
    method: "POST",
    path: `${base}/threads/{id}/untrash`,
    scopes: modifiers,
    handle: (call) => relabelled(call, fromTrash),
  },
  {
    name: "gmail.users.threads.delete",
    method: "DELETE",
    path: `${base}/threads/{id}`,
    scopes: [gmailScopes.full],
    handle: (call) => {
      for (const message of threadOf(call)) mailboxOf(call).remove(message);
      return {};
    },
  },
];

function listThreads(call: ApiCall): ApiReply {
  const mailbox = mailboxOf(call);
  const newestFound = new Map<string, StoredMessage>();
  for (const message of listed(call)) {
    if (!newestFound.has(message.threadId)) newestFound.set(message.threadId, message);
  }
  const { items, nextPageToken } = pageAfter(call, [...newestFound.values()], pageLimits, pageKey);
  const threads = items.map(({ threadId }) => {
    const messages = mailbox.thread(threadId);
    const newest = messages.at(-1);
    const { id, historyId } = threadView(messages);
    return { id, snippet: newest ? mailbox.read(newest).snippet : "", historyId };
  });
  return {
    json: {
      ...(threads.length > 0 && { threads }),
      ...(nextPageToken !== undefined && { nextPageToken }),
      resultSizeEstimate: newestFound.size,
    },
  };
}

/** The messages of the thread that a call names. @throws ApiError 400 for what is no id, 404 */
function threadOf(call: ApiCall): StoredMessage[] {
  const messages = [...mailboxOf(call).thread(checkedId(call.path["id"] ?? ""))];
  if (messages.length === 0) throw gmailNotFound();
  return messages;
}

function relabelled(call: ApiCall, change: { add?: string[]; remove?: string[] }): ApiReply {
  const messages = threadOf(call);
  for (const message of messages) mailboxOf(call).relabel(message, change);
  return { json: { ...threadView(messages), messages: messages.map(shortView) } };
}

function threadView(messages: readonly StoredMessage[]): { id: string; historyId: string } {
  const lastChange = messages.reduce((last, { historyId }) => (historyId > last ? historyId : last), 0n);
  return { id: messages[0]?.threadId ?? "", historyId: String(lastChange) };
}
