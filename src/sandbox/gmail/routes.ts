import { ApiError, gmailNotFound, invalidParameter } from "../api-error.js";
import { gmailScopes } from "../oauth/scopes.js";
import { pageOf } from "../paging.js";
import type { ApiCall, ApiReply, Route } from "../routes.js";
import type { Mailbox, StoredMessage } from "./mailbox.js";
import { findAttachment, showMessage, type MessageFormat } from "./message-view.js";
import { matches, namesFolder } from "./search-match.js";
import { parseSearch } from "./search-parse.js";

const { full, modify, readonly, metadata, labels: labelScope, compose } = gmailScopes;
const readers = [full, modify, readonly, metadata];
const contentReaders = [full, modify, readonly];

const listParameters = ["includeSpamTrash", "labelIds", "maxResults", "pageToken", "q"];
const viewParameters = ["format", "metadataHeaders"];

const base = "/gmail/v1/users/{userId}";

/** The methods of Gmail that the sandbox serves. @see https://developers.google.com/workspace/gmail/api/reference/rest */
export const gmailRoutes: readonly Route[] = [
  {
    name: "gmail.users.getProfile",
    method: "GET",
    path: `${base}/profile`,
    scopes: [...readers, compose],
    handle: (call) => ({ json: profileOf(mailboxOf(call)) }),
  },
  {
    name: "gmail.users.messages.list",
    method: "GET",
    path: `${base}/messages`,
    parameters: listParameters,
    scopes: readers,
    handle: listMessages,
  },
  {
    name: "gmail.users.messages.get",
    method: "GET",
    path: `${base}/messages/{id}`,
    parameters: viewParameters,
    scopes: readers,
    handle: getMessage,
  },
  {
    name: "gmail.users.messages.attachments.get",
    method: "GET",
    path: `${base}/messages/{messageId}/attachments/{id}`,
    scopes: contentReaders,
    handle: getAttachment,
  },
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
    handle: getThread,
  },
  {
    name: "gmail.users.labels.list",
    method: "GET",
    path: `${base}/labels`,
    scopes: [...readers, labelScope],
    handle: (call) => ({
      json: { labels: mailboxOf(call).labels.map(({ id, name, type }) => ({ id, name, type, ...visibility(type) })) },
    }),
  },
  {
    name: "gmail.users.labels.get",
    method: "GET",
    path: `${base}/labels/{id}`,
    scopes: [...readers, labelScope],
    handle: getLabel,
  },
];

/** The mailbox that a call names: one's own, by `me` or by address. */
function mailboxOf({ path, user }: ApiCall): Mailbox {
  const asked = (path["userId"] ?? "").toLowerCase();
  if (asked === "me" || asked === user.email) return user.mailbox;
  throw new ApiError({ code: 403, reason: "forbidden", message: `Delegation denied for ${user.email}` });
}

function listMessages(call: ApiCall): ApiReply {
  const found = search(call);
  const { items, nextPageToken } = pageOf(call.query, found, { usual: 100, most: 500 });
  return {
    json: {
      ...(items.length > 0 && { messages: items.map(({ id, threadId }) => ({ id, threadId })) }),
      ...(nextPageToken !== undefined && { nextPageToken }),
      resultSizeEstimate: found.length,
    },
  };
}

function listThreads(call: ApiCall): ApiReply {
  const mailbox = mailboxOf(call);
  const threadIds = [...new Set(search(call).map(({ threadId }) => threadId))];
  const { items, nextPageToken } = pageOf(call.query, threadIds, { usual: 100, most: 500 });
  const threads = items.map((id) => {
    const newest = mailbox.thread(id).at(-1);
    return { id, snippet: newest?.snippet ?? "", historyId: String(newest?.historyId ?? mailbox.historyId) };
  });
  return {
    json: {
      ...(threads.length > 0 && { threads }),
      ...(nextPageToken !== undefined && { nextPageToken }),
      resultSizeEstimate: threadIds.length,
    },
  };
}

function search(call: ApiCall): StoredMessage[] {
  const mailbox = mailboxOf(call);
  const query = call.query.get("q") ?? "";
  if (query !== "" && !contentReaders.some((scope) => call.scopes.has(scope))) {
    throw new ApiError({ code: 403, reason: "forbidden", message: "Metadata scope does not support 'q' parameter" });
  }
  const labelIds = call.query.getAll("labelIds");
  for (const id of labelIds) {
    if (!mailbox.labels.some((label) => label.id === id)) throw invalidParameter(`Invalid label: ${id}`);
  }
  const term = parseSearch(query);
  const everywhere =
    call.query.get("includeSpamTrash") === "true" ||
    namesFolder(term) ||
    labelIds.some((id) => id === "SPAM" || id === "TRASH");
  const scope = { mailbox, now: call.world.clock.now() };
  return mailbox.messages.filter(
    (message) =>
      (everywhere || !(message.labelIds.has("SPAM") || message.labelIds.has("TRASH"))) &&
      labelIds.every((id) => message.labelIds.has(id)) &&
      (query === "" || matches(message, term, scope)),
  );
}

function getMessage(call: ApiCall): ApiReply {
  const message = mailboxOf(call).find(call.path["id"] ?? "");
  if (!message) throw gmailNotFound();
  return { json: showMessage(message, formatOf(call), viewOptions(call)) };
}

function getThread(call: ApiCall): ApiReply {
  const id = call.path["id"] ?? "";
  const messages = mailboxOf(call).thread(id);
  const newest = messages.at(-1);
  if (!newest) throw gmailNotFound();
  const shown = messages.map((message) => showMessage(message, formatOf(call), viewOptions(call)));
  return { json: { id, historyId: String(newest.historyId), messages: shown } };
}

function getAttachment(call: ApiCall): ApiReply {
  const message = mailboxOf(call).find(call.path["messageId"] ?? "");
  if (!message) throw gmailNotFound();
  const content = findAttachment(message, call.path["id"] ?? "", call.world.clock.now());
  if (!content) throw invalidParameter("Invalid attachment token");
  return { json: { size: content.length, data: content.toString("base64url") } };
}

function getLabel(call: ApiCall): ApiReply {
  const mailbox = mailboxOf(call);
  const label = mailbox.labels.find(({ id }) => id === call.path["id"]);
  if (!label) throw gmailNotFound();
  const messages = mailbox.messages.filter(({ labelIds }) => labelIds.has(label.id));
  const unread = messages.filter(({ labelIds }) => labelIds.has("UNREAD"));
  const threads = (of: readonly StoredMessage[]): number => new Set(of.map(({ threadId }) => threadId)).size;
  return {
    json: {
      ...label,
      ...visibility(label.type),
      messagesTotal: messages.length,
      messagesUnread: unread.length,
      threadsTotal: threads(messages),
      threadsUnread: threads(unread),
    },
  };
}

function profileOf(mailbox: Mailbox): unknown {
  return {
    emailAddress: mailbox.address,
    messagesTotal: mailbox.messages.length,
    threadsTotal: new Set(mailbox.messages.map(({ threadId }) => threadId)).size,
    historyId: String(mailbox.historyId),
  };
}

function formatOf(call: ApiCall): MessageFormat {
  const format = call.query.get("format") ?? "full";
  if (format !== "full" && format !== "metadata" && format !== "minimal" && format !== "raw") {
    throw invalidParameter(`Invalid value at 'format': "${format}"`, "format");
  }
  if ((format === "full" || format === "raw") && !contentReaders.some((scope) => call.scopes.has(scope))) {
    throw new ApiError({
      code: 403,
      reason: "forbidden",
      message: `Metadata scope doesn't allow format ${format.toUpperCase()}`,
    });
  }
  return format;
}

function viewOptions(call: ApiCall): { metadataHeaders: string[]; now: number } {
  return { metadataHeaders: call.query.getAll("metadataHeaders"), now: call.world.clock.now() };
}

function visibility(type: string): object {
  return type === "user" ? { messageListVisibility: "show", labelListVisibility: "labelShow" } : {};
}
