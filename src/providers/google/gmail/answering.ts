import type { Deadline } from "../../../core/deadline.js";
import type { WritePreview } from "../../../core/write-preview.js";
import type { Email, EmailAddress } from "../../../email/models.js";
import { addressList } from "../../../email/compose/addresses.js";
import { tooLarge } from "../../../email/compose/files.js";
import { forwardedTexts } from "../../../email/forward.js";
import type { ReplyOptions, SendOptions } from "../../../email/options.js";
import type { OutgoingAttachment, OutgoingEmail, ReplyEmail, SendResult } from "../../../email/outgoing.js";
import { forwardSubject, referencesTo, replyPeople, replySubject, type AnsweredMail } from "../../../email/reply.js";
import { requireWritable } from "../access.js";
import { openAttachment } from "./attachments.js";
import type { SenderIdentity } from "./identity.js";
import type { Mailbox } from "./mailbox.js";
import { headerOf } from "./map-email.js";
import { fetchMessage, readWire, toEmail } from "./messages.js";
import { maxMailBytes, readyMail, sendReady } from "./sending.js";

/** Answers a mail in its conversation. */
export async function replyToEmail(
  mailbox: Mailbox,
  id: string,
  message: ReplyEmail,
  options: ReplyOptions,
  deadline: Deadline,
): Promise<SendResult | WritePreview> {
  requireWritable(mailbox);
  const [mail, identity] = await Promise.all([readAnswered(mailbox, id, false, deadline), mailbox.identity(deadline)]);
  const { to, cc } = replyPeople(mail, identity.own, options.all ?? false);
  const answer: OutgoingEmail = {
    ...message,
    from: message.from ?? addressedAs(mail.email, identity),
    to: [...to, ...addressList(message.to)],
    cc: [...cc, ...addressList(message.cc)],
    subject: replySubject(mail.email.subject),
  };
  const conversation = {
    threadId: mail.email.threadId,
    inReplyTo: mail.email.messageId,
    references: referencesTo(mail.email),
  };
  return sendReady(mailbox, await readyMail(identity, answer, conversation), options, deadline);
}

/** Passes a mail on, with its files. */
export async function forwardEmail(
  mailbox: Mailbox,
  id: string,
  message: ReplyEmail,
  options: SendOptions,
  deadline: Deadline,
): Promise<SendResult | WritePreview> {
  requireWritable(mailbox);
  const [{ email }, identity] = await Promise.all([
    readAnswered(mailbox, id, true, deadline),
    mailbox.identity(deadline),
  ]);
  const forwarded: OutgoingEmail = {
    ...message,
    ...forwardedTexts(email, message),
    subject: forwardSubject(email.subject),
    attachments: [...(await filesOf(mailbox, email, deadline)), ...(message.attachments ?? [])],
  };
  const ready = await readyMail(identity, forwarded);
  const done = await sendReady(mailbox, ready, options, deadline);
  // What is passed on stands nowhere else for whoever decides.
  return "diff" in done ? { ...done, diff: [...done.diff, `Text: ${ready.mail.text}`] } : done;
}

async function readAnswered(mailbox: Mailbox, id: string, full: boolean, deadline: Deadline): Promise<AnsweredMail> {
  const wire = await fetchMessage(mailbox, id, { includeBody: true, bulk: false }, deadline);
  const [read, reader] = await Promise.all([readWire(mailbox, wire, full, deadline), mailbox.headers()]);
  return {
    email: await toEmail(mailbox, read, full, deadline),
    header: headerOf(wire.payload),
    addresses: (value) => reader.addresses(value),
  };
}

/** Who was written to under an alias answers under it. */
function addressedAs({ to, cc }: Email, { addresses, main }: SenderIdentity): EmailAddress {
  const asked = new Set([...to, ...cc].map(({ address }) => address.toLowerCase()));
  return addresses.find(({ address }) => asked.has(address.toLowerCase())) ?? main;
}

/** The files of a mail, read one after the other: they are sent as they are. */
async function filesOf(mailbox: Mailbox, email: Email, deadline: Deadline): Promise<OutgoingAttachment[]> {
  const files: OutgoingAttachment[] = [];
  let left = maxMailBytes;
  for (const { id, filename, mimeType, contentId, inline, sizeBytes } of email.attachments ?? []) {
    left -= sizeBytes;
    if (left < 0) throw tooLarge(maxMailBytes); // before anything of it is read in vain
    const chunks: Uint8Array[] = [];
    for await (const chunk of await openAttachment(mailbox, email.id, id, deadline)) chunks.push(chunk);
    files.push({
      content: Buffer.concat(chunks),
      filename,
      mimeType,
      ...(inline && contentId !== undefined && { contentId }),
    });
  }
  return files;
}
