import { ApiError, gmailInvalid } from "../../api-error.js";
import { pageAfter } from "../../paging.js";
import { gmailScopes } from "../../oauth/scopes.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import type { StoredMessage } from "../message.js";
import { findAttachment, showMessage, type MessageFormat } from "../message-view.js";
import { isOn } from "../query-values.js";
import { searchMessages } from "../search.js";
import { base, contentReaders, mailboxOf, messageOf, readers } from "./call.js";

/** Parameters of all lists of mails. */
export const listParameters: readonly string[] = ["includeSpamTrash", "labelIds", "maxResults", "pageToken", "q"];
/** Parameters of all that shows mails. */
export const viewParameters: readonly string[] = ["format", "metadataHeaders"];
/** How many a page of mails, threads, drafts or changes has. */
export const pageLimits: { readonly usual: number; readonly most: number } = { usual: 100, most: 500 };

/** What reads mails. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages */
export const messageReadRoutes: readonly Route[] = [
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
    handle: (call) => ({ json: viewOf(call, messageOf(call)) }),
  },
  {
    name: "gmail.users.messages.attachments.get",
    method: "GET",
    path: `${base}/messages/{messageId}/attachments/{id}`,
    scopes: contentReaders,
    handle: getAttachment,
  },
];

function listMessages(call: ApiCall): ApiReply {
  const found = listed(call);
  const { items, nextPageToken } = pageAfter(call, found, pageLimits, pageKey);
  return {
    json: {
      ...(items.length > 0 && { messages: items.map(({ id, threadId }) => ({ id, threadId })) }),
      ...(nextPageToken !== undefined && { nextPageToken }),
      resultSizeEstimate: found.length,
    },
  };
}

/** The mails that a list's parameters ask for, newest first. @throws ApiError 403, 400 */
export function listed(call: ApiCall): readonly StoredMessage[] {
  const mailbox = mailboxOf(call);
  const query = call.query.get("q") ?? "";
  if (call.query.has("q") && seesMetadataOnly(call)) {
    throw new ApiError({ code: 403, reason: "forbidden", message: "Metadata scope does not support 'q' parameter" });
  }
  const labelIds = call.query.getAll("labelIds");
  for (const id of labelIds) if (!mailbox.labels.has(id)) throw gmailInvalid(`Invalid label: ${id}`);
  const includeSpamTrash = isOn(call.query, "includeSpamTrash");
  return searchMessages(mailbox, { query, labelIds, includeSpamTrash }, call.world.clock.now());
}

/** Where a mail stands in lists: growing from the newest to the oldest, whatever comes and goes. */
export function pageKey({ internalDate, arrival }: StoredMessage): string {
  return `${String(9e15 - internalDate).padStart(16, "0")}${String(9e15 - arrival).padStart(16, "0")}`;
}

/** A mail as a call wants it shown. @throws ApiError 400 for an unknown form, 403 for one that its scopes do not allow */
export function viewOf(call: ApiCall, message: StoredMessage): Record<string, unknown> {
  const options = { metadataHeaders: call.query.getAll("metadataHeaders"), now: call.world.clock.now() };
  return showMessage(message, mailboxOf(call).read(message), formatOf(call), options);
}

function formatOf(call: ApiCall): MessageFormat {
  const format = (call.query.get("format")?.toLowerCase() ?? "full") as MessageFormat; // checked with the others
  if (!seesMetadataOnly(call) || format === "metadata" || format === "minimal") return format;
  throw new ApiError({
    code: 403,
    reason: "forbidden",
    message: `Metadata scope doesn't allow format ${format.toUpperCase()}`,
  });
}

/** Quirk(google): a token with the least scope may not see more, whatever else it may. https://github.com/googleapis/google-api-python-client/issues/582 */
function seesMetadataOnly({ scopes }: ApiCall): boolean {
  return scopes.has(gmailScopes.metadata);
}

function getAttachment(call: ApiCall): ApiReply {
  const message = messageOf(call, "messageId");
  const { mime } = mailboxOf(call).read(message);
  const content = findAttachment(message, mime, call.path["id"] ?? "", call.world.clock.now());
  if (!content) throw gmailInvalid("Invalid attachment token");
  return { json: { size: content.length, data: content.toString("base64url") } };
}
