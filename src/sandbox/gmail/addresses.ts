import { decodeWords } from "./encoded-words.js";
import { headerOf, type MimePart } from "./mime-tree.js";

/** The addresses of a header such as `To`, in lower case, without names, comments and groups. @see https://www.rfc-editor.org/rfc/rfc5322#section-3.4 */
export function addressesIn(header: string): string[] {
  const bare = header
    .replace(/"(?:[^"\\]|\\.)*"/g, "")
    .replace(/\((?:[^()\\]|\\.)*\)/g, "")
    .replace(/[^,;:<>]*:/g, ""); // the name of a group
  return bare
    .split(/[,;]/)
    .map((entry) => (/<([^<>]*)>/.exec(entry)?.[1] ?? entry).trim().toLowerCase())
    .filter((entry) => entry !== "");
}

/** Whether something can be an address at all. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(text);
}

/** Everybody whom a message is for. */
export function recipientsOf(mime: MimePart): string[] {
  return [...new Set(["to", "cc", "bcc"].flatMap((name) => addressesIn(headerOf(mime, name))))];
}

/** A subject without `Re:` and the like, to compare. */
export function baseSubject(mime: MimePart): string {
  const subject = decodeWords(headerOf(mime, "subject")).replace(/\s+/g, " ").trim().toLowerCase();
  return subject.replace(/^(?:(?:re|fwd?|aw|wg|sv|vs|antw|r|tr)(?:\[\d+\])?: ?)+/, "").trim();
}
