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
  if (declared && !singleByte.test(charset ?? "")) return declared.decode(bytes);
  return (
    utf8(bytes) ?? (!declared || declared.encoding === "windows-1252" ? windows1252(bytes) : declared.decode(bytes))
  );
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

/** What Windows-1252 has in place of the control characters 0x80 to 0x9f. @see https://encoding.spec.whatwg.org/#windows-1252 */
const windows1252Extras = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function windows1252(bytes: Uint8Array): string {
  return withoutC1(Buffer.from(bytes).toString("latin1"));
}

/**
 * Text with what Windows-1252 means in the place of the control characters 0x80 to 0x9f, which nobody writes.
 * Quirk(node): up to Node 22 its decoder for windows-1252 reads them as ISO 8859-1 does.
 */
export function withoutC1(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => windows1252Extras[control.charCodeAt(0) - 0x80] ?? control);
}
