import { knownDecoder } from "./text-decoder.js";

/**
 * Undoes the encoded words of a header, such as `=?UTF-8?B?…?=`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2047
 */
export function decodeWords(text: string): string {
  if (!text.includes("=?")) return text;
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?([\w-]+)(?:\*[\w-]+)?\?([BQ])\?([^?]*)\?=/gi, (whole, charset: string, kind: string, data: string) => {
      const bytes = kind.toUpperCase() === "B" ? Buffer.from(data, "base64") : quotedBytes(data);
      return knownDecoder(charset)?.decode(bytes) ?? whole;
    });
}

function quotedBytes(data: string): Buffer {
  const text = data
    .replaceAll("_", " ")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(text, "latin1");
}
