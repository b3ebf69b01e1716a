import { gmailInvalid } from "../../api-error.js";
import { gmailScopes } from "../../oauth/scopes.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { withoutLabel } from "../filters.js";
import { labelColors } from "../label-colors.js";
import type { LabelFields, StoredLabel } from "../labels.js";
import type { StoredMessage } from "../message.js";
import { base, bodyOf, mailboxOf, modifiers, objectIn, readers, textIn } from "./call.js";

const labelReaders = [...readers, gmailScopes.labels];
const labelWriters = [...modifiers, gmailScopes.labels];

/** Labels and folders. @see https://developers.google.com/workspace/gmail/api/guides/labels */
export const labelRoutes: readonly Route[] = [
  {
    name: "gmail.users.labels.list",
    method: "GET",
    path: `${base}/labels`,
    scopes: labelReaders,
    handle: (call) => ({ json: { labels: mailboxOf(call).labels.all } }),
  },
  {
    name: "gmail.users.labels.get",
    method: "GET",
    path: `${base}/labels/{id}`,
    scopes: labelReaders,
    handle: (call) => ({ json: withCounts(call, mailboxOf(call).labels.get(idOf(call))) }),
  },
  {
    name: "gmail.users.labels.create",
    method: "POST",
    path: `${base}/labels`,
    scopes: labelWriters,
    handle: (call) => ({ json: mailboxOf(call).labels.create(fieldsIn(bodyOf(call))) }),
  },
  {
    name: "gmail.users.labels.update",
    method: "PUT",
    path: `${base}/labels/{id}`,
    scopes: labelWriters,
    handle: (call) => ({ json: mailboxOf(call).labels.replace(idOf(call), fieldsIn(bodyOf(call))) }),
  },
  {
    name: "gmail.users.labels.patch",
    method: "PATCH",
    path: `${base}/labels/{id}`,
    scopes: labelWriters,
    handle: (call) => {
      const { labels } = mailboxOf(call);
      const { id, type, ...existing } = labels.get(idOf(call));
      return { json: labels.replace(id, type === "user" ? fieldsIn({ ...existing, ...bodyOf(call) }) : existing) };
    },
  },
  {
    name: "gmail.users.labels.delete",
    method: "DELETE",
    path: `${base}/labels/{id}`,
    scopes: labelWriters,
    handle: deleteLabel,
  },
];

function idOf({ path }: ApiCall): string {
  return path["id"] ?? "";
}

/** A label is taken off all mails that have it, and no filter gives it any longer. */
function deleteLabel(call: ApiCall): ApiReply {
  const mailbox = mailboxOf(call);
  const id = idOf(call);
  mailbox.labels.delete(id);
  mailbox.settings.filters = withoutLabel(mailbox.settings.filters, id);
  for (const message of mailbox.messages) {
    if (message.labelIds.includes(id)) mailbox.relabel(message, { remove: [id] });
  }
  return {};
}

function withCounts(call: ApiCall, label: StoredLabel): Record<string, unknown> {
  const messages = mailboxOf(call).messages.filter(({ labelIds }) => labelIds.includes(label.id));
  const unread = messages.filter(({ labelIds }) => labelIds.includes("UNREAD"));
  const threads = (of: readonly StoredMessage[]): number => new Set(of.map(({ threadId }) => threadId)).size;
  return {
    ...label,
    messagesTotal: messages.length,
    messagesUnread: unread.length,
    threadsTotal: threads(messages),
    threadsUnread: threads(unread),
  };
}

function fieldsIn(body: Readonly<Record<string, unknown>>): LabelFields {
  const messageListVisibility = oneOf(body, "messageListVisibility", ["show", "hide"]);
  const labelListVisibility = oneOf(body, "labelListVisibility", ["labelShow", "labelShowIfUnread", "labelHide"]);
  const color = colorIn(body);
  return {
    name: textIn(body, "name") ?? "",
    ...(messageListVisibility !== undefined && { messageListVisibility }),
    ...(labelListVisibility !== undefined && { labelListVisibility }),
    ...(color && { color }),
  };
}

function oneOf(body: Readonly<Record<string, unknown>>, name: string, allowed: readonly string[]): string | undefined {
  const value = textIn(body, name);
  if (value === undefined || allowed.includes(value)) return value;
  throw gmailInvalid(`Invalid value at 'label.${name}': "${value}"`);
}

function colorIn(body: Readonly<Record<string, unknown>>): StoredLabel["color"] {
  if (body["color"] === undefined || body["color"] === null) return undefined;
  const color = objectIn(body, "color");
  const [textColor, backgroundColor] = [textIn(color, "textColor"), textIn(color, "backgroundColor")];
  for (const each of [textColor, backgroundColor]) {
    if (each === undefined || !labelColors.has(each)) {
      throw gmailInvalid(`Label color ${each ?? ""} is not on the allowed color palette`);
    }
  }
  return { textColor: textColor ?? "", backgroundColor: backgroundColor ?? "" };
}
