import { createHash, randomBytes } from "node:crypto";
import { integrationError, type Clock } from "maigic-integrations";
import {
  composeMail,
  createEmailCalls,
  forwardedTexts,
  forwardSubject,
  messageIdOf,
  prepareMail,
  readSearch,
  recipientsOf,
  referencesTo,
  replyPeople,
  replySubject,
  requireMessage,
  requireRecipients,
  requireReply,
  requireUpdate,
  saveFile,
  sendOnce,
  settleSend,
  toThread,
  type BatchOutcome,
  type BatchResult,
  type EmailClient,
  type EmailQuery,
  type EmailUpdate,
  type MailPlace,
  type OutgoingEmail,
  type Outbox,
  type SearchInput,
  type SendEntry,
  type SendJournal,
  type SendOptions,
  type WritePreview,
} from "maigic-integrations/email";
import { folderId, matcher, namesFolder, unsupported } from "./match.js";
import type { Kept, MemoryMailbox } from "./mailbox.js";

/** What several clients of an account share. */
export interface MemoryAccount {
  readonly address: string;
  readonly alias: string;
  readonly mailbox: MemoryMailbox;
  readonly journal: SendJournal;
  readonly clock: Clock;
  /** Hands a mail to those whom it is for, or fails as a test wants it to. */
  readonly deliver: (raw: Uint8Array, recipients: readonly string[], keep: () => Promise<Kept>) => Promise<Kept>;
}

const maxBytes = 10 * 1024 * 1024;
const service = "memory_mail";

/** A mailbox in memory: folders without labels, and nothing that is important. */
export function createMemoryClient(account: MemoryAccount, access: "read" | "full"): EmailClient {
  const { mailbox, clock, address, alias, journal } = account;
  const calls = createEmailCalls({ service, userId: "default", clock });
  const run: typeof calls.run = (...call) => calls.run(...call);
  const find = (id: unknown): Kept => {
    if (typeof id !== "string" || !/^[\w-]+$/.test(id)) throw integrationError("request.invalid");
    return mailbox.mails.get(id) ?? missing();
  };
  const writable = (): void => {
    if (access === "read") throw integrationError("request.forbidden");
  };
  const search = async (input: SearchInput | EmailQuery): Promise<Kept[]> => {
    const query = typeof input === "object" && "kind" in input ? input : await readSearch(input, clock, "UTC");
    const fits = matcher(query, mailbox, clock.now());
    const everywhere = namesFolder(query);
    return [...mailbox.mails.values()]
      .filter((kept) => (everywhere || kept.folder !== "trash") && fits(kept))
      .sort((a, b) => b.receivedAtMs - a.receivedAtMs);
  };
  const inFolder = async (folder = "inbox", days?: number): Promise<Kept[]> => {
    const since = days === undefined ? 0 : clock.now() - days * 86_400_000;
    return (await search({ kind: "folder", value: folder })).filter(({ receivedAtMs }) => receivedAtMs >= since);
  };
  const page = <T>(
    items: readonly T[],
    scope: unknown,
    { limit = 50, cursor }: { limit?: number; cursor?: string },
  ) => {
    const owner = JSON.stringify(scope);
    const [known, from = 0] = cursor === undefined ? [owner] : readCursor(cursor);
    if (known !== owner) throw integrationError("request.invalid");
    const end = from + limit;
    return {
      items: items.slice(from, end),
      ...(end < items.length && { cursor: Buffer.from(JSON.stringify([owner, end])).toString("base64url") }),
    };
  };
  const count = (limit: number | undefined): number | undefined => {
    if (limit !== undefined && !(limit >= 1)) throw integrationError("request.invalid");
    return limit;
  };
  const outbox = (mail: { raw: Uint8Array; id: string } | undefined): Outbox => ({
    createDraft: async () => {
      const kept = await mailbox.add(mail?.raw ?? missing(), {
        folder: "drafts",
        unread: false,
        nowMs: clock.now(),
        id: mail?.id ?? "",
      });
      return { draftId: kept.id, threadId: kept.threadId };
    },
    findDraft: (rfcMessageId) => Promise.resolve(named(rfcMessageId, "drafts")),
    sendDraft: async (draftId) => {
      const draft = mailbox.mails.get(draftId) ?? missing();
      const { to, cc, bcc } = draft.mail;
      const sent = await account.deliver(draft.raw, recipientsOf({ to, cc, bcc }), () => {
        mailbox.remove(draft);
        return mailbox.add(draft.raw, { folder: "sent", unread: false, nowMs: clock.now() });
      });
      return { messageId: sent.id, threadId: sent.threadId };
    },
    look: (entry: SendEntry) => {
      if (mailbox.mails.get(entry.draftId ?? "")?.folder === "drafts") return Promise.resolve({ found: "draft" });
      const sent = [...mailbox.mails.values()].find(
        ({ mail: { messageId }, folder }) => folder === "sent" && messageId === entry.rfcMessageId,
      );
      if (!sent) return Promise.resolve({ found: "nothing" });
      return Promise.resolve({ found: "sent", messageId: sent.id, threadId: sent.threadId });
    },
    discardDraft: (draftId) => {
      mailbox.remove(mailbox.mails.get(draftId) ?? missing());
      return Promise.resolve();
    },
  });
  const named = (messageId: string, folder: string) => {
    const kept = [...mailbox.mails.values()].find(
      (each) => each.folder === folder && each.mail.messageId === messageId,
    );
    return kept && { draftId: kept.id, threadId: kept.threadId };
  };
  const prepare = async (message: OutgoingEmail, place: Partial<MailPlace> = {}) => {
    const asked = await prepareMail({ to: message.from ?? address }, { from: { address } }, maxBytes);
    const from = asked.to.find((each) => [address, alias].includes(each.address));
    if (!from) throw integrationError("request.invalid");
    const mail = await prepareMail(message, { ...place, from }, maxBytes);
    return { mail, content: await composeMail(mail, "memory.example", maxBytes) };
  };
  const bytes = async (
    content: Awaited<ReturnType<typeof prepare>>["content"],
    messageId: string,
  ): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = [];
    const date = new Date(clock.now());
    for await (const chunk of content.compose({ messageId, date }).open()) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const send = async (
    ready: Awaited<ReturnType<typeof prepare>>,
    { dryRun, idempotencyKey: key }: SendOptions,
    signal: AbortSignal,
  ) => {
    requireRecipients(ready.mail);
    if (dryRun)
      return preview(
        ready.mail.from.address,
        recipientsOf(ready.mail),
        [`Subject: ${ready.mail.subject}`],
        ready.content.payloadHash,
      );
    const sendId =
      key === undefined ? randomBytes(20).toString("hex") : createHash("sha256").update(key).digest("hex").slice(0, 40);
    const rfcMessageId = messageIdOf(sendId.slice(0, 32), "memory.example");
    const draft = { raw: await bytes(ready.content, rfcMessageId), id: randomBytes(8).toString("hex") };
    return sendOnce(journal, outbox(draft), clock, {
      sendId,
      key,
      payloadHash: ready.content.payloadHash,
      rfcMessageId,
      signal,
    });
  };
  const draftOf = (id: unknown): Kept => {
    const kept = find(id);
    return kept.folder === "drafts" ? kept : missing();
  };
  const putDraft = async (message: OutgoingEmail, dryRun: boolean | undefined, id: string) => {
    const { mail, content } = await prepare(message);
    if (dryRun)
      return preview(address, recipientsOf(mail), [], content.payloadHash, { notified: [], reversible: true });
    const raw = await bytes(content, messageIdOf(randomBytes(16).toString("hex"), "memory.example"));
    const kept = await mailbox.add(raw, { folder: "drafts", unread: false, nowMs: clock.now(), id });
    return { id: kept.id, email: mailbox.toEmail(kept, true) };
  };
  const many = (
    ids: readonly string[],
    dryRun: boolean | undefined,
    work: (kept: Kept) => void,
    reversible = true,
  ): BatchResult | WritePreview => {
    for (const id of ids) if (!/^[\w-]+$/.test(id)) throw integrationError("request.invalid");
    if (dryRun) return { ...preview(address, [], [], "", { reversible }), occurrences: ids.length };
    const outcomes = ids.map((id): BatchOutcome => {
      const kept = mailbox.mails.get(id);
      if (kept) work(kept);
      return kept ? { id, done: true } : { id, done: false, error: integrationError("request.not_found").toJSON() };
    });
    const done = outcomes.filter((outcome) => outcome.done).length;
    return { outcomes, done, failed: outcomes.length - done };
  };
  const update = (changes: EmailUpdate): ((kept: Kept) => void) => {
    const { addLabels, removeLabels, important, folder, read, starred } = requireUpdate(changes);
    if (addLabels ?? removeLabels) throw unsupported("labels");
    if (important !== undefined) throw unsupported("importance");
    if (folder === undefined && read === undefined && starred === undefined) throw integrationError("request.invalid");
    const target = folder === undefined ? undefined : folderId(mailbox, folder);
    return (kept) =>
      mailbox.change(kept, {
        ...(target !== undefined && { folder: target }),
        ...(read !== undefined && { unread: !read }),
        ...(starred !== undefined && { starred }),
      });
  };
  const folderFacts = (id: string) => {
    const inside = [...mailbox.mails.values()].filter(({ folder }) => folder === id);
    const name = mailbox.folders.get(id) ?? id;
    return {
      id,
      name,
      kind: id === name ? ("system" as const) : ("label" as const),
      totalMessages: inside.length,
      unreadMessages: inside.filter(({ unread }) => unread).length,
    };
  };
  const ownFolder = (id: string): string => {
    const known = folderId(mailbox, id);
    if (known === mailbox.folders.get(known)) throw integrationError("request.forbidden");
    return known;
  };
  const setFolder = (id: string, name: string, dryRun: boolean | undefined) => {
    if ([...mailbox.folders.values()].some((each) => each.toLowerCase() === name.toLowerCase()))
      throw integrationError("request.conflict");
    if (dryRun) return preview(address, [], [`+ ${name}`], "");
    mailbox.folders.set(id, name);
    return folderFacts(id);
  };
  const answered = (kept: Kept) => ({
    email: mailbox.toEmail(kept, true),
    header: (name: string) => kept.mail.headers.find((header) => header.name.toLowerCase() === name)?.value,
    addresses: () => [],
  });
  const attachment = (messageId: string, attachmentId: string) =>
    find(messageId).mail.attachments.find(({ id }) => id === attachmentId) ?? missing();
  const close = async (): Promise<void> => {
    calls.end();
    await Promise.resolve();
  };
  const client = {
    ...{ service, userId: "default", close, [Symbol.asyncDispose]: close },
    connect: (o = {}) => run("connect", o, () => Promise.resolve()),
    getRecentEmails: (o = {}) =>
      run("getRecentEmails", o, async () => {
        const days = o.days ?? (o.count === undefined ? 7 : undefined);
        return (await inFolder(o.folder, days))
          .slice(0, count(o.count))
          .map((kept) => mailbox.toEmail(kept, o.includeBody ?? false));
      }),
    getEmails: (o = {}) =>
      run("getEmails", o, async ({ signal }) => {
        const kept = (await inFolder(o.folder, o.sinceDays)).slice(0, count(o.limit));
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        return kept.map((each) => mailbox.toEmail(each, o.includeBody ?? false));
      }),
    searchEmails: (query, o = {}) =>
      run("searchEmails", o, async () => {
        const { items, ...next } = page(await search(query), [query], o);
        return { emails: items.map((kept) => mailbox.toEmail(kept, o.includeBody ?? false)), ...next };
      }),
    iterateEmails: (query, o = {}) =>
      calls.stream("iterateEmails", o, async function* () {
        for (const kept of await search(query)) yield mailbox.toEmail(kept, o.includeBody ?? false);
      }),
    getEmail: (id, o = {}) =>
      run("getEmail", o, async () => mailbox.toEmail(await Promise.resolve(find(id)), o.includeBody ?? true)),
    getThread: (id, o = {}) => run("getThread", o, () => Promise.resolve(threadOf(id, o.includeBody ?? true))),
    listThreads: (query = "in:inbox", o = {}) =>
      run("listThreads", o, async () => {
        const ids = [...new Set((await search(query)).map(({ threadId }) => threadId))];
        const { items, ...next } = page(ids, ["threads", query], o);
        return { threads: items.map((id) => threadOf(id, o.includeBody ?? false)), ...next };
      }),
    getAccountInfo: (o = {}) =>
      run("getAccountInfo", o, () => {
        const mails = [...mailbox.mails.values()];
        return Promise.resolve({
          address,
          unreadCount: folderFacts("inbox").unreadMessages,
          totalMessages: mails.length,
          totalThreads: new Set(mails.map(({ threadId }) => threadId)).size,
          folders: [...mailbox.folders.keys()].map(folderFacts),
        });
      }),
    listFolders: (o = {}) => run("listFolders", o, () => Promise.resolve([...mailbox.folders.keys()].map(folderFacts))),
    downloadAttachment: (messageId, attachmentId, o = {}) =>
      calls.open("downloadAttachment", o, () => Promise.resolve(chunks(attachment(messageId, attachmentId).content))),
    saveAttachment: (messageId, attachmentId, directory, o = {}) =>
      run("saveAttachment", o, () => {
        const { filename, content } = attachment(messageId, attachmentId);
        return saveFile(directory, filename, chunks(content));
      }),
    getChanges: (cursor, o = {}) =>
      run("getChanges", o, () => {
        const now = `state-${mailbox.state}`;
        if (cursor === undefined) return Promise.resolve({ changes: [], cursor: now, hasMore: false, reset: false });
        const state = /^state-(\d+)$/.exec(cursor)?.[1];
        if (state === undefined) throw integrationError("request.invalid");
        const changes = mailbox.since(Number(state));
        return Promise.resolve({ changes: changes ?? [], cursor: now, hasMore: false, reset: changes === undefined });
      }),
    sendEmail: (message, o = {}) =>
      run("sendEmail", o, async ({ signal }) => {
        writable();
        return send(await prepare(requireMessage(message)), o, signal);
      }),
    replyToEmail: (id, message, o = {}) =>
      run("replyToEmail", o, async ({ signal }) => {
        writable();
        const { email, ...rest } = answered(find(id));
        const { to, cc } = replyPeople({ email, ...rest }, new Set([address, alias]), o.all ?? false);
        const from = [...email.to, ...email.cc].some((each) => each.address === alias) ? alias : address;
        const subject = replySubject(email.subject);
        const place = { inReplyTo: email.messageId, references: referencesTo(email) };
        return send(await prepare({ from, ...requireReply(message), to, cc, subject }, place), o, signal);
      }),
    forwardEmail: (id, message, o = {}) =>
      run("forwardEmail", o, async ({ signal }) => {
        writable();
        const kept = find(id);
        const email = mailbox.toEmail(kept, true);
        const forwarded = {
          ...requireReply(message),
          ...forwardedTexts(email, message),
          subject: forwardSubject(email.subject),
        };
        return send(
          await prepare({
            ...forwarded,
            attachments: kept.mail.attachments.map(({ filename, content }) => ({ filename, content })),
          }),
          o,
          signal,
        );
      }),
    settleSend: (sendId, o = {}) =>
      run("settleSend", o, ({ signal }) => settleSend(journal, outbox(undefined), clock, { sendId, signal })),
    createDraft: (message, o = {}) =>
      run("createDraft", o, () => {
        writable();
        return putDraft(requireMessage(message), o.dryRun, randomBytes(8).toString("hex"));
      }),
    updateDraft: (id, message, o = {}) =>
      run("updateDraft", o, () => {
        writable();
        return putDraft(requireMessage(message), o.dryRun, draftOf(id).id);
      }),
    listDrafts: (o = {}) =>
      run("listDrafts", o, async () => {
        const { items, ...next } = page(await inFolder("drafts"), ["drafts"], o);
        return {
          drafts: items.map((kept) => ({ id: kept.id, email: mailbox.toEmail(kept, o.includeBody ?? false) })),
          ...next,
        };
      }),
    sendDraft: (id, o = {}) =>
      run("sendDraft", o, async ({ signal }) => {
        writable();
        const sendId = createHash("sha256")
          .update(o.idempotencyKey ?? randomBytes(8))
          .digest("hex")
          .slice(0, 40);
        if (await journal.read(sendId)) return settleSend(journal, outbox(undefined), clock, { sendId, signal });
        const draft = draftOf(id);
        const { to, cc, bcc, messageId: rfcMessageId = "" } = draft.mail;
        if (recipientsOf({ to, cc, bcc }).length === 0) throw integrationError("request.invalid");
        const ownDraft = { draftId: draft.id, threadId: draft.threadId };
        return sendOnce(journal, outbox(undefined), clock, {
          sendId,
          key: o.idempotencyKey,
          payloadHash: draft.id,
          rfcMessageId,
          ownDraft,
          signal,
        });
      }),
    deleteDraft: (id, o = {}) =>
      run("deleteDraft", o, () => {
        writable();
        const draft = draftOf(id);
        if (!o.dryRun) mailbox.remove(draft);
        return Promise.resolve(o.dryRun ? preview(address, [], [], "") : undefined);
      }),
    updateEmails: (ids, changes, o = {}) =>
      run("updateEmails", o, () => {
        writable();
        return Promise.resolve(many(ids, o.dryRun, update(changes)));
      }),
    trashEmails: (ids, o = {}) =>
      run("trashEmails", o, () => {
        writable();
        return Promise.resolve(many(ids, o.dryRun, update({ folder: "trash" })));
      }),
    untrashEmails: (ids, o = {}) =>
      run("untrashEmails", o, () => {
        writable();
        return Promise.resolve(many(ids, o.dryRun, update({ folder: "archive" })));
      }),
    deleteEmails: (ids, o = {}) =>
      run("deleteEmails", o, () => {
        writable();
        return Promise.resolve(many(ids, o.dryRun, (kept) => mailbox.remove(kept), false));
      }),
    createFolder: (name, o = {}) =>
      run("createFolder", o, () => {
        writable();
        return Promise.resolve(setFolder(randomBytes(8).toString("hex"), name, o.dryRun));
      }),
    renameFolder: (id, name, o = {}) =>
      run("renameFolder", o, () => {
        writable();
        return Promise.resolve(setFolder(ownFolder(id), name, o.dryRun));
      }),
    deleteFolder: (id, o = {}) =>
      run("deleteFolder", o, () => {
        writable();
        const known = ownFolder(id);
        if (o.dryRun === true) return Promise.resolve(preview(address, [], [], ""));
        for (const kept of mailbox.mails.values())
          if (kept.folder === known) mailbox.change(kept, { folder: "archive" });
        return Promise.resolve(void mailbox.folders.delete(known));
      }),
  } satisfies Loose;
  const threadOf = (id: string, includeBody: boolean) => {
    const kept = [...mailbox.mails.values()].filter(({ threadId }) => threadId === id);
    if (kept.length === 0) missing();
    return toThread(
      id,
      kept.map((each) => mailbox.toEmail(each, includeBody)),
    );
  };
  return client as unknown as EmailClient; // whether a preview comes back, the options decide
}

/** The contract's methods with what they take last; what they give is told by its overloads. */
type Loose = {
  [Name in keyof EmailClient]: EmailClient[Name] extends (...input: infer Input) => Promise<unknown>
    ? (...input: Input) => Promise<unknown>
    : EmailClient[Name];
};

function preview(
  account: string,
  recipients: string[],
  diff: string[],
  payloadHash: string,
  more: Partial<WritePreview> = {},
): WritePreview {
  return { account, recipients, notified: recipients, occurrences: 1, diff, reversible: false, payloadHash, ...more };
}

function missing(): never {
  throw integrationError("request.not_found");
}

function readCursor(cursor: string): [string, number] {
  return JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string, number];
}

async function* chunks(content: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield await Promise.resolve(content);
}
