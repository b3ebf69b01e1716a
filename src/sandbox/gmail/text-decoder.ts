import { TextDecoder } from "node:util";

const utf8 = new TextDecoder();

/** Reads text in a charset by its name in mails; one that does not exist is read as UTF-8. */
export function textDecoder(charset: string): TextDecoder {
  if (/^(utf-?8|us-ascii|)$/i.test(charset)) return utf8;
  try {
    return new TextDecoder(charset);
  } catch {
    return utf8;
  }
}
