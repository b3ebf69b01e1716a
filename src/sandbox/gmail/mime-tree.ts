import { decodeWords } from "./encoded-words.js";
import { parameter } from "./mime-parameters.js";

/** A header line as the message has it, unfolded. */
export interface MimeHeader {
  readonly name: string;
  readonly value: string;
}

/** A part of a message with its decoded content; multiparts have parts instead. */
export interface MimePart {
  readonly headers: readonly MimeHeader[];
  readonly mimeType: string;
  readonly filename: string;
  readonly content: Buffer;
  readonly parts: readonly MimePart[];
}

const maxDepth = 20;
/** Far beyond the 70 characters that a boundary may have. @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1 */
const maxBoundaryLength = 1000;

/** Takes a message apart. @see https://www.rfc-editor.org/rfc/rfc2045 */
export function parseMime(raw: Buffer, depth = 0): MimePart {
  const { headers, body } = splitHead(raw);
  const header = (name: string): string => headers.find((each) => each.name.toLowerCase() === name)?.value ?? "";
  const contentType = header("content-type");
  const mimeType = (contentType.split(";")[0] ?? "").trim().toLowerCase() || "text/plain";
  const disposition = header("content-disposition");
  // Encoded words do not belong into parameters, and are there in many mails.
  const filename = decodeWords(parameter(disposition, "filename") ?? parameter(contentType, "name") ?? "");
  const boundary = mimeType.startsWith("multipart/") ? parameter(contentType, "boundary") : undefined;
  if (boundary !== undefined && boundary.length <= maxBoundaryLength && depth < maxDepth) {
    const parts = splitParts(body, boundary).map((part) => parseMime(part, depth + 1));
    return { headers, mimeType, filename, content: Buffer.alloc(0), parts };
  }
  const content = decodeTransfer(body, header("content-transfer-encoding").trim().toLowerCase());
  return { headers, mimeType, filename, content, parts: [] };
}

/** A header of a part; several of the same name are joined, and a missing one is empty. */
export function headerOf(part: Pick<MimePart, "headers">, name: string): string {
  return part.headers
    .filter((header) => header.name.toLowerCase() === name)
    .map(({ value }) => value)
    .join(", ");
}

function splitHead(raw: Buffer): { headers: MimeHeader[]; body: Buffer } {
  const text = raw.toString("latin1");
  // A part without headers begins with the blank line that ends them.
  const end = /^\r?\n|\r?\n\r?\n/.exec(text);
  const head = raw.subarray(0, end?.index ?? raw.length).toString("utf8");
  const body = end ? raw.subarray(end.index + end[0].length) : Buffer.alloc(0);
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(":");
    return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
  });
  return { headers, body };
}

function splitParts(body: Buffer, boundary: string): Buffer[] {
  const text = body.toString("latin1");
  const escaped = boundary.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const line = new RegExp(`(?:^|\\r?\\n)--${escaped}(--)?[ \\t]*(?:\\r?\\n|$)`, "g");
  const parts: Buffer[] = [];
  let start: number | undefined;
  for (const found of text.matchAll(line)) {
    if (start !== undefined) parts.push(body.subarray(start, Math.max(start, found.index)));
    if (found[1] !== undefined) return parts;
    // The line break before the next boundary may be this one's own, when the part between is empty.
    start = found.index + found[0].length;
  }
  if (start !== undefined) parts.push(body.subarray(start));
  return parts;
}

function decodeTransfer(body: Buffer, encoding: string): Buffer {
  if (encoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
  if (encoding !== "quoted-printable") return body;
  const text = quotedLines(body.toString("latin1"));
  return Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  );
}

/** Quoted-printable text without the blanks that were added at the ends of its lines, and without its soft breaks. */
function quotedLines(text: string): string {
  const lines = text.split("\n").map((line) => {
    const end = line.endsWith("\r") ? "\r\n" : "\n";
    let length = line.length - end.length + 1;
    while (line[length - 1] === " " || line[length - 1] === "\t") length -= 1;
    return line[length - 1] === "=" ? line.slice(0, length - 1) : line.slice(0, length) + end;
  });
  return lines.join("").replace(/\n$/, "");
}
