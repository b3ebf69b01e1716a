import { integrationError } from "../../core/errors.js";

/** A piece of a search, and where it stands. */
export interface Token {
  readonly kind: "open" | "close" | "openAny" | "closeAny" | "or" | "minus" | "text" | "operator";
  /** A word, the inside of quotation marks, or an operator's name in lower case. */
  readonly text: string;
  /** From 0, in the search as it was given. */
  readonly start: number;
  readonly end: number;
}

const signs: Readonly<Record<string, Token["kind"]>> = {
  "(": "open",
  ")": "close",
  "{": "openAny",
  "}": "closeAny",
  "|": "or",
};

const operatorName = /([a-z][a-z0-9_]*):(?!\/\/)/iy;
const word = /[^\s(){}"]+/y;

/** Cuts a search into its pieces. @throws RequestError `request.invalid` with the position of a quotation mark that stays open */
export function tokenize(search: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token["kind"], text: string, length: number): void => {
    tokens.push({ kind, text, start: at, end: at + length });
    at += length;
  };
  while (at < search.length) {
    const sign = search[at] ?? "";
    const kind = signs[sign];
    const before = tokens.at(-1);
    const operator = matchAt(operatorName, search, at);
    if (/\s/.test(sign)) at += 1;
    else if (kind) push(kind, sign, 1);
    else if (sign === '"') {
      const end = search.indexOf('"', at + 1);
      if (end === -1) throw unreadable(search, { start: at, end: search.length }, "the quotation mark is never closed");
      push("text", search.slice(at + 1, end), end + 1 - at);
    } else if (sign === "-" && /\S/.test(search[at + 1] ?? " ")) push("minus", sign, 1);
    else if (operator && !(before?.kind === "operator" && before.end === at)) {
      push("operator", (operator[1] ?? "").toLowerCase(), operator[0].length);
    } else {
      const text = matchAt(word, search, at)?.[0] ?? sign;
      // Operators are capitals: "or" is a word. AND says what is so without it.
      if (text === "OR") push("or", text, 2);
      else if (text === "AND") at += text.length;
      else push("text", text.replace(/^\+(?=.)/, ""), text.length);
    }
  }
  return tokens;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** The error for a search that cannot be read, with the place. */
export function unreadable(
  search: string,
  place: Pick<Token, "start" | "end">,
  problem: string,
  hint: string = "Correct the search; what is to be found as it stands goes in quotation marks.",
): Error {
  const shown = search.slice(place.start, Math.min(place.end, place.start + 40));
  return integrationError("request.invalid", {
    message: `The search cannot be read at character ${place.start + 1}${shown ? `, "${shown}"` : ""}: ${problem}.`,
    hint,
    details: { position: place.start, length: place.end - place.start },
  });
}
