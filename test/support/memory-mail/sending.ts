import { createHash, randomBytes } from "node:crypto";
import { integrationError } from "maigic-integrations";
import {
  composeMail,
  forwardedTexts,
  forwardSubject,
  prepareMail,
  recipientsOf,
  referencesTo,
  replyPeople,
  replySubject,
  requireMessage,
  requireRecipients,
  requireReply,
  sendOnce,
  settleSend,
  type EmailDraft,
  type EmailSender,
  type LooseMethods,
  type MailContent,
  type MailPlace,
  type Outbox,
  type OutgoingEmail,
  type PreparedMail,
  type SendOptions,
  type SendPorts,
  type SendResult,
  type WritePreview,
} from "maigic-integrations/email";
import type { Kept } from "./mailbox.js";
import { missing, pageOf, preview, type MemoryService } from "./service.js";

const maxBytes = 10 * 1024 * 1024;

interface Ready {
  readonly mail: PreparedMail;
  readonly content: MailContent;
}

/** What is sent, and what is kept to be sent. */
export function memorySender(service: MemoryService): EmailSender {
  const { calls } = service;
  const write = <T>(work: () => T): T => {
    service.requireWritable();
    return work();
  };
  const methods = {
    sendEmail: (message, o = {}) =>
      calls.run("sendEmail", o, ({ signal }) =>
        write(async () => send(service, await prepare(service, requireMessage(message)), o, signal)),
      ),
    replyToEmail: (id, message, o = {}) =>
      calls.run("replyToEmail", o, ({ signal }) =>
        write(async () => send(service, await reply(service, id, requireReply(message), o.all ?? false), o, signal)),
      ),
    forwardEmail: (id, message, o = {}) =>
      calls.run("forwardEmail", o, ({ signal }) =>
        write(async () => send(service, await forward(service, id, requireReply(message)), o, signal)),
      ),
    settleSend: (sendId, o = {}) => calls.run("settleSend", o, ({ signal }) => settle(service, sendId, signal)),
    createDraft: (message, o = {}) =>
      calls.run("createDraft", o, () =>
        write(() => putDraft(service, requireMessage(message), o.dryRun, randomBytes(8).toString("hex"))),
      ),
    updateDraft: (id, message, o = {}) =>
      calls.run("updateDraft", o, () =>
        write(() => putDraft(service, requireMessage(message), o.dryRun, draftOf(service, id).id)),
      ),
    listDrafts: (o = {}) =>
      calls.run("listDrafts", o, async () => {
        const { items, next } = pageOf(await service.inFolder("drafts"), ["drafts"], o);
        const { mailbox } = service.account;
        return {
          drafts: items.map((kept) => ({ id: kept.id, email: mailbox.toEmail(kept, o.includeBody ?? false) })),
          ...next,
        };
      }),
    sendDraft: (id, o = {}) =>
      calls.run("sendDraft", o, ({ signal }) => write(() => sendDraft(service, id, o.idempotencyKey, signal))),
    deleteDraft: (id, o = {}) =>
      calls.run("deleteDraft", o, () =>
        write(() => {
          const draft = draftOf(service, id);
          if (!o.dryRun) service.account.mailbox.remove(draft);
          return Promise.resolve(o.dryRun ? preview(service.account.address) : undefined);
        }),
      ),
  } satisfies LooseMethods<EmailSender>;
  return methods as EmailSender; // whether a preview comes back, the options decide
}

async function prepare(
  { account }: MemoryService,
  message: OutgoingEmail,
  place: Partial<MailPlace> = {},
): Promise<Ready> {
  const { address, alias } = account;
  const asked = await prepareMail({ to: message.from ?? address }, { from: { address } }, maxBytes);
  const from = asked.to.find((each) => [address, alias].includes(each.address));
  if (!from) throw integrationError("request.invalid");
  const mail = await prepareMail(message, { ...place, from }, maxBytes);
  return { mail, content: await composeMail(mail, maxBytes) };
}

function reply(service: MemoryService, id: string, message: OutgoingEmail, all: boolean): Promise<Ready> {
  const { address, alias, mailbox } = service.account;
  const kept = service.find(id);
  const email = mailbox.toEmail(kept, true);
  const header = (name: string): string | undefined =>
    kept.mail.headers.find((each) => each.name.toLowerCase() === name)?.value;
  const { to, cc } = replyPeople({ email, header, addresses: () => [] }, new Set([address, alias]), all);
  const from = [...email.to, ...email.cc].some((each) => each.address === alias) ? alias : address;
  const place = { inReplyTo: email.messageId, references: referencesTo(email) };
  return prepare(service, { from, ...message, to, cc, subject: replySubject(email.subject) }, place);
}

function forward(service: MemoryService, id: string, message: OutgoingEmail): Promise<Ready> {
  const kept = service.find(id);
  const email = service.account.mailbox.toEmail(kept, true);
  const attachments = kept.mail.attachments.map(({ filename, content }) => ({ filename, content }));
  return prepare(service, {
    ...message,
    ...forwardedTexts(email, message),
    subject: forwardSubject(email.subject),
    attachments,
  });
}

async function send(
  service: MemoryService,
  { mail, content }: Ready,
  { dryRun, idempotencyKey: key }: SendOptions,
  signal: AbortSignal,
): Promise<SendResult | WritePreview> {
  requireRecipients(mail);
  const { payloadHash } = content;
  const recipients = recipientsOf(mail);
  if (dryRun) return preview(mail.from.address, { recipients, diff: [`Subject: ${mail.subject}`], payloadHash });
  const sendId = sendIdOf(key);
  const rfcMessageId = content.messageId(sendId.slice(0, 32));
  const draft = { raw: await bytesOf(service, content, rfcMessageId), id: randomBytes(8).toString("hex") };
  return sendOnce(portsOf(service, draft), { sendId, key, payloadHash, rfcMessageId, signal });
}

async function sendDraft(
  service: MemoryService,
  id: string,
  key: string | undefined,
  signal: AbortSignal,
): Promise<SendResult> {
  const sendId = sendIdOf(key);
  if (await service.account.journal.read(sendId)) return settle(service, sendId, signal);
  const draft = draftOf(service, id);
  const { messageId: rfcMessageId = "" } = draft.mail;
  if (recipientsOf(draft.mail).length === 0) throw integrationError("request.invalid");
  const ownDraft = { draftId: draft.id, threadId: draft.threadId };
  const sending = { sendId, key, payloadHash: draft.id, rfcMessageId, ownDraft, signal };
  return sendOnce(portsOf(service, undefined), sending);
}

function settle(service: MemoryService, sendId: string, signal: AbortSignal): Promise<SendResult> {
  return settleSend(portsOf(service, undefined), { sendId, signal });
}

function portsOf(service: MemoryService, mail: Parameters<typeof outbox>[1]): SendPorts {
  const { journal, clock } = service.account;
  return { journal, outbox: outbox(service, mail), clock };
}

/** The account as what mails are sent by. */
function outbox({ account }: MemoryService, mail: { raw: Uint8Array; id: string } | undefined): Outbox {
  const { mailbox, clock } = account;
  const nowMs = (): number => clock.now();
  const named = (messageId: string, folder: string): Kept | undefined =>
    [...mailbox.mails.values()].find((each) => each.folder === folder && each.mail.messageId === messageId);
  return {
    async createDraft() {
      if (!mail) return missing();
      const kept = await mailbox.add(mail.raw, { folder: "drafts", unread: false, nowMs: nowMs(), id: mail.id });
      return { draftId: kept.id, threadId: kept.threadId };
    },
    findDraft(rfcMessageId) {
      const kept = named(rfcMessageId, "drafts");
      return Promise.resolve(kept && { draftId: kept.id, threadId: kept.threadId });
    },
    async sendDraft(draftId) {
      const draft = mailbox.mails.get(draftId) ?? missing();
      const sent = await account.deliver(draft.raw, recipientsOf(draft.mail), () => {
        mailbox.remove(draft);
        return mailbox.add(draft.raw, { folder: "sent", unread: false, nowMs: nowMs() });
      });
      return { messageId: sent.id, threadId: sent.threadId };
    },
    look(entry) {
      if (mailbox.mails.get(entry.draftId ?? "")?.folder === "drafts") return Promise.resolve({ found: "draft" });
      const sent = named(entry.rfcMessageId, "sent");
      if (!sent) return Promise.resolve({ found: "nothing" });
      return Promise.resolve({ found: "sent", messageId: sent.id, threadId: sent.threadId });
    },
    discardDraft(draftId) {
      mailbox.remove(mailbox.mails.get(draftId) ?? missing());
      return Promise.resolve();
    },
  };
}

async function putDraft(
  service: MemoryService,
  message: OutgoingEmail,
  dryRun: boolean | undefined,
  id: string,
): Promise<EmailDraft | WritePreview> {
  const { mailbox, address, clock } = service.account;
  const { mail, content } = await prepare(service, message);
  if (dryRun) return preview(address, { recipients: recipientsOf(mail), notified: [], reversible: true });
  const raw = await bytesOf(service, content, content.messageId(randomBytes(16).toString("hex")));
  const kept = await mailbox.add(raw, { folder: "drafts", unread: false, nowMs: clock.now(), id });
  return { id: kept.id, email: mailbox.toEmail(kept, true) };
}

function draftOf(service: MemoryService, id: string): Kept {
  const kept = service.find(id);
  return kept.folder === "drafts" ? kept : missing();
}

async function bytesOf({ account }: MemoryService, content: MailContent, messageId: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const date = new Date(account.clock.now());
  for await (const chunk of content.compose({ messageId, date }).open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sendIdOf(key: string | undefined): string {
  if (key === undefined) return randomBytes(20).toString("hex");
  return createHash("sha256").update(key).digest("hex").slice(0, 40);
}
