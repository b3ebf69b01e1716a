import type { Deadline } from "../../../core/deadline.js";
import { integrationError, isIntegrationError } from "../../../core/errors.js";
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
export async function* readSelection(
  mailbox: Mailbox,
  selection: Selection,
  options: { limit: number; includeBody: boolean },
  deadline: Deadline,
): AsyncGenerator<Email, void, undefined> {
  const { limit } = options;
  const ids = allItems((token) => listPage(mailbox, selection, { token, size: limit }, deadline), limit);
  let missing = limit;
  // What was deleted since it was listed does not count: more is read in its place.
  while (missing > 0) {
    const wanted = missing;
    let taken = 0;
    const next = firstOf(ids, wanted, () => (taken += 1));
    for await (const email of readMessages(mailbox, next, options.includeBody, deadline)) {
      missing -= 1;
      yield email;
    }
    if (taken < wanted) return;
  }
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
  const bodies = await readBodies(mailbox, wire, deadline).catch(async (error: unknown) => {
    if (!isIntegrationError(error, "request.not_found")) throw error;
    return readBodiesAnew(mailbox, id, deadline);
  });
  return { ...email, ...bodies, attachments: attachmentsOf(wire.payload) };
}

/** A text's id died before it was used, or the mail is gone: then it is not found here. */
async function readBodiesAnew(mailbox: Mailbox, id: string, deadline: Deadline): Promise<Bodies> {
  const wire = await fetchMessage(mailbox, id, true, deadline);
  return readBodies(mailbox, wire, deadline).catch((cause: unknown) => {
    if (!isIntegrationError(cause, "request.not_found")) throw cause;
    throw integrationError("connection.unavailable", {
      message: "Gmail lists a part of the mail that it does not hand out.",
      details: { messageId: id },
      cause,
    });
  });
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

type Bodies = Pick<Email, "bodyText" | "bodyHtml">;

async function readBodies(mailbox: Mailbox, wire: WireMessage, deadline: Deadline): Promise<Bodies> {
  const content = async (part: WirePart): Promise<string> => {
    // Quirk(google): a large text sits behind an attachment id like a file.
    const id = part.body?.attachmentId;
    const data = part.body?.data ?? (id === undefined ? "" : await fetchAttachmentData(mailbox, wire.id, id, deadline));
    return textOf(part, data);
  };
  const sections = await Promise.all(
    textSections(wire.payload).map(async ({ plain, html }) => ({
      plain: await Promise.all(plain.map(content)),
      html: await Promise.all(html.map(content)),
    })),
  );
  const texts = await Promise.all(
    sections.flatMap(({ plain, html }) =>
      plain.length > 0 ? plain.map((text) => Promise.resolve(text)) : html.map(htmlToText),
    ),
  );
  const htmls = sections.flatMap(({ html }) => html);
  return { bodyText: texts.join("\n"), ...(htmls.length > 0 && { bodyHtml: htmls.join("\n") }) };
}

/** The next `limit` items of a sequence, which stays open for more. */
async function* firstOf<T>(
  items: AsyncGenerator<T, void, undefined>,
  limit: number,
  taken: () => void,
): AsyncGenerator<T, void, undefined> {
  for (let count = 0; count < limit; count += 1) {
    const next = await items.next();
    if (next.done) return;
    taken();
    yield next.value;
  }
}
