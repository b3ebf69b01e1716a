import { gmailInvalid, gmailNotFound } from "../../api-error.js";
import { gmailScopes } from "../../oauth/scopes.js";
import { pageAfter } from "../../paging.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { sendMessage } from "../delivery.js";
import { shortView } from "../message-view.js";
import type { StoredMessage } from "../message.js";
import { parseMime } from "../mime-tree.js";
import { isOn } from "../query-values.js";
import { searchMessages } from "../search.js";
import { threadOf } from "../threading.js";
import { base, bodyOf, composers, mailboxOf, maxSentBytes, objectIn, textIn } from "./call.js";
import { rawOf, threadIdOf, type MessageInput } from "./message-input.js";
import { pageKey, pageLimits, viewOf } from "./messages-read.js";

const draftReaders = [...composers, gmailScopes.readonly];

/** Drafts. @see https://developers.google.com/workspace/gmail/api/guides/drafts */
export const draftRoutes: readonly Route[] = [
  {
    name: "gmail.users.drafts.list",
    method: "GET",
    path: `${base}/drafts`,
    parameters: ["includeSpamTrash", "maxResults", "pageToken", "q"],
    scopes: draftReaders,
    handle: listDrafts,
  },
  {
    name: "gmail.users.drafts.get",
    method: "GET",
    path: `${base}/drafts/{id}`,
    parameters: ["format"],
    scopes: draftReaders,
    handle: (call) => {
      const { id, message } = draftOf(call, call.path["id"]);
      return { json: { id, message: viewOf(call, message) } };
    },
  },
  {
    name: "gmail.users.drafts.create",
    method: "POST",
    path: `${base}/drafts`,
    maxUploadBytes: maxSentBytes,
    scopes: composers,
    handle: (call) => {
      const message = addDraftMessage(call, objectIn(bodyOf(call), "message"));
      return { json: { id: mailboxOf(call).drafts.put(message), message: shortView(message) } };
    },
  },
  {
    name: "gmail.users.drafts.update",
    method: "PUT",
    path: `${base}/drafts/{id}`,
    maxUploadBytes: maxSentBytes,
    scopes: composers,
    handle: (call) => {
      const { id, message } = draftOf(call, call.path["id"]);
      return { json: { id, message: shortView(replaceContent(call, id, message)) } };
    },
  },
  {
    name: "gmail.users.drafts.delete",
    method: "DELETE",
    path: `${base}/drafts/{id}`,
    scopes: composers,
    handle: (call) => {
      mailboxOf(call).remove(draftOf(call, call.path["id"]).message);
      return {};
    },
  },
  {
    name: "gmail.users.drafts.send",
    method: "POST",
    path: `${base}/drafts/send`,
    maxUploadBytes: maxSentBytes,
    scopes: composers,
    handle: sendDraft,
  },
];

function listDrafts(call: ApiCall): ApiReply {
  const mailbox = mailboxOf(call);
  const filter = {
    query: call.query.get("q") ?? "",
    labelIds: ["DRAFT"],
    includeSpamTrash: isOn(call.query, "includeSpamTrash"),
  };
  const found = searchMessages(mailbox, filter, call.world.clock.now());
  const { items, nextPageToken } = pageAfter(call, found, pageLimits, pageKey);
  const drafts = items.map((message) => ({
    id: mailbox.drafts.idOf(message),
    message: { id: message.id, threadId: message.threadId },
  }));
  return {
    json: {
      ...(drafts.length > 0 && { drafts }),
      ...(nextPageToken !== undefined && { nextPageToken }),
      resultSizeEstimate: found.length,
    },
  };
}

/** Sends a draft, with new content if the call brings some: the draft is gone, and the mail that was sent has an id of its own. */
function sendDraft(call: ApiCall): ApiReply {
  const mailbox = mailboxOf(call);
  const body = bodyOf(call);
  const input = objectIn(body, "message");
  const draftId = textIn(body, "id");
  if (draftId === undefined || draftId === "") throw gmailInvalid("Invalid draft");
  const { message } = draftOf(call, draftId);
  const brings = call.media !== undefined || input["raw"] !== undefined;
  const raw = brings ? rawOf(call, input) : mailbox.read(message).raw;
  const thread = { id: threadIdOf(call, input) ?? message.threadId };
  const sent = sendMessage(call.world, call.user, raw, thread);
  mailbox.remove(message);
  return { json: shortView(sent) };
}

/** A draft's message is never changed: another takes its place. */
function replaceContent(call: ApiCall, draftId: string, old: StoredMessage): StoredMessage {
  const mailbox = mailboxOf(call);
  const message = addDraftMessage(call, objectIn(bodyOf(call), "message"), old.threadId);
  mailbox.drafts.put(message, draftId);
  mailbox.remove(old);
  return message;
}

function addDraftMessage(call: ApiCall, input: MessageInput, oldThreadId?: string): StoredMessage {
  const mailbox = mailboxOf(call);
  const threadId = threadIdOf(call, input) ?? oldThreadId;
  const raw = rawOf(call, input);
  return mailbox.add({
    labelIds: ["DRAFT"],
    threadId: threadId ?? threadOf(mailbox, parseMime(raw)),
    compose: () => raw,
  });
}

/** The draft that an id names. @throws ApiError 404 */
function draftOf(call: ApiCall, id = ""): { id: string; message: StoredMessage } {
  const message = mailboxOf(call).drafts.find(id);
  if (!message) throw gmailNotFound();
  return { id, message };
}
