import type { Attachment as PostalAttachment, Email as PostalEmail } from "postal-mime";
import { attachmentType } from "../attachment-type.js";
import { readHeaderFields, splitHeaders } from "./header-fields.js";
import { loadHeaderReader } from "./headers.js";
import { htmlToText } from "./html-text.js";
import type { ParsedAttachment, ParsedMail, ParseProblem } from "./parsed-mail.js";

/** Longer texts than this are cut, with a remark. */
const longestText = 5 * 1024 * 1024;
const tooLong = "\n[The rest of this mail is too long to be shown.]";
/** So much of a mail is looked at for its headers where the rest cannot be read. */
const longestHead = 256 * 1024;

const limits = { maxNestingDepth: 256, maxHeadersSize: 2 * 1024 * 1024, maxRfc822NestingDepth: 0 };

/**
 * Reads a mail whole, in one go: for small mails, and for a worker's thread. Needs the optional packages postal-mime and
 * htmlparser2.
 */
export async function readMail(raw: Uint8Array): Promise<ParsedMail> {
  const { default: PostalMime } = await import("postal-mime");
  let parsed: PostalEmail;
  try {
    parsed = await PostalMime.parse(raw, limits);
  } catch {
    return readHead(raw, "too_complex"); // beyond the limits above
  }
  const headers = parsed.headers.map(({ originalKey: name, value }) => ({ name, value }));
  const html = parsed.html?.replace(/\r\n?/g, "\n");
  const readable = html === undefined ? undefined : await htmlToText(html);
  const text = parsed.text?.replace(/\r\n?/g, "\n") ?? readable?.text ?? "";
  return {
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
  const beginning = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, longestHead)).toString("utf8");
  const end = /\r?\n\r?\n/.exec(beginning)?.index ?? beginning.length;
  return {
    ...readHeaderFields(splitHeaders(beginning.slice(0, end)), await loadHeaderReader()),
    bodyText: "",
    removed: { hiddenTexts: 0, trackingPixels: 0 },
    attachments: [],
    problems: [problem],
  };
}

function toAttachment(part: PostalAttachment, index: number): ParsedAttachment {
  const { mimeType, disposition } = part;
  const content = bytesOf(part.content);
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

function bytesOf(content: PostalAttachment["content"]): Uint8Array {
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
