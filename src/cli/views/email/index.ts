import type { ShowOutput } from "../view.js";
import { showChanges, showFolders, showStats } from "./account.js";
import { showDrafts, showEmails, showThreads } from "./lists.js";
import { showAttachments, showEmail, showThread } from "./mail.js";
import { showDraft, showMany, showSend } from "./writes.js";

/** How the results of operations on mail are shown, by the name after `email.`. */
export const emailViews: Readonly<Record<string, ShowOutput>> = {
  recent: showEmails,
  search: showEmails,
  threads: showThreads,
  show: showEmail,
  thread: showThread,
  attachments: showAttachments,
  changes: showChanges,
  stats: showStats,
  "folder.list": showFolders,
  send: showSend,
  reply: showSend,
  forward: showSend,
  settle: showSend,
  "draft.list": showDrafts,
  "draft.create": showDraft,
  "draft.update": showDraft,
  "draft.send": showSend,
  label: showMany("changed"),
  trash: showMany("moved to the trash"),
  untrash: showMany("taken out of the trash"),
  delete: showMany("deleted for good"),
};
