import { textDecoder } from "./text-decoder.js";

/**
 * A parameter of a header such as `charset` or `filename`: plain, quoted, in pieces and with a charset.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2231
 */
export function parameter(header: string, name: string): string | undefined {
  const all = parametersOf(header);
  const extended = all.get(`${name}*`);
  if (extended !== undefined) return decodeExtended([{ text: extended, encoded: true }]);
  return inPieces(all, name) ?? all.get(name);
}

/** All parameters, by their names in lower case; of two with one name the first. */
function parametersOf(header: string): Map<string, string> {
  const found = new Map<string, string>();
  const beginning = /;\s*([^\s=;"]+)\s*=\s*("?)/y;
  let position = header.indexOf(";");
  while (position !== -1) {
    beginning.lastIndex = position;
    const [, name = "", quote] = beginning.exec(header) ?? [];
    const start = Math.max(beginning.lastIndex, position + 1);
    const endOfQuote = quote === '"' ? quoteEnd(header, start) : undefined;
    position = header.indexOf(";", endOfQuote ?? start);
    const value = header.slice(start, endOfQuote ?? (position === -1 ? header.length : position));
    const key = name.toLowerCase();
    if (key === "" || found.has(key)) continue;
    found.set(key, endOfQuote === undefined ? value.trim() : value.replace(/\\([^])/g, "$1"));
  }
  return found;
}

/** Where a quoted text ends that begins at an index: at its quote, or where all ends. */
function quoteEnd(text: string, from: number): number {
  let index = from;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return Math.min(index, text.length);
}

interface Piece {
  readonly text: string;
  readonly encoded: boolean;
}

/** A value that is spread over `name*0`, `name*1` and so on, each with a further `*` where it is encoded. */
function inPieces(all: ReadonlyMap<string, string>, name: string): string | undefined {
  const pieces: Piece[] = [];
  for (;;) {
    const key = `${name}*${pieces.length}`;
    const encoded = all.get(`${key}*`);
    const text = encoded ?? all.get(key);
    if (text === undefined) break;
    pieces.push({ text, encoded: encoded !== undefined });
  }
  return pieces.length === 0 ? undefined : decodeExtended(pieces);
}

/** The first encoded piece begins with its charset and language, such as `utf-8'en'`. */
function decodeExtended(pieces: readonly Piece[]): string {
  let charset = "utf-8";
  const bytes = pieces.map(({ text, encoded }, index) => {
    if (!encoded) return Buffer.from(text, "utf8");
    const [, declared, rest] = (index === 0 && /^([^']*)'[^']*'([^]*)$/.exec(text)) || [];
    if (declared) charset = declared;
    return percentBytes(rest ?? text);
  });
  return textDecoder(charset).decode(Buffer.concat(bytes));
}

function percentBytes(text: string): Buffer {
  const latin1 = Buffer.from(text, "utf8").toString("latin1");
  const decoded = latin1.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(decoded, "latin1");
}
