/** Deeper nesting than any mail that a person wrote: parsers slow down with it, so reading ends there. */
const maxDepth = 500;
const tooDeep = "\n[The rest of this mail is nested too deeply to be shown.]";
const tooLong = "\n[The rest of this mail is too long to be shown.]";
const maxHtmlLength = 5 * 1024 * 1024;

const blocks = new Set(
  "address article aside blockquote br dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul".split(
    " ",
  ),
);
const paragraphs = new Set("p h1 h2 h3 h4 h5 h6 blockquote table ul ol".split(" "));
const unread = new Set("head script style template title noscript svg".split(" "));

/**
 * HTML as the text that a person would read: links keep their address, lists their bullets; scripts and styles are
 * left out. Needs the optional package htmlparser2.
 */
export async function htmlToText(html: string): Promise<string> {
  const { Parser } = await import("htmlparser2");
  const writer = new TextWriter();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        writer.open(name, attributes);
        if (writer.depth > maxDepth) parser.pause();
      },
      onclosetag: (name) => writer.close(name),
      ontext: (text) => writer.text(text),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html.slice(0, maxHtmlLength));
  if (writer.depth > maxDepth) return writer.result() + tooDeep;
  parser.end();
  return writer.result() + (html.length > maxHtmlLength ? tooLong : "");
}

class TextWriter {
  readonly #parts: string[] = [];
  readonly #links: { href: string; from: number }[] = [];
  /** How many elements are open. */
  depth: number = 0;
  #hiddenDepth = 0;
  #preDepth = 0;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.depth += 1;
    if (this.#hiddenDepth > 0 || unread.has(name)) {
      this.#hiddenDepth += 1;
      return;
    }
    if (name === "pre") this.#preDepth += 1;
    if (paragraphs.has(name)) this.#break(2);
    else if (blocks.has(name)) this.#break(1);
    if (name === "li") this.#parts.push("- ");
    if (name === "td" || name === "th") this.#parts.push(" ");
    if (name === "img" && attributes["alt"]) this.#parts.push(`[${attributes["alt"].trim()}]`);
    if (name === "a") this.#links.push({ href: attributes["href"] ?? "", from: this.#parts.length });
  }

  close(name: string): void {
    this.depth -= 1;
    if (this.#hiddenDepth > 0) {
      this.#hiddenDepth -= 1;
      return;
    }
    if (name === "pre") this.#preDepth -= 1;
    if (name === "a") this.#closeLink();
    if (paragraphs.has(name)) this.#break(2);
    else if (blocks.has(name) && name !== "br") this.#break(1);
  }

  text(text: string): void {
    if (this.#hiddenDepth > 0) return;
    this.#parts.push(this.#preDepth > 0 ? text : text.replace(/\s+/g, " "));
  }

  result(): string {
    return this.#parts
      .join("")
      .replace(/[ \t]+/g, " ")
      .replace(/ ?\n ?/g, "\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim();
  }

  #break(lines: 1 | 2): void {
    this.#parts.push("\n".repeat(lines));
  }

  #closeLink(): void {
    const link = this.#links.pop();
    if (!link || !/^(https?|mailto):/i.test(link.href)) return;
    const label = this.#parts.slice(link.from).join("").trim();
    const target = link.href.replace(/^mailto:/i, "");
    if (label !== target && label !== link.href) this.#parts.push(label === "" ? link.href : ` (${link.href})`);
  }
}
