import type { RemovedContent } from "../models.js";
import { hiddenSelectors, isHidden, isTrackingPixel, type HiddenSelectors } from "./html-hidden.js";
import { TextWriter } from "./text-writer.js";

/** Deeper nesting than any mail that a person wrote: parsers slow down with it, so reading ends there. */
const maxDepth = 500;
const tooDeep = "\n[The rest of this mail is nested too deeply to be shown.]";
/** Below a text that was cut at {@link longestText}. */
export const tooLong = "\n[The rest of this mail is too long to be shown.]";
/** Longer texts and HTML than this are cut, with a remark; in characters. */
export const longestText: number = 5 * 1024 * 1024;
/** After so much, others get a turn: a few milliseconds of work. */
const sliceLength = 64 * 1024;

/** What a person reads of an HTML mail. */
export interface ReadableHtml {
  readonly text: string;
  readonly removed: RemovedContent;
}

/**
 * HTML as the text that a person would read: links keep their address, lists their bullets, quotations begin their lines
 * with `> `, and a signature follows a line of `-- `. Scripts, styles and what is hidden from readers are left out.
 * Needs the optional package htmlparser2.
 */
export async function htmlToText(html: string): Promise<ReadableHtml> {
  const { Parser } = await import("htmlparser2");
  const reader = new HtmlReader();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        reader.open(name, attributes);
        if (reader.depth > maxDepth) parser.pause();
      },
      onclosetag: (name) => reader.close(name),
      ontext: (text) => reader.text(text),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  const end = Math.min(html.length, longestText);
  for (let at = 0; at < end && reader.depth <= maxDepth; at += sliceLength) {
    if (at > 0) await new Promise((resolve) => setImmediate(resolve));
    parser.write(html.slice(at, Math.min(end, at + sliceLength)));
  }
  if (reader.depth > maxDepth) return reader.result(tooDeep);
  parser.end();
  return reader.result(html.length > longestText ? tooLong : "");
}

const blocks = new Set(
  "address article aside br dd div dl dt fieldset footer form header li main section tr center figure figcaption".split(
    " ",
  ),
);
const paragraphs = new Set("p h1 h2 h3 h4 h5 h6 blockquote table ul ol hr pre".split(" "));
const unread = new Set("head script style template title noscript svg object select textarea".split(" "));
const signatures = /(^|\s)(gmail_signature|moz-signature|signature)(\s|$)/i;

/** Follows the tags of a mail and writes what is visible. */
class HtmlReader {
  readonly #writer = new TextWriter();
  readonly #links: { readonly href: string; readonly from: number }[] = [];
  /** Of each list that is open, the number of its next item; 0 for bullets. */
  readonly #lists: number[] = [];
  readonly #removed: RemovedContent = { hiddenTexts: 0, trackingPixels: 0 };
  #selectors: HiddenSelectors = hiddenSelectors("");
  /** How many elements are open. */
  depth: number = 0;
  /** How many of them are inside one that is not read, itself among them. */
  #skipped = 0;
  /** Whether that one is hidden from readers, and whether it holds any text. */
  #hiding: { holdsText: boolean } | undefined;
  #style: string | undefined;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.depth += 1;
    if (this.#skipped > 0) {
      this.#skipped += 1;
      if (name === "style") this.#style = "";
      return;
    }
    const pixel = name === "img" && isTrackingPixel(attributes);
    if (pixel) this.#removed.trackingPixels += 1;
    if (unread.has(name) || isHidden(attributes, this.#selectors)) {
      this.#skipped = 1;
      if (name === "style") this.#style = "";
      if (!unread.has(name) && !pixel) this.#hiding = { holdsText: false };
      return;
    }
    if (!pixel) this.#openVisible(name, attributes);
  }

  close(name: string): void {
    this.depth -= 1;
    if (name === "style" && this.#style !== undefined) {
      this.#selectors = hiddenSelectors(this.#style, this.#selectors);
      this.#style = undefined;
    }
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      if (this.#skipped > 0) return;
      if (this.#hiding?.holdsText) this.#removed.hiddenTexts += 1;
      this.#hiding = undefined;
      return;
    }
    this.#closeVisible(name);
  }

  text(text: string): void {
    if (this.#style !== undefined && this.#style.length < 100_000) this.#style += text;
    if (this.#skipped === 0) this.#writer.text(text);
    else if (this.#hiding && /[\p{L}\p{N}]/u.test(text)) this.#hiding.holdsText = true;
  }

  /** @param remark - what to add below */
  result(remark: string): ReadableHtml {
    if (this.#hiding?.holdsText) this.#removed.hiddenTexts += 1;
    return { text: (this.#writer.result() + remark).trim(), removed: this.#removed };
  }

  #openVisible(name: string, attributes: Readonly<Record<string, string>>): void {
    const writer = this.#writer;
    if (paragraphs.has(name)) writer.break(2);
    else if (blocks.has(name)) writer.break(1, name === "br");
    if (signatures.test(attributes["class"] ?? "") || /^signature$/i.test(attributes["id"] ?? "")) writer.signature();
    if (name === "blockquote") writer.quote(1);
    if (name === "pre") writer.keepSpaces(1);
    if (name === "ul") this.#lists.push(0);
    if (name === "ol") this.#lists.push(Math.max(1, Number.parseInt(attributes["start"] ?? "1", 10) || 1));
    if (name === "li") writer.text(`${this.#bullet()} `);
    if (name === "td" || name === "th") writer.text(" ");
    if (name === "hr") writer.text("---");
    if (name === "img" && attributes["alt"]?.trim()) writer.text(`[${attributes["alt"].trim()}]`);
    if (name === "a") this.#links.push({ href: attributes["href"]?.trim() ?? "", from: writer.mark() });
  }

  #closeVisible(name: string): void {
    const writer = this.#writer;
    if (name === "a") this.#closeLink();
    if (name === "ul" || name === "ol") this.#lists.pop();
    if (paragraphs.has(name)) writer.break(2);
    else if (blocks.has(name) && name !== "br") writer.break(1);
    if (name === "blockquote") writer.quote(-1);
    if (name === "pre") writer.keepSpaces(-1);
  }

  #bullet(): string {
    const number = this.#lists.at(-1) ?? 0;
    if (number === 0) return "-";
    this.#lists[this.#lists.length - 1] = number + 1;
    return `${number}.`;
  }

  #closeLink(): void {
    const link = this.#links.pop();
    if (!link || !/^(https?|mailto|tel):/i.test(link.href)) return;
    const label = this.#writer.since(link.from).trim();
    const target = link.href.replace(/^(mailto|tel):/i, "");
    if (label === target || label === link.href) return;
    this.#writer.text(label === "" ? link.href : ` (${link.href})`);
  }
}
