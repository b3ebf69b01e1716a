import type { Calls } from "../../../core/call.js";
import type { Deadline } from "../../../core/deadline.js";
import type { LooseMethods } from "../../../core/loose-methods.js";
import { machineTimeZone } from "../../../core/zoned-time.js";
import { createEmailCalls, type EmailOperation } from "../../../email/calls.js";
import type { EmailClient, EmailOrganizer, EmailReader, EmailSender } from "../../../email/client.js";
import { requireList, requireMessage, requireReply, requireString, requireUpdate } from "../../../email/inputs.js";
import { loadHeaderReader } from "../../../email/mime/headers.js";
import type { ProviderContext } from "../../../provider.js";
import { openGoogleApi } from "../http.js";
import { gmailApi } from "./api.js";
import { createIdentity } from "./identity.js";
import { requireId } from "./ids.js";
import { createLabelNames } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import { cost } from "./quota.js";
import { keepRecentMails } from "./recent-mails.js";
import { profile } from "./wire.js";

/** A Gmail mailbox as an `EmailClient`. The code of its operations is loaded when they are called. */
export async function createGmailClient(context: ProviderContext): Promise<EmailClient> {
  const { service, userId } = context;
  const calls = createEmailCalls(context);
  // What most programs do first is loaded beside what the mailbox is opened with: reading it from disk takes its time.
  const [mailbox] = await Promise.all([openMailbox(context, calls.shared), import("./reading.js")]);
  const close = async (): Promise<void> => {
    calls.end();
    await mailbox.api.close();
  };
  return {
    service,
    userId,
    close,
    [Symbol.asyncDispose]: close,
    connect: (options = {}) =>
      calls.run("connect", options, async (deadline) => {
        await mailbox.api.call({ path: "/profile", cost: cost.getProfile, answer: profile }, deadline);
      }),
    ...reader(mailbox, calls),
    ...besideReader(mailbox, calls),
    ...sender(mailbox, calls),
    ...organizer(mailbox, calls),
  };
}

/** What gives neither mails nor conversations. */
type Beside = "getAccountInfo" | "listFolders" | "downloadAttachment" | "saveAttachment" | "getChanges";

function reader(mailbox: Mailbox, calls: Calls<EmailOperation>): Omit<EmailReader, Beside> {
  return {
    getRecentEmails: (options = {}) =>
      calls.run("getRecentEmails", options, async (deadline) =>
        (await import("./reading.js")).getRecentEmails(mailbox, options, deadline),
      ),
    getEmails: (options = {}) =>
      calls.run("getEmails", options, async (deadline) =>
        (await import("./reading.js")).getEmails(mailbox, options, deadline),
      ),
    searchEmails: (query, options = {}) =>
      calls.run("searchEmails", options, async (deadline) =>
        (await import("./searching.js")).searchEmails(mailbox, query, options, deadline),
      ),
    iterateEmails: (query, options = {}) =>
      calls.stream("iterateEmails", options, async function* (deadline) {
        yield* (await import("./searching.js")).iterateEmails(mailbox, query, options, deadline);
      }),
    getEmail: (id, options = {}) =>
      calls.run("getEmail", options, async (deadline) =>
        (await import("./messages.js")).readMessage(mailbox, requireId(id), options.includeBody ?? true, deadline),
      ),
    getThread: (threadId, options = {}) =>
      calls.run("getThread", options, async (deadline) => {
        const reading = { includeBody: options.includeBody ?? true, bulk: false };
        return (await import("./threads.js")).getThread(mailbox, requireId(threadId), reading, deadline);
      }),
    listThreads: (query = "in:inbox", options = {}) =>
      calls.run("listThreads", options, async (deadline) =>
        (await import("./threads.js")).listThreads(mailbox, query, options, deadline),
      ),
  };
}

function besideReader(mailbox: Mailbox, calls: Calls<EmailOperation>): Pick<EmailReader, Beside> {
  return {
    getAccountInfo: (options = {}) =>
      calls.run("getAccountInfo", options, async (deadline) =>
        (await import("./account-info.js")).readAccountInfo(mailbox, deadline),
      ),
    listFolders: (options = {}) =>
      calls.run("listFolders", options, async (deadline) =>
        (await import("./account-info.js")).listFolders(mailbox, deadline),
      ),
    downloadAttachment: (messageId, attachmentId, options = {}) =>
      calls.open("downloadAttachment", options, async (deadline) =>
        (await import("./attachments.js")).openAttachment(mailbox, requireId(messageId), attachmentId, deadline),
      ),
    saveAttachment: (messageId, attachmentId, directory, options = {}) =>
      calls.run("saveAttachment", options, async (deadline) => {
        const { saveAttachment } = await import("./attachments.js");
        const folder = requireString(directory, "directory");
        return saveAttachment(mailbox, requireId(messageId), attachmentId, folder, deadline);
      }),
    getChanges: (cursor, options = {}) =>
      calls.run("getChanges", options, async (deadline) =>
        (await import("./following.js")).getChanges(mailbox, cursor, deadline),
      ),
  };
}

function sender(mailbox: Mailbox, calls: Calls<EmailOperation>): EmailSender {
  const methods = {
    sendEmail: (message, options = {}) =>
      calls.run("sendEmail", options, async (deadline) =>
        (await import("./sending.js")).sendEmail(mailbox, requireMessage(message), options, deadline),
      ),
    replyToEmail: (id, message, options = {}) =>
      calls.run("replyToEmail", options, async (deadline) =>
        (await import("./answering.js")).replyToEmail(mailbox, requireId(id), requireReply(message), options, deadline),
      ),
    forwardEmail: (id, message, options = {}) =>
      calls.run("forwardEmail", options, async (deadline) =>
        (await import("./answering.js")).forwardEmail(mailbox, requireId(id), requireReply(message), options, deadline),
      ),
    settleSend: (sendId, options = {}) =>
      calls.run("settleSend", options, async (deadline) =>
        (await import("./sending.js")).settleSend(mailbox, requireString(sendId, "sendId"), deadline),
      ),
    createDraft: (message, options = {}) =>
      calls.run("createDraft", options, async (deadline) =>
        (await import("./drafts.js")).createDraft(mailbox, requireMessage(message), options, deadline),
      ),
    updateDraft: (id, message, options = {}) =>
      calls.run("updateDraft", options, async (deadline) =>
        (await import("./drafts.js")).updateDraft(mailbox, requireId(id), requireMessage(message), options, deadline),
      ),
    listDrafts: (options = {}) =>
      calls.run("listDrafts", options, async (deadline) =>
        (await import("./drafts.js")).listDrafts(mailbox, options, deadline),
      ),
    sendDraft: (id, options = {}) =>
      calls.run("sendDraft", options, async (deadline) =>
        (await import("./drafts.js")).sendDraft(mailbox, requireId(id), options, deadline),
      ),
    deleteDraft: (id, options = {}) =>
      calls.run("deleteDraft", options, async (deadline) =>
        (await import("./drafts.js")).deleteDraft(mailbox, requireId(id), options, deadline),
      ),
  } satisfies LooseMethods<EmailSender>;
  return methods as EmailSender; // whether a preview comes back, the options decide
}

function organizer(mailbox: Mailbox, calls: Calls<EmailOperation>): EmailOrganizer {
  const many = (name: "trashEmails" | "untrashEmails" | "deleteEmails") =>
    ((ids, options = {}) =>
      calls.run(name, options, async (deadline) =>
        (await import("./organizing.js"))[name](mailbox, requireList(ids), options, deadline),
      )) satisfies LooseMethods<EmailOrganizer>[typeof name];
  const methods = {
    updateEmails: (ids, changes, options = {}) =>
      calls.run("updateEmails", options, async (deadline) =>
        (await import("./organizing.js")).updateEmails(
          mailbox,
          requireList(ids),
          requireUpdate(changes),
          options,
          deadline,
        ),
      ),
    trashEmails: many("trashEmails"),
    untrashEmails: many("untrashEmails"),
    deleteEmails: many("deleteEmails"),
    createFolder: (name, options = {}) =>
      calls.run("createFolder", options, async (deadline) =>
        (await import("./folders.js")).createFolder(mailbox, requireString(name, "name"), options, deadline),
      ),
    renameFolder: (id, name, options = {}) =>
      calls.run("renameFolder", options, async (deadline) =>
        (await import("./folders.js")).renameFolder(
          mailbox,
          requireString(id, "folder"),
          requireString(name, "name"),
          options,
          deadline,
        ),
      ),
    deleteFolder: (id, options = {}) =>
      calls.run("deleteFolder", options, async (deadline) =>
        (await import("./folders.js")).deleteFolder(mailbox, requireString(id, "folder"), options, deadline),
      ),
  } satisfies LooseMethods<EmailOrganizer>;
  return methods as EmailOrganizer; // whether a preview comes back, the options decide
}

async function openMailbox(context: ProviderContext, shared: Deadline): Promise<Mailbox> {
  const { service, userId, credentials, clock, config, access } = context;
  const record = await credentials.getCredentials(service, userId);
  const api = openGoogleApi(context, { ...gmailApi, account: record?.account });
  return {
    api,
    clock,
    headers: loadHeaderReader,
    labels: createLabelNames(api, shared),
    recent: keepRecentMails(api, clock, shared),
    identity: createIdentity(api, { clock, account: record?.account, shared }),
    journal: () => credentials.sendJournal(service, userId),
    access: access ?? record?.access,
    account: record?.account,
    timeZone: record?.userTimezone ?? machineTimeZone(),
    profile: [service, userId],
    cursorScope: [
      service,
      context.endpoints ?? gmailApi.origin,
      ...ownerOf(record?.account, config.credentialsDir, userId),
    ],
  };
}

/** Whose mailbox it is: the account, wherever its credentials lie; where it is not known, the profile of that folder. */
function ownerOf(account: string | undefined, credentialsDir: string, userId: string): string[] {
  return account === undefined ? [credentialsDir, userId] : [account];
}
