import { parameter } from "./gmail/mime-parameters.js";

/** One part of a multipart body, as it was sent. */
export interface MultipartPart {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The boundary that a content type names, or undefined for anything but that kind of multipart. */
export function boundaryOf(contentType: string | undefined, kind: "mixed" | "related"): string | undefined {
  if (contentType?.split(";", 1)[0]?.trim().toLowerCase() !== `multipart/${kind}`) return undefined;
  return parameter(contentType, "boundary");
}

/**
 * The parts of a multipart body, bytes as they are.
 *
 * @returns undefined when the body does not end with its last boundary
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1
 */
export function splitMultipart(body: Buffer, boundary: string): MultipartPart[] | undefined {
  const delimiter = Buffer.from(`--${boundary}`, "latin1");
  const parts: MultipartPart[] = [];
  let begin: number | undefined;
  for (let at = findDelimiter(body, delimiter, 0); at !== -1;) {
    if (begin !== undefined) parts.push(splitPart(body.subarray(begin, beforeLineBreak(body, at, begin))));
    const after = at + delimiter.length;
    if (body.toString("latin1", after, after + 2) === "--") return parts;
    const lineEnd = body.indexOf("\n", after);
    if (lineEnd === -1) return undefined;
    begin = lineEnd + 1;
    at = findDelimiter(body, delimiter, begin);
  }
  return undefined;
}

/** Headers up to the first empty line, and what comes after it. */
export function splitPart(part: Buffer): MultipartPart {
  const { head, body } = splitAtEmptyLine(part);
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(":");
    return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
  });
  return { headers: Object.fromEntries(headers), body };
}

/** A part without headers begins with the empty line that ends them. */
function splitAtEmptyLine(part: Buffer): { head: string; body: Buffer } {
  for (let begin = 0, end = 0; begin < part.length; begin = end) {
    const lineBreak = part.indexOf("\n", begin);
    if (lineBreak === -1) break;
    end = lineBreak + 1;
    const isEmpty = lineBreak === begin || (lineBreak === begin + 1 && part[begin] === 0x0d);
    if (isEmpty) return { head: part.toString("utf8", 0, begin), body: part.subarray(end) };
  }
  return { head: part.toString("utf8"), body: Buffer.alloc(0) };
}

/** Where a line begins with the delimiter and with nothing else before its end, or -1. */
function findDelimiter(body: Buffer, delimiter: Buffer, from: number): number {
  for (let at = body.indexOf(delimiter, from); at !== -1; at = body.indexOf(delimiter, at + 1)) {
    const beginsLine = at === 0 || body[at - 1] === 0x0a;
    const rest = body.toString("latin1", at + delimiter.length, at + delimiter.length + 70);
    if (beginsLine && /^(--)?[ \t]*(\r?\n|$)/.test(rest)) return at;
  }
  return -1;
}

/** The line break before a delimiter belongs to it. */
function beforeLineBreak(body: Buffer, delimiterAt: number, begin: number): number {
  const breakBytes = body[delimiterAt - 2] === 0x0d ? 2 : 1;
  return Math.max(begin, delimiterAt - breakBytes);
}
