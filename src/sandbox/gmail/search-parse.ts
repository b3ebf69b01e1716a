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
  `\\s*(?:(\\()|(\\))|(\\{)|(\\})|(OR|\\|)(?=\\s|$)|(AND)(?=\\s|$)|(-)(?=\\S)|(${operators}):\\s*(?:"([^"]*)"|([^\\s(){}]+))|(${operators}):(?=\\()|"([^"]*)"|([^\\s(){}"]+))`,
  "iy",
);

/** Parses Gmail's search language. It never fails: what it does not understand is a word. @see https://support.google.com/mail/answer/7190 */
export function parseSearch(query: string): SearchTerm {
  const tokens = tokenize(query);
  let position = 0;
  const peek = (): Token | undefined => tokens[position];

  const sequence = (end: Token["kind"] | undefined): SearchTerm => {
    const groups: SearchTerm[] = [];
    while (position < tokens.length && peek()?.kind !== end) {
      if (peek()?.kind === "or") {
        position += 1;
        const left = groups.pop();
        const right = unary();
        if (left && right) groups.push({ kind: "or", terms: [left, right] });
        else if (left ?? right) groups.push(left ?? right ?? { kind: "and", terms: [] });
        continue;
      }
      const term = unary();
      if (term) groups.push(term);
    }
    return { kind: "and", terms: groups };
  };

  const unary = (): SearchTerm | undefined => {
    const token = tokens[position];
    position += 1;
    if (!token) return undefined;
    switch (token.kind) {
      case "minus": {
        const term = unary();
        return term && { kind: "not", term };
      }
      case "open": {
        const inner = sequence("close");
        position += 1;
        return token.value === undefined ? inner : distribute(token.value, inner);
      }
      case "openAny": {
        const inner = sequence("closeAny");
        position += 1;
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
  };

  return sequence(undefined);
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
    if (open) tokens.push({ kind: "open", text: "(" });
    else if (close) tokens.push({ kind: "close", text: ")" });
    else if (openAny) tokens.push({ kind: "openAny", text: "{" });
    else if (closeAny) tokens.push({ kind: "closeAny", text: "}" });
    else if (or) tokens.push({ kind: "or", text: or });
    else if (and) continue;
    else if (minus) tokens.push({ kind: "minus", text: "-" });
    else if (name) tokens.push({ kind: "operator", text: name, value: quotedValue ?? value ?? "" });
    else if (groupName) {
      tokenPattern.lastIndex = query.indexOf("(", tokenPattern.lastIndex) + 1;
      tokens.push({ kind: "open", text: "(", value: groupName });
    } else if (quoted !== undefined) tokens.push({ kind: "quoted", text: quoted });
    else if (word) tokens.push({ kind: "word", text: word });
  }
}
