import { TextDecoder } from "node:util";

/** What turns bytes into text. */
export interface Decoder {
  readonly decode: (bytes: Uint8Array) => string;
}

const utf8 = new TextDecoder();
/** What Windows-1252 has in place of the control characters 0x80 to 0x9f. @see https://encoding.spec.whatwg.org/#windows-1252 */
const windows1252Extras = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Quirk(node): up to Node 22 its own decoder reads 0x80 to 0x9f as ISO 8859-1 does. */
export const windows1252: Decoder = {
  decode: (bytes) =>
    Buffer.from(bytes)
      .toString("latin1")
      .replace(/[\u0080-\u009f]/g, (control) => windows1252Extras.charAt(control.charCodeAt(0) - 0x80)),
};

/** Reads text in a charset by its name in mails; one that does not exist is read as UTF-8. */
export function textDecoder(charset: string): Decoder {
  return knownDecoder(charset) ?? utf8;
}

/** Reads text in a charset by its name in mails; undefined for one that does not exist. */
export function knownDecoder(charset: string): Decoder | undefined {
  if (/^(utf-?8|us-ascii|)$/i.test(charset)) return utf8;
  try {
    const decoder = new TextDecoder(charset);
    return decoder.encoding === "windows-1252" ? windows1252 : decoder;
  } catch {
    return undefined;
  }
}
