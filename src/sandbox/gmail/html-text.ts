import { windows1252 } from "./text-decoder.js";

/** The names of the characters from 160 on, in their order. @see https://html.spec.whatwg.org/multipage/named-characters.html */
const latin1Names = `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3
acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig
Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave
Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave
iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml`;

/** What stands for a character in nearly all mails; any other name is shown as it is written. */
const named = new Map([
  ...latin1Names.split(/\s/).map((name, index): [string, string] => [name, String.fromCharCode(160 + index)]),
  ...Object.entries({
    ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", shy: "", zwnj: "", zwj: "", trade: "™" },
    ...{ lsquo: "‘", rsquo: "’", sbquo: "‚", ldquo: "“", rdquo: "”", bdquo: "„", lsaquo: "‹", rsaquo: "›", bull: "•" },
    ...{ ndash: "–", mdash: "—", hellip: "…", euro: "€", thinsp: " ", ensp: " ", emsp: " ", larr: "←", rarr: "→" },
  }),
]);

/** The words of a page in HTML, enough to search in and to show a beginning of. Time grows with the length only. */
export function wordsOfHtml(html: string): string {
  const words: string[] = [];
  const tag = /<(?=[a-z/!?])/gi;
  let position = 0;
  for (let found = tag.exec(html); found && position !== -1; found = tag.exec(html)) {
    words.push(html.slice(position, found.index));
    position = endOfTag(html, found.index);
    tag.lastIndex = position;
  }
  if (position !== -1) words.push(html.slice(position));
  return decodeEntities(words.join(" "));
}

/** Where a tag ends, with all that is in it where nobody reads that; -1 where it has no end. */
function endOfTag(html: string, open: number): number {
  if (html.startsWith("<!--", open)) return after(html, /-->/g, open + 4);
  const end = after(html, />/g, open);
  const [, unread] = /^<(style|script|title)\b/i.exec(html.slice(open, open + 8)) ?? [];
  return unread === undefined || end === -1 ? end : after(html, new RegExp(`</${unread}>`, "gi"), end);
}

function after(html: string, mark: RegExp, from: number): number {
  mark.lastIndex = from;
  return mark.test(html) ? mark.lastIndex : -1;
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z\d]{1,7}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named.get(name) ?? whole;
      return characterOf(decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal));
    },
  );
}

/** What a number stands for. @see https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state */
function characterOf(code: number): string {
  if (code >= 0x80 && code < 0xa0) return windows1252.decode(Uint8Array.of(code));
  const isNone = code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return isNone ? "\ufffd" : String.fromCodePoint(code);
}
