import { randomBytes } from "node:crypto";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { payloadHash, type WritePreview } from "../../../core/write-preview.js";
import { loadAddressReader } from "../../../email/compose/addresses.js";
import { composeMail, type MailContent } from "../../../email/compose/compose.js";
import { prepareMail, recipientsOf, requireRecipients, type PreparedMail } from "../../../email/compose/prepare.js";
import type { EmailAddress } from "../../../email/models.js";
import type { SendOptions } from "../../../email/options.js";
import type { OutgoingEmail, SendResult } from "../../../email/outgoing.js";
import { sendOnce, settleSend as settle, type PlacedDraft, type SendPorts } from "../../../email/sending/send-once.js";
import { requireWritable } from "../access.js";
import { requireOwn, type SenderIdentity } from "./identity.js";
import type { Mailbox } from "./mailbox.js";
import { gmailOutbox, type OutboxMail } from "./outbox.js";

/** What Gmail takes, as it travels. @see https://developers.google.com/workspace/gmail/api/guides/uploads */
export const maxMailBytes: number = 35 * 1024 * 1024;

/** A mail that is complete, and the conversation that it belongs to. */
export interface ReadyMail {
  readonly mail: PreparedMail;
  readonly content: MailContent;
  readonly threadId: string | undefined;
}

/** Where a mail belongs that answers another. */
export interface Conversation {
  readonly threadId: string;
  readonly inReplyTo?: string | undefined;
  readonly references: readonly string[];
}

/** Sends a mail of its own, or tells what would be sent. */
export async function sendEmail(
  mailbox: Mailbox,
  message: OutgoingEmail,
  options: SendOptions,
  deadline: Deadline,
): Promise<SendResult | WritePreview> {
  requireWritable(mailbox);
  const identity = await mailbox.identity(deadline);
  return sendReady(mailbox, await readyMail(identity, message), options, deadline);
}

/** Checks and composes a mail. @throws RequestError `request.invalid`, `request.too_large` */
export async function readyMail(
  identity: SenderIdentity,
  message: OutgoingEmail,
  conversation?: Conversation,
): Promise<ReadyMail> {
  const { threadId, ...place } = conversation ?? { threadId: undefined };
  const from = message.from === undefined ? identity.main : await ownSender(identity, message.from);
  const mail = await prepareMail(message, { ...place, from }, maxMailBytes);
  return { mail, content: await composeMail(mail, maxMailBytes), threadId };
}

async function ownSender(
  identity: SenderIdentity,
  from: NonNullable<OutgoingEmail["from"]>,
): Promise<PreparedMail["from"]> {
  return requireOwn(identity, (await loadAddressReader()).one("from", from));
}

/** Sends a mail once, or tells what would be sent. */
export async function sendReady(
  mailbox: Mailbox,
  ready: ReadyMail,
  { dryRun = false, idempotencyKey }: SendOptions,
  deadline: Deadline,
): Promise<SendResult | WritePreview> {
  const { mail, content, threadId } = ready;
  requireRecipients(mail);
  if (dryRun) return previewOf(ready, false);
  const sendId = sendIdOf(mailbox, idempotencyKey);
  const date = new Date(mailbox.clock.now());
  const compose = (messageId: string): ReturnType<MailContent["compose"]> => content.compose({ messageId, date });
  return sendOnce(await portsOf(mailbox, { compose, threadId }, deadline), {
    sendId,
    key: idempotencyKey,
    payloadHash: content.payloadHash,
    rfcMessageId: content.messageId(sendId.slice(0, 32)),
    signal: deadline.signal,
  });
}

/** Sends a draft once, as it is. */
export async function sendOwnDraft(
  mailbox: Mailbox,
  draft: PlacedDraft & { readonly rfcMessageId: string },
  { idempotencyKey }: SendOptions,
  deadline: Deadline,
): Promise<SendResult> {
  return sendOnce(await portsOf(mailbox, undefined, deadline), {
    sendId: sendIdOf(mailbox, idempotencyKey),
    key: idempotencyKey,
    payloadHash: draftHash(draft.draftId),
    rfcMessageId: draft.rfcMessageId,
    ownDraft: draft,
    signal: deadline.signal,
  });
}

/** What became of a draft that was sent with a key before, if it was: then it may be gone. */
export async function sentDraftBefore(
  mailbox: Mailbox,
  draftId: string,
  { idempotencyKey }: SendOptions,
  deadline: Deadline,
): Promise<SendResult | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const journal = await mailbox.journal();
  const entry = await journal.read(sendIdOf(mailbox, idempotencyKey));
  if (!entry || entry.payloadHash !== draftHash(draftId) || entry.state === "intended") return undefined;
  const result = await settleSend(mailbox, entry.sendId, deadline);
  return result.outcome === "not_sent" ? undefined : result;
}

/** Looks again what became of a mail. */
export async function settleSend(mailbox: Mailbox, sendId: string, deadline: Deadline): Promise<SendResult> {
  return settle(await portsOf(mailbox, undefined, deadline), { sendId, signal: deadline.signal });
}

/** A line of a preview that names people by their addresses; none for nobody. */
export function named(name: string, people: readonly EmailAddress[]): string[] {
  return people.length === 0 ? [] : [`${name}: ${people.map(({ address }) => address).join(", ")}`];
}

/** What a mail would be, for whom. */
export function previewOf({ mail, content }: ReadyMail, isDraft: boolean): WritePreview {
  const recipients = recipientsOf(mail);
  return {
    account: mail.from.address,
    recipients,
    notified: isDraft ? [] : recipients,
    ...(mail.replyTo.length > 0 && { answersTo: mail.replyTo.map(({ address }) => address) }),
    occurrences: 1,
    diff: [
      ...named("From", [mail.from]),
      ...named("To", mail.to),
      ...named("Cc", mail.cc),
      ...named("Bcc", mail.bcc),
      ...named("Reply-To", mail.replyTo),
      `Subject: ${mail.subject}`,
      ...mail.files.map(({ filename }) => `Attachment: ${filename}`),
      `Text: ${mail.text.length} characters`,
    ],
    reversible: isDraft,
    payloadHash: content.payloadHash,
  };
}

async function portsOf(mailbox: Mailbox, mail: OutboxMail | undefined, deadline: Deadline): Promise<SendPorts> {
  return { journal: await mailbox.journal(), outbox: gmailOutbox(mailbox, mail, deadline), clock: mailbox.clock };
}

/** The same key of the same profile is the same sending; without one each is its own. */
function sendIdOf({ profile }: Mailbox, key: string | undefined): string {
  if (key === undefined) return randomBytes(20).toString("hex");
  if (key.length >= 1 && key.length <= 200) {
    return payloadHash([...profile, key]).slice(0, 40);
  }
  throw integrationError("request.invalid", {
    message: "An idempotency key has 1 to 200 characters.",
    hint: "Give something that names this sending, such as the id of the task that it belongs to.",
    details: { field: "idempotencyKey" },
  });
}

function draftHash(draftId: string): string {
  return payloadHash(["draft", draftId]);
}
