import { allOf, type EmailQuery, type EmailTerm } from "./ast.js";
import { operators } from "./operators.js";
import { tokenize, unreadable, type Token } from "./tokens.js";

const mostLevels = 50;
const longestSearch = 10_000;

/**
 * Takes a search in Gmail's syntax apart: words, "phrases", operators such as `from:ann`, `OR`, `-`, parentheses, and
 * braces for "any of". Terms side by side must all fit; `OR` holds tighter. Unlike Gmail it passes over nothing that it
 * does not understand.
 *
 * @throws RequestError `request.invalid` with the position, from 0, in `details.position`
 * @see https://support.google.com/mail/answer/7190
 */
export function parseSearch(search: string): EmailQuery {
  if (search.length > longestSearch) {
    const place = { start: longestSearch, end: longestSearch };
    throw unreadable(search, place, `it is longer than ${longestSearch} characters`);
  }
  return new SearchReader(search).whole();
}

class SearchReader {
  readonly #search: string;
  readonly #tokens: readonly Token[];
  #position = 0;
  #level = 0;

  constructor(search: string) {
    this.#search = search;
    this.#tokens = tokenize(search);
  }

  whole(): EmailQuery {
    const query = allOf(this.#sequence(undefined));
    const left = this.#next;
    if (left) throw this.#wrong(left, "this bracket was never opened");
    return query;
  }

  /** Terms up to the end or a closing bracket, which is left to the caller. */
  #sequence(within: string | undefined): EmailQuery[] {
    const terms: EmailQuery[] = [];
    let choices: EmailQuery[] | undefined;
    for (let token = this.#next; token && token.kind !== "close" && token.kind !== "closeAny"; token = this.#next) {
      if (token.kind !== "or") {
        terms.push(this.#unary(within));
        choices = undefined;
        continue;
      }
      this.#position += 1;
      const left = choices ? undefined : terms.pop();
      if (!choices && !left) throw this.#wrong(token, "OR needs a term on its left");
      if (!this.#next || this.#next.kind === "close" || this.#next.kind === "closeAny" || this.#next.kind === "or") {
        throw this.#wrong(token, "OR needs a term on its right");
      }
      const right = this.#unary(within);
      if (choices) choices.push(right);
      else {
        choices = left ? [left, right] : [right];
        terms.push({ kind: "or", terms: choices });
      }
    }
    return terms;
  }

  /** @param within - the operator whose value the brackets are, as in `from:(ann OR bob)` */
  #unary(within: string | undefined): EmailQuery {
    let negated = false;
    for (; this.#next?.kind === "minus"; this.#position += 1) negated = !negated;
    const term = this.#positive(within);
    return negated ? { kind: "not", term } : term;
  }

  #positive(within: string | undefined): EmailQuery {
    const token = this.#next;
    if (!token) throw this.#wrong(undefined, "a term is missing after the minus sign");
    this.#position += 1;
    switch (token.kind) {
      case "open":
        return allOf(this.#inside(token, "close", within));
      case "openAny":
        return { kind: "or", terms: this.#inside(token, "closeAny", within) };
      case "operator":
        if (within !== undefined) throw this.#wrong(token, `"${within}:" takes words, not another operator`);
        return this.#operator(token);
      case "text":
        return within === undefined ? { kind: "text", value: token.text } : this.#term(token, within, token.text);
      default:
        throw this.#wrong(token, "a term is missing before it");
    }
  }

  #inside(open: Token, end: "close" | "closeAny", within: string | undefined): EmailQuery[] {
    this.#level += 1;
    if (this.#level > mostLevels) throw this.#wrong(open, `there are more than ${mostLevels} brackets in each other`);
    const terms = this.#sequence(within);
    const closing = this.#next;
    if (closing?.kind !== end) throw this.#wrong(open, "this bracket is never closed");
    if (terms.length === 0) throw this.#wrong({ ...open, end: closing.end }, "there is nothing between the brackets");
    this.#position += 1;
    this.#level -= 1;
    return terms;
  }

  #operator(name: Token): EmailQuery {
    if (!Object.hasOwn(operators, name.text)) {
      const hint = `Use one of ${Object.keys(operators).join(", ")}; or put what is to be found as it stands in quotation marks.`;
      throw unreadable(this.#search, name, "there is no such operator", hint);
    }
    const value = this.#next;
    if (value?.kind === "open" || value?.kind === "openAny") return this.#unary(name.text);
    if (value?.kind !== "text" && value?.kind !== "minus") throw this.#wrong(name, "it has no value");
    // A value may begin with what is a sign elsewhere: `label:-old`.
    this.#position += 1;
    if (value.kind === "text") return this.#term(name, name.text, value.text);
    const rest = this.#next;
    if (rest?.kind !== "text") throw this.#wrong(name, "it has no value");
    this.#position += 1;
    return this.#term(name, name.text, `-${rest.text}`);
  }

  #term(place: Token, name: string, value: string): EmailTerm {
    const term = value.trim() === "" ? "it has no value" : operators[name]?.(value.trim());
    if (typeof term === "object") return term;
    throw this.#wrong(place, `"${name}:${value}" does not fit, ${term ?? "it is unknown"}`);
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#position];
  }

  #wrong(token: Token | undefined, problem: string): Error {
    const end = this.#search.length;
    return unreadable(this.#search, token ?? { start: end, end }, problem);
  }
}
