import { gmailInvalid } from "../../api-error.js";
import { gmailScopes } from "../../oauth/scopes.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { sendMessage } from "../delivery.js";
import { applyFilters } from "../filters.js";
import { shortView } from "../message-view.js";
import type { StoredMessage } from "../message.js";
import { headerOf, parseMime, type MimePart } from "../mime-tree.js";
import { isOn } from "../query-values.js";
import { threadOf } from "../threading.js";
import { base, bodyOf, checkedId, composers, mailboxOf, maxSentBytes, messageOf, modifiers, textsIn } from "./call.js";
import { changeLabels, labelChangeIn, labelIdsIn, rawOf, threadIdOf } from "./message-input.js";

const { full, modify, insert, send } = gmailScopes;

/** The largest mail that can be put into a mailbox without sending it. */
const maxAddedBytes = 50 * 1024 * 1024;

/** What adds, changes and removes mails. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages */
export const messageWriteRoutes: readonly Route[] = [
  {
    name: "gmail.users.messages.send",
    method: "POST",
    path: `${base}/messages/send`,
    maxUploadBytes: maxSentBytes,
    scopes: [...composers, send],
    handle: (call) => {
      mailboxOf(call);
      const message = bodyOf(call);
      const wanted = threadIdOf(call, message);
      return { json: shortView(sendMessage(call.world, call.user, rawOf(call, message), { wanted })) };
    },
  },
  {
    name: "gmail.users.messages.insert",
    method: "POST",
    path: `${base}/messages`,
    maxUploadBytes: maxAddedBytes,
    parameters: ["deleted", "internalDateSource"],
    scopes: [full, modify, insert],
    handle: (call) => ({ json: shortView(addMessage(call, "receivedTime", false)) }),
  },
  {
    name: "gmail.users.messages.import",
    method: "POST",
    path: `${base}/messages/import`,
    maxUploadBytes: maxAddedBytes,
    parameters: ["deleted", "internalDateSource", "neverMarkSpam", "processForCalendar"],
    scopes: [full, modify, insert],
    handle: (call) => ({ json: shortView(addMessage(call, "dateHeader", true)) }),
  },
  {
    name: "gmail.users.messages.modify",
    method: "POST",
    path: `${base}/messages/{id}/modify`,
    scopes: modifiers,
    handle: (call) => {
      const message = messageOf(call);
      changeLabels(mailboxOf(call), [message], labelChangeIn(mailboxOf(call).labels, bodyOf(call)));
      return { json: shortView(message) };
    },
  },
  {
    name: "gmail.users.messages.trash",
    method: "POST",
    path: `${base}/messages/{id}/trash`,
    scopes: modifiers,
    handle: (call) => relabelled(call, toTrash),
  },
  {
    name: "gmail.users.messages.untrash",
    method: "POST",
    path: `${base}/messages/{id}/untrash`,
    scopes: modifiers,
    handle: (call) => relabelled(call, fromTrash),
  },
  {
    name: "gmail.users.messages.delete",
    method: "DELETE",
    path: `${base}/messages/{id}`,
    scopes: [full],
    handle: (call) => {
      mailboxOf(call).remove(messageOf(call));
      return {};
    },
  },
  {
    name: "gmail.users.messages.batchModify",
    method: "POST",
    path: `${base}/messages/batchModify`,
    scopes: modifiers,
    handle: (call) => {
      const change = labelChangeIn(mailboxOf(call).labels, bodyOf(call));
      changeLabels(mailboxOf(call), namedMessages(call), change);
      return {};
    },
  },
  {
    name: "gmail.users.messages.batchDelete",
    method: "POST",
    path: `${base}/messages/batchDelete`,
    scopes: [full],
    handle: (call) => {
      for (const message of namedMessages(call)) mailboxOf(call).remove(message);
      return {};
    },
  },
];

/** Unsure(google): that a mail leaves the inbox with that, as it does in Gmail's own page, is not documented. */
export const toTrash: { readonly add: string[]; readonly remove: string[] } = { add: ["TRASH"], remove: ["INBOX"] };
/** What takes a mail out of the trash; it does not return to the inbox. */
export const fromTrash: { readonly remove: string[] } = { remove: ["TRASH"] };

function relabelled(call: ApiCall, change: { add?: string[]; remove?: string[] }): ApiReply {
  const message = messageOf(call);
  mailboxOf(call).relabel(message, change);
  return { json: shortView(message) };
}

function addMessage(call: ApiCall, usualSource: string, isFiltered: boolean): StoredMessage {
  const mailbox = mailboxOf(call);
  const input = bodyOf(call);
  const labelIds = labelIdsIn(mailbox.labels, input, "labelIds", ["SENT"]);
  const threadId = threadIdOf(call, input);
  const raw = rawOf(call, input);
  const mime = parseMime(raw);
  const source = (call.query.get("internalDateSource") ?? usualSource).toLowerCase();
  const now = call.world.clock.now();
  const prepared = mailbox.prepare({
    labelIds,
    threadId: threadId ?? threadOf(mailbox, mime),
    internalDate: source === "dateheader" ? dateIn(mime, now) : now,
    compose: () => raw,
  });
  if (isFiltered) applyFilters(mailbox, prepared, now);
  const message = mailbox.keep(prepared);
  // A mail that is deleted from the start is only in Google Vault.
  if (isOn(call.query, "deleted")) mailbox.remove(message);
  return message;
}

function dateIn(mime: MimePart, otherwise: number): number {
  const time = Date.parse(headerOf(mime, "date"));
  return Number.isNaN(time) ? otherwise : time;
}

const maxIds = 1000;

/**
 * The messages that a call for many names; ids of none are passed over: Google promises nothing about them.
 *
 * @throws ApiError 400 for none, too many, and what is no id. Unsure(google): the last, which is as with a single message
 * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/batchDelete
 */
function namedMessages(call: ApiCall): StoredMessage[] {
  const mailbox = mailboxOf(call);
  const ids = textsIn(bodyOf(call), "ids");
  if (ids.length === 0) throw gmailInvalid("No message ids specified.");
  // Quirk(google): the words are these. https://github.com/bzz/scholar-alert-digest/issues/75
  if (ids.length > maxIds) throw gmailInvalid(`Number of ids cannot exceed ${maxIds}`);
  return [...new Set(ids.map(checkedId))].flatMap((id) => mailbox.find(id) ?? []);
}
