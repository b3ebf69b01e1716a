/** Characters that take no room, with which mails are padded. */
const padding = /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]/g;
/** They join emoji and letters; beside a space they are padding too. */
const looseJoiners = /(?<=^|\s)[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/g;

/** Writes text in lines: spaces as one, breaks as few as were meant, quotations marked. */
export class TextWriter {
  readonly #lines: string[] = [];
  #line = "";
  /** Line breaks to write before the next text. */
  #breaks = 0;
  #quotes = 0;
  /** Of the line that was written last. */
  #lastQuotes = 0;
  #preformatted = 0;
  /** What was written so far, in pieces, without breaks and the marks of quotations. */
  readonly #pieces: string[] = [];

  text(given: string): void {
    const text = given.replace(padding, "").replace(looseJoiners, "");
    if (this.#preformatted > 0) {
      const [first = "", ...rest] = text.split("\n");
      this.#put(first);
      for (const line of rest) {
        this.#endLine();
        this.#put(line);
      }
      return;
    }
    const collapsed = text.replace(/\s+/g, " ");
    const atStart = this.#breaks > 0 || this.#line === "" || this.#line.endsWith(" ");
    this.#put(atStart ? collapsed.replace(/^ /, "") : collapsed);
  }

  /** @param own - adds to the breaks that are due, rather than being one of them */
  break(lines: 1 | 2, own = false): void {
    this.#breaks = own ? Math.min(2, this.#breaks + 1) : Math.max(this.#breaks, lines);
  }

  quote(change: 1 | -1): void {
    this.#flush();
    this.#quotes = Math.max(0, this.#quotes + change);
  }

  /** A line of its own that says that a signature follows. @see https://www.rfc-editor.org/rfc/rfc3676#section-4.3 */
  signature(): void {
    this.#flush();
    this.#lines.push(`${"> ".repeat(this.#quotes)}-- `);
    this.#breaks = 0;
  }

  keepSpaces(change: 1 | -1): void {
    this.#preformatted = Math.max(0, this.#preformatted + change);
  }

  /** A place to look back from. */
  mark(): number {
    return this.#pieces.length;
  }

  /** What was written since, in one line. */
  since(mark: number): string {
    return this.#pieces.slice(mark).join("");
  }

  result(): string {
    this.#flush();
    return this.#lines.join("\n");
  }

  #put(text: string): void {
    if (text === "") return;
    if (text.trim() !== "") this.#flushDue();
    this.#line += text;
    this.#pieces.push(text);
  }

  #flushDue(): void {
    if (this.#breaks === 0) return;
    const breaks = this.#breaks;
    this.#flush();
    if (breaks > 1 && this.#lines.length > 0) {
      this.#lines.push("> ".repeat(Math.min(this.#quotes, this.#lastQuotes)).trimEnd());
    }
    this.#breaks = 0;
  }

  /** Ends the line that is being written, if there is anything on it. */
  #flush(): void {
    if (this.#line.trim() !== "") this.#endLine();
    this.#line = "";
  }

  #endLine(): void {
    this.#lines.push(`${"> ".repeat(this.#quotes)}${this.#line}`.trimEnd());
    this.#lastQuotes = this.#quotes;
    this.#line = "";
  }
}
