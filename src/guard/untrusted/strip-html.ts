const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  apos: "'",
  nbsp: " ",
  amp: "&",
};
/** What is not read, from where to where. */
const comments = [/<!--/g, /-->/g] as const;
const unseen = [
  [/<script\b/gi, /<\/script\s*>/gi],
  [/<style\b/gi, /<\/style\s*>/gi],
  [/<title\b/gi, /<\/title\s*>/gi],
] as const;

/**
 * HTML without its tags, roughly, for where there is no parser: line breaks where blocks end, the commonest entities.
 *
 * @returns its text, and in `hidden` how many comments with words in them were taken out
 */
export function stripHtml(html: string): { text: string; hidden: number } {
  const { kept, taken } = withoutParts(html, ...comments);
  const shown = unseen.reduce((rest, [begin, end]) => withoutParts(rest, begin, end).kept, kept);
  const text = shown
    .replace(/\s+/g, " ")
    .replace(/ ?<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/blockquote)(?:\s[^<>]*)?\/?> ?/gi, "\n")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/&(#39|[a-z]{2,4});/gi, (entity, name: string) => entities[name.toLowerCase()] ?? entity);
  return { text: text.trim(), hidden: taken.filter((part) => /[\p{L}\p{N}]/u.test(part)).length };
}

/** Takes out what begins and ends with marks; without an end, to the text's. */
function withoutParts(text: string, begin: RegExp, end: RegExp): { kept: string; taken: string[] } {
  const kept: string[] = [];
  const taken: string[] = [];
  let at = 0;
  for (let start = search(text, begin, 0); start; start = search(text, begin, at)) {
    kept.push(text.slice(at, start.index));
    const inner = start.index + start[0].length;
    const stop = search(text, end, inner);
    at = stop ? stop.index + stop[0].length : text.length;
    taken.push(text.slice(inner, stop?.index));
  }
  kept.push(text.slice(at));
  return { kept: kept.join(""), taken };
}

function search(text: string, mark: RegExp, from: number): RegExpExecArray | null {
  mark.lastIndex = from;
  return mark.exec(text);
}
