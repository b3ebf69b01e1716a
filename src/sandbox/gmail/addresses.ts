import { decodeWords } from "./encoded-words.js";
import { headerOf, type MimePart } from "./mime-tree.js";

/** The addresses of a header such as `To`, in lower case, without names, comments and groups. @see https://www.rfc-editor.org/rfc/rfc5322#section-3.4 */
export function addressesIn(header: string): string[] {
  const found: string[] = [];
  let [entry, angle]: [string, string | undefined] = ["", undefined];
  for (const { char, inAngle } of bareCharacters(header)) {
    if (char === ":")
      [entry, angle] = ["", undefined]; // what came before was the name of a group
    else if (char === "," || char === ";") {
      found.push(angle ?? entry);
      [entry, angle] = ["", undefined];
    } else if (char === "<") angle = "";
    else if (inAngle) angle = (angle ?? "") + char;
    else entry += char;
  }
  return [...found, angle ?? entry].map((each) => each.trim().toLowerCase()).filter((each) => each !== "");
}

/** The characters of a header outside of quotes and comments, and which of them stand between `<` and `>`. */
function* bareCharacters(header: string): Generator<{ char: string; inAngle: boolean }> {
  let [quoted, comments, inAngle] = [false, 0, false];
  for (let index = 0; index < header.length; index += 1) {
    const char = header.charAt(index);
    if (char === "\\" && (quoted || comments > 0)) index += 1;
    else if (char === '"' && comments === 0) quoted = !quoted;
    else if (quoted) continue;
    else if (char === "(") comments += 1;
    else if (char === ")") comments = Math.max(0, comments - 1);
    else if (comments > 0) continue;
    else if (char === ">") inAngle = false;
    else {
      if (char === "<") inAngle = true;
      yield { char, inAngle };
    }
  }
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
