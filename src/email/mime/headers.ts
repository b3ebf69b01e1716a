import type { EmailAddress } from "../models.js";
import { withoutC1 } from "./charset.js";

/** Reads header values: encoded words, address lists with quoted names, groups and comments. */
export interface HeaderReader {
  /** The text with its encoded words decoded, on one line. @see https://www.rfc-editor.org/rfc/rfc2047 */
  text(value: string): string;
  /** The addresses of a list; members of groups are listed like any other. @see https://www.rfc-editor.org/rfc/rfc5322#section-3.4 */
  addresses(value: string): EmailAddress[];
}

/** Loads the header reader; needs the optional package postal-mime. */
export async function loadHeaderReader(): Promise<HeaderReader> {
  const { addressParser, decodeWords } = await import("postal-mime");
  return {
    text: (value) => oneLine(decodeWords(joinWords(value.slice(0, longestValue)))),
    addresses: (value) =>
      addressParser(joinWords(listStart(value)), { flatten: true })
        .filter((entry) => entry.address)
        .map(({ name, address }) => ({ ...(name && { name: oneLine(name) }), address: oneLine(address ?? "") })),
  };
}

const wordsInRow = /=\?([^?\s]+)\?b\?[a-z0-9+/=]*\?=(?:\s+=\?\1\?b\?[a-z0-9+/=]*\?=)+/gi;

/** Many writers cut characters in two between encoded words, which RFC 2047 forbids: words in a row are read as one. */
function joinWords(value: string): string {
  return value.replace(wordsInRow, (row, charset: string) => {
    const bytes = [...row.matchAll(/\?b\?([a-z0-9+/=]*)\?=/gi)].map(([, data = ""]) => Buffer.from(data, "base64"));
    return `=?${charset}?B?${Buffer.concat(bytes).toString("base64")}?=`;
  });
}

/** More than any header needs; what is longer takes longer to read than everybody else can wait. */
const longestValue = 64 * 1024;

/** As many whole entries of a list as are read. */
function listStart(value: string): string {
  if (value.length <= longestValue) return value;
  return value.slice(0, Math.max(0, value.lastIndexOf(",", longestValue)));
}

/** Encoded words can hold line breaks; no header value of ours does. */
function oneLine(value: string): string {
  return withoutC1(value)
    .replace(/[\r\n\t\0]+/g, " ")
    .trim();
}
