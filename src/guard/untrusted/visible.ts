import { isInstalled } from "../../core/packages.js";
import { printableCounted } from "../../core/printable.js";
import { htmlToText } from "../../email/mime/html-text.js";
import { stripHtml } from "./strip-html.js";

/** Text as a person sees it. */
export interface VisibleText {
  readonly text: string;
  /** How many pieces nobody would have seen, which were taken out. */
  readonly hidden: number;
}

/**
 * Text as a person sees it, without what only a program would read: invisible characters, Unicode tags, directions that
 * turn text around, bytes in variants, escape sequences. Line ends and tabs stay.
 */
export function visibleText(text: string): VisibleText {
  return printableCounted(text);
}

/** Tags that a description is written with. Others, such as `<name>`, people write themselves. */
const tag =
  /<(?:\/?(?:a|abbr|b|big|blockquote|body|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html|i|img|ins|li|meta|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul|wbr)(?:\s[^<>]*)?\/?>|!--)/i;

/**
 * A description, which may be HTML or plain text, as a person reads it; with the texts that HTML hides counted, comments
 * among them. Without the optional package htmlparser2 its tags are merely taken out.
 */
export async function htmlOrText(text: string): Promise<VisibleText> {
  const given = visibleText(text);
  if (!tag.test(given.text)) return given;
  const read = isInstalled("htmlparser2") ? await withParser(given.text) : stripHtml(given.text);
  const shown = visibleText(read.text);
  return { text: shown.text, hidden: given.hidden + read.hidden + shown.hidden };
}

async function withParser(html: string): Promise<VisibleText> {
  const { text, removed } = await htmlToText(html);
  return { text, hidden: removed.hiddenTexts + stripHtml(html).hidden };
}
