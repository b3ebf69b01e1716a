import { counted } from "../../../core/counted.js";
import type { Attachment, Email, EmailAddress, EmailThread, RemovedContent } from "../../../email/models.js";
import { longTime } from "../times.js";
import { typedView } from "../typed-view.js";
import type { Block, ShowOutput, ViewContext } from "../view.js";
import { dim, fieldsBlock, listed, person, sentence, sizeOf, toneOf } from "../wording.js";
import { subjectOf } from "./lists.js";

/** One mail, to be read. */
export const showEmail: ShowOutput = typedView<{ email: Email }>(["email"], ({ email }, context) => [
  { kind: "heading", text: subjectOf(email.subject) },
  headers(email, context),
  ...bodyOf(email, readable(email)),
  ...attachmentBlocks(email.attachments ?? []),
  ...removedBlocks(email.removed),
]);

/** A conversation, oldest first. What a mail quotes of those before it is only counted. */
export const showThread: ShowOutput = typedView<{ thread: EmailThread }>(["thread"], ({ thread }, context) => [
  { kind: "heading", text: subjectOf(thread.subject) },
  fieldsBlock([
    ["People", addresses(thread.participants)],
    ["Mails", unreadOf(thread)],
    ["Labels", listed(thread.labels)],
    ["ID", dim(thread.id)],
  ]),
  ...thread.emails.flatMap((email) => mailOfThread(email, context)),
]);

/** The files of a mail, and where they were saved. */
export const showAttachments: ShowOutput = typedView<{
  attachments: readonly Attachment[];
  saved?: readonly { readonly id: string; readonly path: string }[];
}>(["attachments"], ({ attachments, saved }) => {
  if (attachments.length === 0) return [sentence("The mail has no attachments.")];
  if (!saved) return [attachmentTable(attachments)];
  const count = counted(saved.length, "file was", "files were");
  return [
    attachmentTable(attachments),
    { kind: "heading", text: toneOf(`${count} saved${saved.length === 0 ? "." : ":"}`, "good") },
    { kind: "lines", lines: saved.map(({ path }) => path), indent: 2 },
  ];
});

function headers(email: Email, context: ViewContext): Block {
  const marked = [email.unread && "unread", email.starred && "starred", email.important && "important"];
  const special = ["replied", "forwarded", "draft", "sent", "deleted"].includes(email.status) && email.status;
  return fieldsBlock([
    ["From", email.from && addresses([email.from])],
    ["To", addresses(email.to)],
    ["Cc", addresses(email.cc)],
    ["Bcc", addresses(email.bcc)],
    ["Answers to", isElsewhere(email) ? addresses(email.replyTo) : undefined],
    ["Received", longTime(email.receivedAt, context)],
    ["Sent", isLate(email) && email.sentAt !== undefined ? longTime(email.sentAt, context) : undefined],
    ["Status", [special, ...marked].filter((word) => typeof word === "string").join(", ")],
    ["Priority", email.priority === "normal" ? undefined : toneOf(email.priority, "warning")],
    ["Labels", listed(email.labels)],
    ["ID", dim(email.id)],
    ["Conversation", dim(email.threadId)],
  ]);
}

/** Whether answers go to somebody else than the sender. */
function isElsewhere({ replyTo, from }: Email): boolean {
  return replyTo.some(({ address }) => address !== from?.address);
}

/** Whether the sender claims another hour than that of its arrival. */
function isLate({ sentAt, receivedAt }: Email): boolean {
  return sentAt !== undefined && Math.abs(Date.parse(receivedAt) - Date.parse(sentAt)) > 3_600_000;
}

function mailOfThread(email: Email, context: ViewContext): Block[] {
  const from = email.from ? addresses([email.from]) : "unknown sender";
  const files = (email.attachments ?? []).filter(({ inline }) => !inline);
  return [
    {
      kind: "heading",
      text: [from, dim(` · ${longTime(email.receivedAt, context)}${email.unread ? " · unread" : ""}`)],
    },
    ...bodyOf(email, withoutQuotes(readable(email))),
    {
      kind: "lines",
      lines: [
        ...(files.length === 0 ? [] : [dim(`Attachments: ${listed(files.map(({ filename }) => filename))}`)]),
        dim(`ID: ${email.id}`),
      ],
      indent: 2,
    },
  ];
}

function bodyOf(email: Email, text: string): Block[] {
  if (text !== "") return [{ kind: "text", text, indent: 2 }];
  return [sentence(dim(email.bodyText === undefined ? "  (the text was not read)" : "  (no text)"))];
}

/** The text without the empty lines that mails are full of. */
function readable({ bodyText, snippet }: Email): string {
  return (bodyText ?? snippet)
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .replace(/\n(?:[^\S\n]*\n){2,}/g, "\n\n")
    .trimEnd();
}

/** Long quotations as one line that counts them: their mails are shown themselves. */
function withoutQuotes(text: string): string {
  return text.replace(
    /(?:^[^\S\n]*>.*(?:\n|$)){3,}/gm,
    (quoted) => `[${quoted.trimEnd().split("\n").length} quoted lines]\n`,
  );
}

function attachmentBlocks(attachments: readonly Attachment[]): Block[] {
  return attachments.length === 0 ? [] : [attachmentTable(attachments)];
}

function attachmentTable(attachments: readonly Attachment[]): Block {
  return {
    kind: "table",
    columns: [
      { title: "ATTACHMENT", grow: 2, least: 16 },
      { title: "TYPE", grow: 1, least: 10 },
      { title: "SIZE", align: "right" },
      { title: "", least: 6 },
      { title: "ID", whole: true },
    ],
    rows: attachments.map(({ id, filename, mimeType, sizeBytes, inline }) => [
      ...[filename, mimeType, sizeOf(sizeBytes), inline ? "inline" : "", dim(id)],
    ]),
  };
}

function removedBlocks(removed: RemovedContent | undefined): Block[] {
  const parts = [
    removed?.hiddenTexts && counted(removed.hiddenTexts, "hidden text"),
    removed?.trackingPixels && counted(removed.trackingPixels, "tracking pixel"),
  ].filter((part) => typeof part === "string");
  return parts.length === 0
    ? []
    : [sentence(toneOf(`Left out, since no reader would see it: ${parts.join(", ")}.`, "warning"))];
}

function unreadOf({ emails, unreadCount }: EmailThread): string {
  return unreadCount === 0 ? String(emails.length) : `${emails.length}, ${unreadCount} unread`;
}

function addresses(people: readonly EmailAddress[]): string {
  return listed(people.map(({ name, address }) => person(name, address)));
}
