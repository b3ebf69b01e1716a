import type { EmailAddress } from "../models.js";

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
    text: (value) => oneLine(decodeWords(value.slice(0, longestValue))),
    addresses: (value) =>
      addressParser(listStart(value), { flatten: true })
        .filter((entry) => entry.address)
        .map(({ name, address }) => ({ ...(name && { name: oneLine(name) }), address: oneLine(address ?? "") })),
  };
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
  return value.replace(/[\r\n\0]+/g, " ").trim();
}
