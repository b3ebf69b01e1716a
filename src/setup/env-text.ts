import { parseEnv } from "node:util";

/**
 * The text of a `.env` file with one variable set, and everything else byte for byte as it was: comments, line ends,
 * quotes, `export`, other variables and their duplicates.
 *
 * @returns undefined when it cannot be said in this text, such as after a quote that is never closed
 */
export function withVariable(text: string, name: string, value: string): string | undefined {
  const before = parseEnv(withoutMark(text));
  if (before[name] === value) return text;
  const wanted = { ...before, [name]: value };
  // What looks like an assignment may stand inside of a quoted text: the parser that programs use has the last word.
  return candidates(text, name, value).find((candidate) => isSame(parseEnv(withoutMark(candidate)), wanted));
}

/** The lines in which two texts differ: what is gone, and what came. */
export function changedLines(before: string, after: string): { removed: string[]; added: string[] } {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  const room = Math.min(old.length, now.length) - start;
  while (end < room && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const between = (lines: string[]): string[] => lines.slice(start, lines.length - end).filter((line) => line !== "");
  return { removed: between(old), added: between(now) };
}

/** The last assignment first: of several it is the one that counts. At the end a line of its own. */
function candidates(text: string, name: string, value: string): string[] {
  const assignment = new RegExp(`^([ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*)([^\\r\\n]*)`, "gm");
  const found = [...text.matchAll(assignment)].reverse();
  const replaced = found.flatMap((match) => {
    const [whole, head = "", rest = ""] = match;
    const before = text.slice(0, match.index) + head;
    const after = text.slice(match.index + whole.length);
    return newValues(rest, value).map((each) => before + each + after);
  });
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const line = `${name}=${value}`;
  // A file whose last line has no end keeps it so.
  const appended = /(^\ufeff?|\n)$/.test(text) ? text + line + lineEnd : text + lineEnd + line;
  return [...replaced, appended];
}

/** What may stand in the place of a value and what follows it: inside of its quotes, before its comment, or of it all. */
function newValues(rest: string, value: string): string[] {
  const quoted = /^(["'`])(.*?)\1(.*)$/.exec(rest);
  const [, quote = "", , tail = ""] = quoted ?? [];
  const plain = /^[^#]*?([ \t]*(?:#.*)?)$/.exec(rest)?.[1] ?? "";
  return [...(quoted ? [quote + value + quote + tail] : []), value + plain, value];
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}

function isSame(one: NodeJS.Dict<string>, other: NodeJS.Dict<string>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
