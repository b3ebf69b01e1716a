import { TextDecoder } from "node:util";

/** Charsets of one byte a character: text in them that happens to be valid UTF-8 beyond ASCII is UTF-8 in truth. */
const singleByte = /^(us-ascii|ascii|iso-?8859-\d+|latin-?\d+|windows-125\d|cp125\d|koi8-[ru]|macintosh)$/i;

/**
 * The text of a body part.
 *
 * @param charset - as its Content-Type declares it; missing or unknown ones are tried as UTF-8, then Windows-1252
 * @see https://www.rfc-editor.org/rfc/rfc2046#section-4.1.2
 */
export function decodeText(bytes: Uint8Array, charset: string | undefined): string {
  const declared = decoderOf(charset);
  if (!declared || singleByte.test(charset ?? "")) return utf8(bytes) ?? (declared ?? windows1252()).decode(bytes);
  return declared.decode(bytes);
}

/** The charset parameter of a Content-Type header, if it has one. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]+))/i
    .exec(contentType ?? "")
    ?.slice(1)
    .find((match) => match)
    ?.trim();
}

function decoderOf(charset: string | undefined): TextDecoder | undefined {
  if (charset === undefined) return undefined;
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined; // a charset that nobody registered: the text is still worth showing
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined; // not UTF-8
  }
}

function windows1252(): TextDecoder {
  return new TextDecoder("windows-1252");
}
