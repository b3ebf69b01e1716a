import { createHmac, randomBytes } from "node:crypto";
import type { MessageContent } from "./message-content.js";
import type { StoredMessage } from "./message.js";
import type { MimePart } from "./mime-tree.js";

/** How much of a message is shown. */
export type MessageFormat = "full" | "metadata" | "minimal" | "raw";

/** Texts above this size sit behind an attachment id. */
const maxInlineBytes = 100_000;
const attachmentLifeMs = 30 * 60 * 1000;
const attachmentKey = randomBytes(32);

/** A mail as writing calls answer with it, and history. Google leaves out lists without anything in them. */
export function shortView({
  id,
  threadId,
  labelIds,
}: Pick<StoredMessage, "id" | "threadId" | "labelIds">): Record<string, unknown> {
  return { id, threadId, ...(labelIds.length > 0 && { labelIds }) };
}

/** A message as `users.messages.get` shows it. */
export function showMessage(
  message: StoredMessage,
  { raw, mime, snippet }: MessageContent,
  format: MessageFormat,
  options: { metadataHeaders: readonly string[]; now: number },
): Record<string, unknown> {
  const base = {
    ...shortView(message),
    snippet,
    historyId: String(message.historyId),
    internalDate: String(message.internalDate),
    sizeEstimate: raw.length,
  };
  if (format === "minimal") return base;
  if (format === "raw") return { ...base, raw: raw.toString("base64url") };
  if (format === "metadata") {
    const wanted = new Set(options.metadataHeaders.map((name) => name.toLowerCase()));
    const headers = mime.headers.filter(({ name }) => wanted.size === 0 || wanted.has(name.toLowerCase()));
    return { ...base, payload: { mimeType: mime.mimeType, headers } };
  }
  return { ...base, payload: showPart(message, mime, "", options.now) };
}

/** The content behind an attachment id, or undefined when the id is another message's, too old or made up. */
export function findAttachment(
  message: StoredMessage,
  mime: MimePart,
  attachmentId: string,
  now: number,
): Buffer | undefined {
  const [partId, issuedAt, mac] = Buffer.from(attachmentId, "base64url").toString("utf8").split("\n");
  if (partId === undefined || issuedAt === undefined || mac !== macOf(message.id, partId, issuedAt)) return undefined;
  return now - Number(issuedAt) > attachmentLifeMs ? undefined : partAt(mime, partId)?.content;
}

/** A part as Gmail shows it: the message itself has no number, its parts count from 0, theirs from 0.0. */
function showPart(message: StoredMessage, part: MimePart, partId: string, now: number): Record<string, unknown> {
  const behindId =
    part.filename !== "" || !/^text\/|^multipart\//.test(part.mimeType) || part.content.length > maxInlineBytes;
  const size = part.content.length;
  const body =
    part.parts.length > 0 || size === 0
      ? { size: 0 }
      : behindId
        ? { attachmentId: attachmentIdOf(message.id, partId, now), size }
        : { size, data: base64url(part.content) };
  return {
    partId,
    mimeType: part.mimeType,
    filename: part.filename,
    headers: part.headers,
    body,
    ...(part.parts.length > 0 && {
      parts: part.parts.map((child, index) => showPart(message, child, childId(partId, index), now)),
    }),
  };
}

function partAt(root: MimePart, partId: string): MimePart | undefined {
  let part: MimePart | undefined = root;
  for (const index of partId === "" ? [] : partId.split(".")) part = part?.parts[Number(index)];
  return part;
}

/** Ids are signed with the time, so that they can be short-lived without being kept. */
function attachmentIdOf(messageId: string, partId: string, now: number): string {
  const mac = macOf(messageId, partId, String(now));
  return Buffer.from([partId, String(now), mac].join("\n")).toString("base64url");
}

function macOf(messageId: string, partId: string, issuedAt: string): string {
  return createHmac("sha256", attachmentKey).update([messageId, partId, issuedAt].join("\n")).digest("base64url");
}

function childId(partId: string, index: number): string {
  return partId === "" ? String(index) : `${partId}.${index}`;
}

/** Gmail pads its base64url. */
function base64url(content: Buffer): string {
  return content.toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}
