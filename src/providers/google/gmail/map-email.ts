import { charsetOf, decodeText } from "../../../email/mime/charset.js";
import type { HeaderReader } from "../../../email/mime/headers.js";
import { readHeaderFields } from "../../../email/mime/header-fields.js";
import { attachmentType } from "../../../email/attachment-type.js";
import type { Attachment, Email, EmailPriority, EmailStatus } from "../../../email/models.js";
import type { WireMessage, WirePart } from "./wire.js";

/** Headers that a mail without its body is made from. */
export const summaryHeaders: readonly string[] = [
  "From",
  "To",
  "Cc",
  "Bcc",
  "Reply-To",
  "Subject",
  "Date",
  "Message-ID",
  "In-Reply-To",
  "References",
  "Importance",
  "X-Priority",
];

/** What never changes about a mail. */
export type EmailContent = Omit<Email, keyof EmailState>;

/** What does. */
export type EmailState = Pick<Email, "labels" | "status" | "unread" | "starred" | "important">;

/** Where a mail stands, by its labels' ids and names. */
export function toState(labelIds: readonly string[], labels: string[]): EmailState {
  const ids = new Set(labelIds);
  return {
    labels,
    status: statusOf(ids),
    unread: ids.has("UNREAD"),
    starred: ids.has("STARRED"),
    important: ids.has("IMPORTANT"),
  };
}

/** Gmail's message as ours, without its body and without what may change. */
export function toContent(wire: WireMessage, reader: HeaderReader): EmailContent {
  const header = headerOf(wire.payload);
  return {
    id: wire.id,
    threadId: wire.threadId,
    ...readHeaderFields(wire.payload?.headers ?? [], reader),
    snippet: decodeEntities(wire.snippet ?? ""),
    receivedAt: new Date(Number(wire.internalDate)).toISOString(),
    priority: priorityOf(header("x-priority"), header("importance")),
    sizeBytes: wire.sizeEstimate ?? 0,
  };
}

/** One piece of a mail's text: the same in plain text and in HTML, or in one of both; in several parts around files. */
export interface TextSection {
  readonly plain: readonly WirePart[];
  readonly html: readonly WirePart[];
}

/** The parts of a mail that are its text, in order. A mail inside the mail is an attachment, not text. */
export function textSections(part: WirePart | undefined, depth = 0): TextSection[] {
  if (!part || depth > maxDepth || isAttachment(part)) return [];
  const mimeType = mimeTypeOf(part);
  if (mimeType === "text/plain") return [{ plain: [part], html: [] }];
  if (mimeType === "text/html") return [{ plain: [], html: [part] }];
  const inner = (part.parts ?? []).map((child) => textSections(child, depth + 1));
  return mimeType === "multipart/alternative" ? alternative(inner) : inner.flat();
}

/** Each choice is the same text; the last is the best (RFC 2046, 5.1.4). */
function alternative(choices: readonly (readonly TextSection[])[]): TextSection[] {
  const rich = choices.findLast((sections) => sections.some(({ html }) => html.length > 0));
  const simple = choices.find((sections) => sections.length > 0 && sections.every(({ html }) => html.length === 0));
  if (!rich || !simple) return [...(rich ?? simple ?? [])];
  return [{ plain: simple.flatMap(({ plain }) => plain), html: rich.flatMap(({ html }) => html) }];
}

/** The files of a mail, in order. */
export function attachmentsOf(payload: WirePart | undefined): Attachment[] {
  return attachmentParts(payload).map((part) => {
    const header = headerOf(part);
    const contentId = header("content-id")?.replace(/[<>\s]/g, "");
    const disposition = header("content-disposition")?.trim().toLowerCase() ?? "";
    const mimeType = mimeTypeOf(part);
    return {
      id: partIdOf(part),
      filename: part.filename || `part-${partIdOf(part)}${extensionOf(mimeType)}`,
      mimeType,
      type: attachmentType(mimeType, part.filename ?? ""),
      sizeBytes: part.body?.size ?? 0,
      inline: contentId ? !disposition.startsWith("attachment") : disposition.startsWith("inline"),
      ...(contentId && { contentId }),
    };
  });
}

/** The attachment part that one of our ids names. */
export function findAttachmentPart(payload: WirePart | undefined, attachmentId: string): WirePart | undefined {
  return attachmentParts(payload).find((part) => partIdOf(part) === attachmentId);
}

/** The bytes of a part or attachment as Gmail writes them: base64url, with or without padding. */
export function decodeData(data: string): Buffer {
  return Buffer.from(data, "base64url");
}

/** A text part's content, decoded by the charset that its own header declares. */
export function textOf(part: WirePart, data: string): string {
  return decodeText(decodeData(data), charsetOf(headerOf(part)("content-type"))).replace(/\r\n?/g, "\n");
}

/** Deeper than any real mail; what lies below is not looked at. */
const maxDepth = 50;

function attachmentParts(part: WirePart | undefined, depth = 0): WirePart[] {
  if (!part || depth > maxDepth) return [];
  if (isAttachment(part)) return [part];
  return (part.parts ?? []).flatMap((child) => attachmentParts(child, depth + 1));
}

function isAttachment(part: WirePart): boolean {
  const mimeType = mimeTypeOf(part);
  if (mimeType.startsWith("multipart/")) return false;
  if (part.filename) return true;
  const disposition = headerOf(part)("content-disposition")?.trim().toLowerCase() ?? "";
  return disposition.startsWith("attachment") || (mimeType !== "text/plain" && mimeType !== "text/html");
}

// Quirk(google): the part number of a message that is one single part is the empty string.
function partIdOf(part: WirePart): string {
  return part.partId || "root";
}

// RFC 2045: a part without a type is plain text.
function mimeTypeOf(part: WirePart): string {
  return (part.mimeType || "text/plain").toLowerCase();
}

/** Looks up a header of a part by its name in lower case. */
export function headerOf(part: WirePart | undefined): (lowerCaseName: string) => string | undefined {
  return (name) => part?.headers?.find((header) => header.name.toLowerCase() === name)?.value;
}

function extensionOf(mimeType: string): string {
  const known: Readonly<Record<string, string>> = { "text/calendar": ".ics", "message/rfc822": ".eml" };
  return known[mimeType] ?? "";
}

function statusOf(ids: ReadonlySet<string>): EmailStatus {
  if (ids.has("TRASH")) return "deleted";
  if (ids.has("DRAFT")) return "draft";
  if (ids.has("SENT")) return "sent";
  return ids.has("UNREAD") ? "unread" : "read";
}

function priorityOf(xPriority: string | undefined, importance: string | undefined): EmailPriority {
  const rank = /^\s*([1-5])/.exec(xPriority ?? "")?.[1];
  if (rank === "1") return "urgent";
  if (rank === "2" || importance?.trim().toLowerCase() === "high") return "high";
  if (rank === "4" || rank === "5" || importance?.trim().toLowerCase() === "low") return "low";
  return "normal";
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** Quirk(google): a snippet is HTML-escaped text, with just these five entities. */
function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => entities[name] ?? entity);
}
