/** What an e-mail provider can declare to be able to do, and what that means; the suite in `testing` goes by it. */
export const emailCapabilities: Readonly<Record<string, string>> = {
  read: "Mails with text, HTML and headers, by folder and time",
  search: "The portable search language, and searches by fields",
  threads: "Conversations: `getThread`, `listThreads`",
  labels: "Several labels on one mail; without, a mail is in one folder",
  importance: "A mark for what is important: `is:important`, `updateEmails({ important })`",
  attachments: "Files as streams: `downloadAttachment`, `saveAttachment`",
  send: "`sendEmail`, `replyToEmail`, `forwardEmail`, each at most once",
  drafts: "`createDraft`, `updateDraft`, `listDrafts`, `sendDraft`, `deleteDraft`",
  changes: "`getChanges`: what came, changed and went since a cursor",
  permanentDeletion: "`deleteEmails`: for good, past the trash",
};
