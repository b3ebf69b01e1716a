import { randomBytes } from "node:crypto";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { mapInOrder } from "../../../core/map-in-order.js";
import { collect } from "../../../core/pages.js";
import { payloadHash, writePreview, type WritePreview } from "../../../core/write-preview.js";
import type { WriteOptions } from "../../../core/write-options.js";
import type { Email, EmailAddress } from "../../../email/models.js";
import type { SearchOptions, SendOptions } from "../../../email/options.js";
import type { EmailDraft, EmailDraftPage, OutgoingEmail, SendResult } from "../../../email/outgoing.js";
import { requireWritable } from "../access.js";
import { unlessGone } from "./gone.js";
import { uploadBody } from "./mail-upload.js";
import type { Mailbox } from "./mailbox.js";
import { readMessage } from "./messages.js";
import { pageOf } from "./paging.js";
import { cost } from "./quota.js";
import { named, previewOf, readyMail, sendOwnDraft, sentDraftBefore, type ReadyMail } from "./sending.js";
import { draft, draftList, nothing, type WireDraft } from "./wire.js";

const readAhead = 32;

/** Keeps a mail as a draft. */
export async function createDraft(
  mailbox: Mailbox,
  message: OutgoingEmail,
  { dryRun = false }: WriteOptions,
  deadline: Deadline,
): Promise<EmailDraft | WritePreview> {
  requireWritable(mailbox);
  const ready = await readyMail(await mailbox.identity(deadline), message);
  if (dryRun) return previewOf(ready, true);
  return putDraft(mailbox, ready, { method: "POST", path: "/drafts", cost: cost["drafts.create"] }, deadline);
}

/** Puts another mail in a draft's place. */
export async function updateDraft(
  mailbox: Mailbox,
  id: string,
  message: OutgoingEmail,
  { dryRun = false }: WriteOptions,
  deadline: Deadline,
): Promise<EmailDraft | WritePreview> {
  requireWritable(mailbox);
  const [known, identity] = await Promise.all([findDraft(mailbox, id, deadline), mailbox.identity(deadline)]);
  // What it answers stays what it answers.
  const { inReplyTo, references } = await readMessage(mailbox, known.message.id, false, deadline);
  const ready = await readyMail(identity, message, { threadId: known.message.threadId, inReplyTo, references });
  if (dryRun) {
    const preview = previewOf(ready, true);
    // What stands in its place by now is another one's to replace.
    return { ...preview, payloadHash: payloadHash(["update", id, known.message.id, preview.payloadHash]) };
  }
  const path = draftPath(id);
  return putDraft(mailbox, ready, { method: "PUT", path, cost: cost["drafts.update"], repeatable: true }, deadline);
}

/** One page of drafts, the newest first. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/list */
export async function listDrafts(
  mailbox: Mailbox,
  options: SearchOptions,
  deadline: Deadline,
): Promise<EmailDraftPage> {
  const { token, size, cursorTo } = await pageOf(mailbox, "listDrafts", "", options, deadline);
  const query = { maxResults: size, pageToken: token };
  const page = await mailbox.api.call(
    { path: "/drafts", query, cost: cost["drafts.list"], answer: draftList },
    deadline,
  );
  const read = async ({ id, message }: WireDraft): Promise<EmailDraft | undefined> => {
    const email = await unlessGone(readMessage(mailbox, message.id, options.includeBody ?? false, deadline));
    return email && { id, email };
  };
  const found = await collect(mapInOrder(page.drafts ?? [], readAhead, read));
  return { drafts: found.filter((each) => each !== undefined), ...cursorTo(page.nextPageToken) };
}

/** Sends a draft as it is, once. */
export async function sendDraft(
  mailbox: Mailbox,
  id: string,
  options: SendOptions,
  deadline: Deadline,
): Promise<SendResult | WritePreview> {
  requireWritable(mailbox);
  const before = await sentDraftBefore(mailbox, id, options, deadline);
  if (before) return before;
  const known = await findDraft(mailbox, id, deadline);
  const email = await readMessage(mailbox, known.message.id, true, deadline);
  const people = addressesOf([...email.to, ...email.cc, ...email.bcc]);
  if (people.length === 0) {
    throw integrationError("request.invalid", {
      message: "The draft names nobody to send it to.",
      hint: "Give it at least one address with updateDraft.",
      details: { field: "to" },
    });
  }
  if (options.dryRun === true) {
    return writePreview(email.from?.address ?? mailbox.account, {
      ...{ recipients: people, notified: people, reversible: false },
      answersTo: addressesOf(email.replyTo),
      diff: described(email),
      payload: ["send", id, known.message.id],
    });
  }
  const placed = { draftId: id, threadId: known.message.threadId, rfcMessageId: email.messageId ?? "" };
  return sendOwnDraft(mailbox, placed, options, deadline);
}

/** All that a draft says: whoever lets it be sent has nothing else to see it by. */
function described({ to, cc, bcc, replyTo, subject, bodyText = "", bodyHtml, attachments = [] }: Email): string[] {
  return [
    ...named("To", to),
    ...named("Cc", cc),
    ...named("Bcc", bcc),
    ...named("Reply-To", replyTo),
    `Subject: ${subject}`,
    ...attachments.map(({ filename, sizeBytes }) => `Attachment: ${filename}, ${sizeBytes} bytes`),
    `Text: ${bodyText}`,
    ...(bodyHtml === undefined ? [] : [`HTML: ${bodyHtml}`]),
  ];
}

function addressesOf(people: readonly EmailAddress[]): string[] {
  return people.map(({ address }) => address);
}

/** Deletes a draft for good: drafts know no trash. */
export async function deleteDraft(
  mailbox: Mailbox,
  id: string,
  { dryRun = false }: WriteOptions,
  deadline: Deadline,
): Promise<WritePreview | undefined> {
  requireWritable(mailbox);
  if (dryRun) {
    const { message } = await findDraft(mailbox, id, deadline);
    const { subject } = await readMessage(mailbox, message.id, false, deadline);
    const payload = ["delete", id, message.id];
    return writePreview(mailbox.account, { diff: [`- Draft: ${subject}`], reversible: false, payload });
  }
  await mailbox.api.call(
    { method: "DELETE", path: draftPath(id), cost: cost["drafts.delete"], answer: nothing },
    deadline,
  );
  return undefined;
}

async function putDraft(
  mailbox: Mailbox,
  { content, threadId }: ReadyMail,
  call: { method: "POST" | "PUT"; path: string; cost: readonly number[]; repeatable?: boolean },
  deadline: Deadline,
): Promise<EmailDraft> {
  const messageId = content.messageId(randomBytes(16).toString("hex"));
  const composed = content.compose({ messageId, date: new Date(mailbox.clock.now()) });
  const media = uploadBody(composed, { message: threadId === undefined ? {} : { threadId } });
  const made = await mailbox.api.upload(
    { ...call, query: { uploadType: "multipart" }, media, answer: draft },
    deadline,
  );
  return { id: made.id, email: await readMessage(mailbox, made.message.id, true, deadline) };
}

async function findDraft({ api }: Mailbox, id: string, deadline: Deadline): Promise<WireDraft> {
  const query = { format: "minimal" };
  return api.call({ path: draftPath(id), query, cost: cost["drafts.get"], answer: draft }, deadline);
}

function draftPath(id: string): string {
  return `/drafts/${encodeURIComponent(id)}`;
}
