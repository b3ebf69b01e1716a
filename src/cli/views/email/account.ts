import type { ChangePage } from "../../../core/change-page.js";
import { inDigits } from "../../../core/counted.js";
import type { EmailChange, EmailFolder, EmailStats } from "../../../email/models.js";
import { changePageEnd } from "../change-page.js";
import { typedView } from "../typed-view.js";
import type { Block, ShowOutput } from "../view.js";
import { dim, fieldsBlock, listed, sentence } from "../wording.js";

/** What an account holds. */
export const showStats: ShowOutput = typedView<EmailStats>(["address", "totalMessages", "folders"], (stats) => [
  { kind: "heading", text: stats.address },
  fieldsBlock([
    ["Unread", inDigits(stats.unreadCount)],
    ["Mails", inDigits(stats.totalMessages)],
    ["Conversations", inDigits(stats.totalThreads)],
  ]),
  ...folderBlocks(stats.folders),
]);

/** Folders and labels. */
export const showFolders: ShowOutput = typedView<{ folders: readonly EmailFolder[] }>(["folders"], ({ folders }) =>
  folders.length === 0 ? [sentence("No folders.")] : folderBlocks(folders),
);

/** What changed in a mailbox. */
export const showChanges: ShowOutput = typedView<ChangePage<EmailChange>>(["changes", "cursor"], (page) => [
  ...(page.changes.length === 0 ? [sentence("No mail changed.")] : [changeTable(page.changes)]),
  ...changePageEnd(page, "mail"),
]);

function folderBlocks(folders: readonly EmailFolder[]): Block[] {
  if (folders.length === 0) return [];
  const rows = folders.map(({ id, name, kind, totalMessages, unreadMessages }) => [
    ...[name, kind, inDigits(totalMessages)],
    unreadMessages === 0 ? dim("0") : inDigits(unreadMessages),
    dim(id),
  ]);
  const columns = [
    { title: "FOLDER", grow: 1, least: 12 },
    { title: "KIND" },
    { title: "MAILS", align: "right" as const },
    { title: "UNREAD", align: "right" as const },
    { title: "ID", whole: true },
  ];
  return [{ kind: "table", columns, rows }];
}

function changeTable(changes: readonly EmailChange[]): Block {
  return {
    kind: "table",
    columns: [
      { title: "CHANGE" },
      { title: "LABELS AFTERWARDS", grow: 1, least: 10 },
      { title: "MAIL", whole: true },
      { title: "CONVERSATION", whole: true },
    ],
    rows: changes.map(({ type, id, threadId, labels = [] }) => [type, listed(labels), dim(id), dim(threadId)]),
  };
}
