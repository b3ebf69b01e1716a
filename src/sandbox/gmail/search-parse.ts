/** What a search asks for. */
export type SearchTerm =
  | { readonly kind: "and" | "or"; readonly terms: readonly SearchTerm[] }
  | { readonly kind: "not"; readonly term: SearchTerm }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "operator"; readonly name: string; readonly value: string };

interface Token {
  readonly kind: "open" | "close" | "openAny" | "closeAny" | "or" | "minus" | "word" | "quoted" | "operator";
  readonly text: string;
  readonly value?: string;
}

const operators =
  "from|to|cc|bcc|subject|label|in|is|has|filename|before|after|older|newer|older_than|newer_than|larger|smaller|size|rfc822msgid|list|category|deliveredto";
const tokenPattern = new RegExp(
  `\\s*(?:(\\()|(\\))|(\\{)|(\\})|(OR|\\|)(?=\\s|$)|(AND)(?=\\s|$)|(-)(?=\\S)|(${operators}):\\s*(?:"([^"]*)"|([^\\s(){}]+))|(${operators}):(?=\\()|"([^"]*)"|([^\\s(){}"]+)|(["]))`,
  "iy",
);

/** Unsure(google): what is within so many brackets means nothing, and is no error. */
const mostLevels = 50;

/** Parses Gmail's search language. It never fails: what it does not understand is a word. @see https://support.google.com/mail/answer/7190 */
export function parseSearch(query: string): SearchTerm {
  return new SearchReader(tokenize(query)).whole();
}

class SearchReader {
  readonly #tokens: readonly Token[];
  #position = 0;
  #level = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): SearchTerm {
    return this.#sequence(undefined);
  }

  #sequence(end: Token["kind"] | undefined): SearchTerm {
    const terms: SearchTerm[] = [];
    /** What the last of the terms is any of, as long as OR goes on. */
    let choices: SearchTerm[] | undefined;
    for (let token = this.#next; token && token.kind !== end; token = this.#next) {
      if (token.kind !== "or") {
        const term = this.#unary();
        if (term) terms.push(term);
        choices = undefined;
        continue;
      }
      this.#position += 1;
      const right = this.#next?.kind === end ? undefined : this.#unary();
      if (right && choices) choices.push(right);
      if (!right || choices) continue;
      choices = [...terms.splice(-1), right];
      terms.push({ kind: "or", terms: choices });
    }
    return { kind: "and", terms };
  }

  #inside(end: "close" | "closeAny"): SearchTerm {
    this.#level += 1;
    const inner = this.#sequence(end);
    this.#level -= 1;
    this.#position += 1;
    return inner;
  }

  #unary(): SearchTerm | undefined {
    let negated = false;
    for (; this.#next?.kind === "minus"; this.#position += 1) negated = !negated;
    const term = this.#positive();
    return term && negated ? { kind: "not", term } : term;
  }

  #positive(): SearchTerm | undefined {
    const token = this.#next;
    this.#position += 1;
    if (!token || this.#level > mostLevels) return undefined;
    switch (token.kind) {
      case "open": {
        const inner = this.#inside("close");
        return token.value === undefined ? inner : distribute(token.value, inner);
      }
      case "openAny": {
        const inner = this.#inside("closeAny");
        return { kind: "or", terms: inner.kind === "and" ? inner.terms : [inner] };
      }
      case "operator":
        return { kind: "operator", name: token.text.toLowerCase(), value: token.value ?? "" };
      case "quoted":
      case "word":
        return { kind: "word", text: token.text.toLowerCase() };
      default:
        return undefined; // a closing bracket or OR out of place
    }
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#position];
  }
}

/** `from:(ann bob)` means the operator for each word. */
function distribute(name: string, term: SearchTerm): SearchTerm {
  switch (term.kind) {
    case "word":
      return { kind: "operator", name: name.toLowerCase(), value: term.text };
    case "not":
      return { kind: "not", term: distribute(name, term.term) };
    case "operator":
      return term;
    default:
      return { kind: term.kind, terms: term.terms.map((each) => distribute(name, each)) };
  }
}

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (;;) {
    const found = tokenPattern.exec(query);
    if (!found) return tokens;
    const [, open, close, openAny, closeAny, or, and, minus, name, quotedValue, value, groupName, quoted, word] = found;
    // Quirk(google): operators are capitals; "or" is a word. https://support.google.com/mail/answer/7190
    const lower = [or, and].find((each) => each !== undefined && each !== each.toUpperCase());
    if (lower !== undefined) tokens.push({ kind: "word", text: lower });
    else if (open) tokens.push({ kind: "open", text: "(" });
    else if (close) tokens.push({ kind: "close", text: ")" });
    else if (openAny) tokens.push({ kind: "openAny", text: "{" });
    else if (closeAny) tokens.push({ kind: "closeAny", text: "}" });
    else if (or) tokens.push({ kind: "or", text: or });
    else if (and) continue;
    else if (minus) tokens.push({ kind: "minus", text: "-" });
    else if (name) tokens.push({ kind: "operator", text: name, value: quotedValue ?? value?.replace(/^"/, "") ?? "" });
    else if (groupName) {
      tokenPattern.lastIndex = query.indexOf("(", tokenPattern.lastIndex) + 1;
      tokens.push({ kind: "open", text: "(", value: groupName });
    } else if (quoted !== undefined) tokens.push({ kind: "quoted", text: quoted });
    else if (word) tokens.push({ kind: "word", text: word });
  }
}
