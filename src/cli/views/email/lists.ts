import type { Email, EmailAddress, EmailThread } from "../../../email/models.js";
import type { EmailDraft } from "../../../email/outgoing.js";
import { shortTime } from "../times.js";
import type { Block, Column, Row, ShowOutput, Text, View, ViewContext } from "../view.js";
import { dim, goOn, listed, sentence, toneOf } from "../wording.js";
import { typedView } from "../typed-view.js";

const idColumn: Column = { title: "ID", whole: true };
const nameColumn: Column = { title: "FROM", grow: 1, least: 12 };
const subjectColumn: Column = { title: "SUBJECT", grow: 3, least: 24 };

/** Mails, one a line. */
export const showEmails: ShowOutput = typedView<{ emails: readonly Email[]; cursor?: string }>(
  ["emails"],
  ({ emails, cursor }, context) => list("No mails.", emails, cursor, (all) => emailTable(all, context)),
);

/** Conversations, one a line. */
export const showThreads: ShowOutput = typedView<{ threads: readonly EmailThread[]; cursor?: string }>(
  ["threads"],
  ({ threads, cursor }, context) => list("No conversations.", threads, cursor, (all) => threadTable(all, context)),
);

/** Drafts, one a line. */
export const showDrafts: ShowOutput = typedView<{ drafts: readonly EmailDraft[]; cursor?: string }>(
  ["drafts"],
  ({ drafts, cursor }, context) => list("No drafts.", drafts, cursor, (all) => draftTable(all, context)),
);

/** A subject as it is shown where a mail has none, too. */
export function subjectOf(subject: string): Text {
  return subject.trim() === "" ? dim("(no subject)") : subject;
}

/** Names of people, by their addresses where they have none. */
export function namesOf(people: readonly EmailAddress[]): string {
  return listed(people.map(({ name, address }) => name ?? address));
}

function list<Item>(
  none: string,
  items: readonly Item[],
  cursor: string | undefined,
  table: (items: readonly Item[]) => Block,
): View {
  return [items.length === 0 ? sentence(none) : table(items), ...goOn(cursor)];
}

function emailTable(emails: readonly Email[], context: ViewContext): Block {
  return {
    kind: "table",
    columns: [{ title: "" }, { title: "RECEIVED" }, nameColumn, subjectColumn, idColumn],
    rows: emails.map((email) => [
      marks(email.unread, email.starred),
      shortTime(email.receivedAt, context),
      email.status === "sent" || email.status === "draft"
        ? `to ${namesOf(email.to)}`
        : namesOf(email.from ? [email.from] : []),
      weighted(subjectOf(email.subject), email.unread),
      dim(email.id),
    ]),
  };
}

function threadTable(threads: readonly EmailThread[], context: ViewContext): Block {
  const rows = threads.map((thread): Row => [
    marks(thread.unreadCount > 0, false),
    shortTime(thread.lastReceivedAt, context),
    String(thread.emails.length),
    namesOf(thread.participants),
    weighted(subjectOf(thread.subject), thread.unreadCount > 0),
    dim(thread.id),
  ]);
  const columns: Column[] = [
    ...[{ title: "" }, { title: "LAST MAIL" }, { title: "MAILS", align: "right" as const }],
    ...[{ ...nameColumn, title: "PEOPLE" }, subjectColumn, idColumn],
  ];
  return { kind: "table", columns, rows };
}

function draftTable(drafts: readonly EmailDraft[], context: ViewContext): Block {
  return {
    kind: "table",
    columns: [{ title: "CHANGED" }, { ...nameColumn, title: "TO" }, subjectColumn, idColumn],
    rows: drafts.map(({ id, email }) => [
      shortTime(email.receivedAt, context),
      namesOf([...email.to, ...email.cc, ...email.bcc]) || dim("nobody yet"),
      subjectOf(email.subject),
      dim(id),
    ]),
  };
}

function marks(unread: boolean, starred: boolean): Text[] {
  return [...(unread ? [toneOf("●", "accent")] : []), ...(starred ? [toneOf("★", "warning")] : [])];
}

function weighted(text: Text, heavy: boolean): Text {
  return heavy && typeof text === "string" ? toneOf(text, "strong") : text;
}
