import type { Attachment as PostalAttachment, Email as PostalEmail } from "postal-mime";
import { attachmentType } from "../attachment-type.js";
import { withoutC1 } from "./charset.js";
import { readHeaderFields, splitHeaders } from "./header-fields.js";
import { loadHeaderReader } from "./headers.js";
import { htmlToText, longestText, tooLong } from "./html-text.js";
import type { ParsedAttachment, ParsedMail, ParseProblem } from "./parsed-mail.js";

/** So much of a mail is looked at for its headers where the rest cannot be read. */
const longestHead = 256 * 1024;

const limits = { maxNestingDepth: 256, maxHeadersSize: 2 * 1024 * 1024, maxRfc822NestingDepth: 0 };

/**
 * Reads a mail whole, in one go: for small mails, and for a worker's thread. Needs the optional packages postal-mime and
 * htmlparser2.
 */
export async function readMail(raw: Uint8Array): Promise<ParsedMail> {
  const { default: PostalMime } = await import("postal-mime");
  const { head, body } = splitMail(raw);
  if (head.byteLength > limits.maxHeadersSize) return readHead(raw, "too_complex");
  const headers = splitHeaders(headText(head));
  let parsed: PostalEmail;
  try {
    parsed = await PostalMime.parse(Buffer.concat([contentHeaders(headers), body]), limits);
  } catch {
    return readHead(raw, "too_complex"); // beyond the limits above
  }
  const html = parsed.html === undefined ? undefined : tidied(parsed.html);
  const readable = html === undefined ? undefined : await htmlToText(html);
  const text = tidied(parsed.text ?? readable?.text ?? withoutBoundary(body, headers));
  return {
    headers,
    ...readHeaderFields(headers, await loadHeaderReader()),
    bodyText: text.length > longestText ? text.slice(0, longestText) + tooLong : text,
    ...(html !== undefined && { bodyHtml: html }),
    removed: readable?.removed ?? { hiddenTexts: 0, trackingPixels: 0 },
    attachments: parsed.attachments.map(toAttachment),
    problems: [],
  };
}

/** What a mail's headers tell, where the rest is not to be read. */
export async function readHead(raw: Uint8Array, problem: ParseProblem): Promise<ParsedMail> {
  const { head } = splitMail(raw.subarray(0, longestHead));
  const headers = splitHeaders(headText(head));
  return {
    headers,
    ...readHeaderFields(headers, await loadHeaderReader()),
    bodyText: "",
    removed: { hiddenTexts: 0, trackingPixels: 0 },
    attachments: [],
    problems: [problem],
  };
}

/** The headers and what follows the first empty line. */
function splitMail(raw: Uint8Array): { head: Buffer; body: Buffer } {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const begin = /^(\r?\n)/.exec(bytes.toString("latin1", 0, 2))?.[0];
  if (begin !== undefined) return { head: bytes.subarray(0, 0), body: bytes.subarray(begin.length) };
  const gaps = ["\r\n\r\n", "\n\n", "\n\r\n"].map((gap) => ({ gap, at: bytes.indexOf(gap) }));
  const [first] = gaps.filter(({ at }) => at !== -1).sort((a, b) => a.at - b.at);
  if (!first) return { head: bytes, body: bytes.subarray(bytes.length) };
  return { head: bytes.subarray(0, first.at), body: bytes.subarray(first.at + first.gap.length) };
}

/** Headers are ASCII; many are UTF-8 all the same, and old ones are not. */
function headText(head: Buffer): string {
  const text = head.toString("utf8");
  return text.includes("\ufffd") ? withoutC1(head.toString("latin1")) : text;
}

/** The headers that say how the rest is to be read: what else there is, is read here. */
function contentHeaders(headers: ParsedMail["headers"]): Buffer {
  const lines = headers
    .filter(({ name }) => /^(content-|mime-)/i.test(name))
    .map(({ name, value }) => `${name}: ${value}\r\n`);
  return Buffer.from(`${lines.join("")}\r\n`);
}

function tidied(text: string): string {
  return withoutC1(text.replace(/\r\n?/g, "\n"));
}

/** The body of a mail that says it has parts, and not what is between them: it is one text. */
function withoutBoundary(body: Buffer, headers: ParsedMail["headers"]): string {
  const type = headers.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "";
  if (!/^\s*multipart\//i.test(type) || /;\s*boundary\*?\d*\*?\s*=/i.test(type)) return "";
  return body.toString("utf8", 0, longestText);
}

function toAttachment(part: PostalAttachment, index: number): ParsedAttachment {
  const { mimeType, disposition } = part;
  const content = mimeType === "message/rfc822" ? withCrlf(part.content) : bytesOf(part.content);
  const contentId = part.contentId?.replace(/[<>\s]/g, "");
  const filename = part.filename?.replace(/[\r\n\0]+/g, " ").trim();
  return {
    id: String(index + 1),
    filename: filename || `part-${index + 1}${mimeType === "message/rfc822" ? ".eml" : ""}`,
    mimeType,
    type: attachmentType(mimeType, filename ?? ""),
    sizeBytes: content.byteLength,
    inline: contentId ? disposition !== "attachment" : disposition === "inline",
    ...(contentId && { contentId }),
    content,
  };
}

/** A mail inside a mail as it travels: the parser gives its lines with LF alone, one of which belongs to the boundary. */
function withCrlf(content: PostalAttachment["content"]): Uint8Array {
  return Buffer.from(
    Buffer.from(bytesOf(content)).toString("latin1").replace(/\n$/, "").replace(/\r?\n/g, "\r\n"),
    "latin1",
  );
}

function bytesOf(content: PostalAttachment["content"]): Uint8Array {
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
