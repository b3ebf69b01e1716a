import type { Deadline } from "../../../core/deadline.js";
import { isIntegrationError } from "../../../core/errors.js";
import { mapInOrder } from "../../../core/map-in-order.js";
import { allItems, collect } from "../../../core/pages.js";
import { htmlToText } from "../../../email/mime/html-text.js";
import type { Email } from "../../../email/models.js";
import type { Query } from "../http.js";
import type { FolderFilter } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import { attachmentsOf, summaryHeaders, textOf, textSections, toEmail } from "./map-email.js";
import { attachment, message, messageList, type WireMessage, type WirePart } from "./wire.js";

/** Which mails to list, in Gmail's terms. */
export interface Selection extends FolderFilter {
  /** In Gmail's search language. */
  readonly search: string;
}

/** One page of message ids. */
export interface IdPage {
  readonly items: readonly string[];
  readonly next: string | undefined;
  readonly estimatedTotal: number | undefined;
}

/** Gmail's longest page of ids. */
export const maxPageSize = 500;
/** Mails that are read ahead of the consumer; how many requests that means at once, the account's limit decides. */
const readAhead = 64;

/** One page of a selection's message ids, newest first. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list */
export async function listPage(
  mailbox: Mailbox,
  selection: Selection,
  page: { token: string | undefined; size: number },
  deadline: Deadline,
): Promise<IdPage> {
  const query: Query = {
    q: selection.search || undefined,
    labelIds: selection.labelIds,
    includeSpamTrash: selection.includeSpamTrash || undefined,
    maxResults: Math.min(page.size, maxPageSize),
    pageToken: page.token,
  };
  const answer = await mailbox.api.call({ path: "/messages", query, answer: messageList }, deadline);
  return {
    items: (answer.messages ?? []).map(({ id }) => id),
    next: answer.nextPageToken,
    estimatedTotal: answer.resultSizeEstimate,
  };
}

/** All mails of a selection, newest first, read side by side and given in order. */
export function readSelection(
  mailbox: Mailbox,
  selection: Selection,
  options: { limit: number; includeBody: boolean },
  deadline: Deadline,
): AsyncGenerator<Email, void, undefined> {
  const size = Math.min(options.limit, maxPageSize);
  const ids = allItems((token) => listPage(mailbox, selection, { token, size }, deadline));
  return readMessages(mailbox, firstOf(ids, options.limit), options.includeBody, deadline);
}

/** The mails of the ids, in their order, less those that were deleted since they were listed. */
export async function* readMessages(
  mailbox: Mailbox,
  ids: AsyncIterable<string>,
  includeBody: boolean,
  deadline: Deadline,
): AsyncGenerator<Email, void, undefined> {
  const read = async (id: string): Promise<Email | undefined> => {
    try {
      return await readMessage(mailbox, id, includeBody, deadline);
    } catch (error) {
      if (isIntegrationError(error, "request.not_found")) return undefined; // gone: no longer part of the list
      throw error;
    }
  };
  for await (const email of mapInOrder(ids, readAhead, read)) if (email) yield email;
}

/** One mail. @throws RequestError `request.not_found` */
export async function readMessage(
  mailbox: Mailbox,
  id: string,
  includeBody: boolean,
  deadline: Deadline,
): Promise<Email> {
  const [wire, headers] = await Promise.all([fetchMessage(mailbox, id, includeBody, deadline), mailbox.headers()]);
  const email = toEmail(wire, await mailbox.labels.names(wire.labelIds ?? [], deadline), headers);
  if (!includeBody) return email;
  const bodies = await readBodies(mailbox, wire, deadline);
  return { ...email, ...bodies, attachments: attachmentsOf(wire.payload) };
}

/** Gmail's own resource of a mail. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/get */
export async function fetchMessage(
  mailbox: Mailbox,
  id: string,
  full: boolean,
  deadline: Deadline,
): Promise<WireMessage> {
  const query: Query = full ? { format: "full" } : { format: "metadata", metadataHeaders: summaryHeaders };
  return mailbox.api.call({ path: `/messages/${encodeURIComponent(id)}`, query, answer: message }, deadline);
}

/** The bytes behind one of Gmail's short-lived attachment ids, in base64url. */
export async function fetchAttachmentData(
  mailbox: Mailbox,
  messageId: string,
  attachmentId: string,
  deadline: Deadline,
): Promise<string> {
  const path = `/messages/${encodeURIComponent(messageId)}/attachments/${encodeURIComponent(attachmentId)}`;
  return (await mailbox.api.call({ path, answer: attachment }, deadline)).data;
}

/** Collects a selection newest first by the time of receipt, which Gmail's own order follows only nearly. */
export async function collectNewestFirst(emails: AsyncIterable<Email>): Promise<Email[]> {
  return (await collect(emails)).sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt));
}

async function readBodies(
  mailbox: Mailbox,
  wire: WireMessage,
  deadline: Deadline,
): Promise<Pick<Email, "bodyText" | "bodyHtml">> {
  const content = async (part: WirePart | undefined): Promise<string | undefined> => {
    if (!part) return undefined;
    // Quirk(google): a large text sits behind an attachment id like a file.
    const id = part.body?.attachmentId;
    const data = part.body?.data ?? (id === undefined ? "" : await fetchAttachmentData(mailbox, wire.id, id, deadline));
    return textOf(part, data);
  };
  const sections = await Promise.all(
    textSections(wire.payload).map(async ({ plain, html }) => ({
      plain: await content(plain),
      html: await content(html),
    })),
  );
  const texts = await Promise.all(sections.map(async ({ plain, html }) => plain ?? (await htmlToText(html ?? ""))));
  const htmls = sections.flatMap(({ html }) => html ?? []);
  return { bodyText: texts.join("\n"), ...(htmls.length > 0 && { bodyHtml: htmls.join("\n") }) };
}

async function* firstOf<T>(items: AsyncIterable<T>, limit: number): AsyncGenerator<T, void, undefined> {
  let count = 0;
  for await (const item of items) {
    yield item;
    count += 1;
    if (count >= limit) return;
  }
}
