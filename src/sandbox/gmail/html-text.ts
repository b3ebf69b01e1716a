/** What stands for a character in nearly all mails; any other name is shown as it is written. */
const named = new Map(
  Object.entries({
    ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", shy: "", copy: "©", reg: "®", trade: "™" },
    ...{ lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", laquo: "«", raquo: "»", bull: "•", middot: "·" },
    ...{ ndash: "–", mdash: "—", hellip: "…", euro: "€", pound: "£", zwnj: "", zwj: "", thinsp: " " },
    ...{ auml: "ä", ouml: "ö", uuml: "ü", Auml: "Ä", Ouml: "Ö", Uuml: "Ü", szlig: "ß", eacute: "é", egrave: "è" },
  }),
);

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
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named.get(name) ?? whole;
      const code = decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal);
      return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCodePoint(code);
    },
  );
}
