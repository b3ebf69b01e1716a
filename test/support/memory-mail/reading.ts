import { integrationError } from "maigic-integrations";
import { saveFile, toThread, type EmailFolder, type EmailReader, type EmailThread } from "maigic-integrations/email";
import { missing, pageOf, type MemoryService } from "./service.js";

/** What is read. */
export function memoryReader(service: MemoryService): EmailReader {
  const { calls, account } = service;
  const { mailbox, address } = account;
  const threadOf = (id: string, includeBody: boolean): EmailThread => {
    const kept = [...mailbox.mails.values()].filter(({ threadId }) => threadId === id);
    return kept.length === 0
      ? missing()
      : toThread(
          id,
          kept.map((each) => mailbox.toEmail(each, includeBody)),
        );
  };
  const attachment = (messageId: string, attachmentId: string) =>
    service.find(messageId).mail.attachments.find(({ id }) => id === attachmentId) ?? missing();
  const folders = (): EmailFolder[] => [...mailbox.folders.keys()].map((id) => mailbox.folderFacts(id));
  return {
    getRecentEmails: (o = {}) =>
      calls.run("getRecentEmails", o, async () => {
        const days = o.days ?? (o.count === undefined ? 7 : undefined);
        const kept = (await service.inFolder(o.folder, days)).slice(0, requireCount(o.count));
        return kept.map((each) => mailbox.toEmail(each, o.includeBody ?? false));
      }),
    getEmails: (o = {}) =>
      calls.run("getEmails", o, async ({ signal }) => {
        const kept = (await service.inFolder(o.folder, o.sinceDays)).slice(0, requireCount(o.limit));
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        return kept.map((each) => mailbox.toEmail(each, o.includeBody ?? false));
      }),
    searchEmails: (query, o = {}) =>
      calls.run("searchEmails", o, async () => {
        const { items, next } = pageOf(await service.search(query), [query], o);
        return { emails: items.map((kept) => mailbox.toEmail(kept, o.includeBody ?? false)), ...next };
      }),
    iterateEmails: (query, o = {}) =>
      calls.stream("iterateEmails", o, async function* () {
        for (const kept of await service.search(query)) yield mailbox.toEmail(kept, o.includeBody ?? false);
      }),
    getEmail: (id, o = {}) =>
      calls.run("getEmail", o, async () =>
        mailbox.toEmail(await Promise.resolve(service.find(id)), o.includeBody ?? true),
      ),
    getThread: (id, o = {}) => calls.run("getThread", o, () => Promise.resolve(threadOf(id, o.includeBody ?? true))),
    listThreads: (query = "in:inbox", o = {}) =>
      calls.run("listThreads", o, async () => {
        const ids = [...new Set((await service.search(query)).map(({ threadId }) => threadId))];
        const { items, next } = pageOf(ids, ["threads", query], o);
        return { threads: items.map((id) => threadOf(id, o.includeBody ?? false)), ...next };
      }),
    getAccountInfo: (o = {}) =>
      calls.run("getAccountInfo", o, () => {
        const mails = [...mailbox.mails.values()];
        return Promise.resolve({
          address,
          unreadCount: mailbox.folderFacts("inbox").unreadMessages,
          totalMessages: mails.length,
          totalThreads: new Set(mails.map(({ threadId }) => threadId)).size,
          folders: folders(),
        });
      }),
    listFolders: (o = {}) => calls.run("listFolders", o, () => Promise.resolve(folders())),
    downloadAttachment: (messageId, attachmentId, o = {}) =>
      calls.open("downloadAttachment", o, () => Promise.resolve(chunks(attachment(messageId, attachmentId).content))),
    saveAttachment: (messageId, attachmentId, directory, o = {}) =>
      calls.run("saveAttachment", o, () => {
        const { filename, content } = attachment(messageId, attachmentId);
        return saveFile(directory, filename, chunks(content));
      }),
    getChanges: (cursor, o = {}) =>
      calls.run("getChanges", o, () => {
        const now = `state-${mailbox.state}`;
        if (cursor === undefined) return Promise.resolve({ changes: [], cursor: now, hasMore: false, reset: false });
        const state = /^state-(\d+)$/.exec(cursor)?.[1];
        if (state === undefined) throw integrationError("request.invalid");
        const changes = mailbox.since(Number(state));
        return Promise.resolve({ changes: changes ?? [], cursor: now, hasMore: false, reset: changes === undefined });
      }),
  };
}

function requireCount(count: number | undefined): number | undefined {
  if (count !== undefined && !(count >= 1)) throw integrationError("request.invalid");
  return count;
}

async function* chunks(content: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield await Promise.resolve(content);
}
