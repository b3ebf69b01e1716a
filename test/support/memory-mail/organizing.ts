import { randomBytes } from "node:crypto";
import { integrationError } from "maigic-integrations";
import {
  batchResult,
  requireUpdate,
  type BatchOutcome,
  type BatchResult,
  type EmailFolder,
  type EmailOrganizer,
  type EmailUpdate,
  type LooseMethods,
  type WritePreview,
} from "maigic-integrations/email";
import type { Kept } from "./mailbox.js";
import { folderId, unsupported } from "./match.js";
import { preview, type MemoryService } from "./service.js";

/** What is changed about mails and folders. */
export function memoryOrganizer(service: MemoryService): EmailOrganizer {
  const { calls } = service;
  const { mailbox, address } = service.account;
  const write = <T>(work: () => T): Promise<T> => {
    service.requireWritable();
    return Promise.resolve(work());
  };
  const methods = {
    updateEmails: (ids, changes, o = {}) =>
      calls.run("updateEmails", o, () => write(() => many(service, ids, o.dryRun, update(service, changes)))),
    trashEmails: (ids, o = {}) =>
      calls.run("trashEmails", o, () =>
        write(() => many(service, ids, o.dryRun, update(service, { folder: "trash" }))),
      ),
    untrashEmails: (ids, o = {}) =>
      calls.run("untrashEmails", o, () =>
        write(() => many(service, ids, o.dryRun, update(service, { folder: "archive" }))),
      ),
    deleteEmails: (ids, o = {}) =>
      calls.run("deleteEmails", o, () =>
        write(() => many(service, ids, o.dryRun, (kept) => mailbox.remove(kept), { reversible: false })),
      ),
    createFolder: (name, o = {}) =>
      calls.run("createFolder", o, () =>
        write(() => setFolder(service, randomBytes(8).toString("hex"), name, o.dryRun)),
      ),
    renameFolder: (id, name, o = {}) =>
      calls.run("renameFolder", o, () => write(() => setFolder(service, ownFolder(service, id), name, o.dryRun))),
    deleteFolder: (id, o = {}) =>
      calls.run("deleteFolder", o, () =>
        write(() => {
          const known = ownFolder(service, id);
          if (o.dryRun) return preview(address);
          const inside = [...mailbox.mails.values()].filter(({ folder }) => folder === known);
          for (const kept of inside) mailbox.change(kept, { folder: "archive" });
          mailbox.folders.delete(known);
          return undefined;
        }),
      ),
  } satisfies LooseMethods<EmailOrganizer>;
  return methods as EmailOrganizer; // whether a preview comes back, the options decide
}

function many(
  { account }: MemoryService,
  ids: readonly string[],
  dryRun: boolean | undefined,
  work: (kept: Kept) => void,
  { reversible } = { reversible: true },
): BatchResult | WritePreview {
  if (ids.some((id) => !/^[\w-]+$/.test(id))) throw integrationError("request.invalid");
  if (dryRun) return preview(account.address, { occurrences: ids.length, reversible });
  const outcomes = ids.map((id): BatchOutcome => {
    const kept = account.mailbox.mails.get(id);
    if (kept) work(kept);
    return kept ? { id, done: true } : { id, done: false, error: integrationError("request.not_found").toJSON() };
  });
  return batchResult(outcomes);
}

function update({ account: { mailbox } }: MemoryService, changes: EmailUpdate): (kept: Kept) => void {
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
}

function setFolder(
  { account: { mailbox, address } }: MemoryService,
  id: string,
  name: string,
  dryRun: boolean | undefined,
): EmailFolder | WritePreview {
  const taken = [...mailbox.folders.values()].some((each) => each.toLowerCase() === name.toLowerCase());
  if (taken) throw integrationError("request.conflict");
  if (dryRun) return preview(address, { diff: [`+ ${name}`], reversible: true });
  mailbox.folders.set(id, name);
  return mailbox.folderFacts(id);
}

function ownFolder({ account: { mailbox } }: MemoryService, folder: string): string {
  const id = folderId(mailbox, folder);
  if (mailbox.folderFacts(id).kind === "system") throw integrationError("request.forbidden");
  return id;
}
