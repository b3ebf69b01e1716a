/** Elements that only arrange text: for these nothing is fetched but what their style or background names. */
const arranging = new Set(
  [
    "!doctype html head title body p br hr div span h1 h2 h3 h4 h5 h6 blockquote pre code address section article main",
    "header footer figure figcaption ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td style",
    "a abbr b big bdi bdo center cite del dfn em font i ins kbd mark q s samp small strike strong sub sup time tt u var wbr",
  ].flatMap((line) => line.split(" ")),
);

/** A style that can name something to fetch, also where its letters are written as escapes or references. */
const suspicious = /[\\&@]|url|image|src|expression/i;

/** In characters: nobody writes longer ones by hand, and what is read of each has to end somewhere. */
const longestStyle = 2_000;
const styleAttribute = /\bstyle\s*=\s*(?=("[^"]{0,2000}|'[^']{0,2000}|[^\s>]{0,2001}))/gi;

/**
 * Whether a mail's reader might fetch something when it is opened: an address in it can hold whatever the mail's writer
 * knew. Rather too often than too seldom: whatever is not known to fetch nothing counts, and comments as well, since some
 * programs read them.
 */
export function fetchesOnOpening(html: string): boolean {
  const names = Array.from(html.matchAll(/<\/?\??(!?[a-z][^\s/>]*)/gi), ([, name = ""]) => name.toLowerCase());
  return (
    names.some((name) => !arranging.has(name)) ||
    /\bbackground\s*=/i.test(html) ||
    styleSheets(html).some(isSuspicious) ||
    hasSuspiciousStyle(html)
  );
}

/** Each is read from its own place on, since what stands before it may hold quotes that belong to nothing. */
function hasSuspiciousStyle(html: string): boolean {
  for (const [, css = ""] of html.matchAll(styleAttribute)) if (isSuspicious(css)) return true;
  return false;
}

function isSuspicious(css: string): boolean {
  return css.length > longestStyle || suspicious.test(css);
}

function styleSheets(html: string): string[] {
  const after = html.split(/<style/i).slice(1);
  return after.map((text) => text.split(/<\/style/i, 1)[0] ?? "");
}
