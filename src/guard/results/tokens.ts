import { endOfRun, tokensOfRun } from "./token-runs.js";

/** What a short text may deviate by from the averages that runs are counted by. */
const slack = 3;

/**
 * How many tokens a text has for a language model, rather too many than too few: as o200k counts them, which GPT-4o and
 * later models use, without its table of megabytes. English prose and JSON come to about a third more than they have,
 * most other languages to between a quarter and three quarters more. Noise is counted as noise on average is; only a text
 * that is made to mislead can have more. Reads the text once.
 */
export function estimateTokens(text: string): number {
  return text === "" ? 0 : Math.ceil(slack + scan(text, Infinity).tokens);
}

/**
 * Cuts a text so that its head is estimated at no more than a number of tokens: at the end of a paragraph, line, sentence
 * or word if there is one in the last part of what fits, and never within what people see as one character. Nothing is
 * lost between head and rest. The head of a text is not empty for one token or more; a single character may have more than
 * that.
 */
export function cutToTokens(text: string, tokens: number): { head: string; rest: string } {
  if (tokens < 1) return { head: "", rest: text };
  // One less: at the end of a text a space is a token of its own.
  const { end } = scan(text, tokens - slack);
  if (end === text.length) return { head: text, rest: "" };
  const at = cutBefore(text, scan(text, tokens - slack - 1).end);
  return { head: text.slice(0, at), rest: text.slice(at) };
}

/** Reads as many runs as fit, and of the next one as much as does. */
function scan(text: string, most: number): { end: number; tokens: number } {
  let tokens = 0;
  let at = 0;
  while (at < text.length) {
    const end = endOfRun(text, at);
    const more = tokensOfRun(text, at, end);
    if (tokens + more > most) return { end: endWithin(text, at, end, most - tokens), tokens };
    tokens += more;
    at = end;
  }
  return { end: at, tokens };
}

/** The end of the longest part of a run that costs no more. */
function endWithin(text: string, from: number, end: number, most: number): number {
  let fits = from;
  let exceeds = end;
  while (exceeds - fits > 1) {
    const middle = (fits + exceeds) >> 1;
    if (tokensOfRun(text, from, middle) <= most) fits = middle;
    else exceeds = middle;
  }
  return fits;
}

/** How much of what fits may be given up for a better place to cut, and at most so many characters. */
const givenUp = { share: 0.3, most: 4000 };

/** What text is cut behind, best first: paragraphs, lines, sentences, words. */
const ends = [/\n[ \t]*\n/g, /\n/g, /[.!?…]["'”’)\]]{0,3}\s|[。！？]/g, /\s/g];

function cutBefore(text: string, limit: number): number {
  const from = Math.max(0, limit - Math.min(givenUp.most, Math.ceil(limit * givenUp.share)));
  const window = text.slice(from, limit);
  for (const end of ends) {
    const last = Array.from(window.matchAll(end)).at(-1);
    const at = last && from + last.index + last[0].length;
    if (at !== undefined && characterStart(text, at) === at) return at;
  }
  const start = characterStart(text, limit);
  return start > 0 ? start : characterEnd(text);
}

/** So far back there is a plain character in nearly every text, behind which one can begin to look. */
const nearby = 1000;

/** Longer than any that means something: emoji and marks can be joined without end, and are then cut like the rest. */
const longestCharacter = 64;

/** Where the character that holds a place begins, as people see characters. @see https://unicode.org/reports/tr29/ */
function characterStart(text: string, at: number): number {
  if (at >= text.length || at === 0) return at;
  let from = at - 1;
  while (from > 0 && text.charCodeAt(from) >= 128) from -= 1;
  if (at - from > nearby) from = 0;
  const character = characters.segment(text.slice(from, at + nearby)).containing(at - from);
  if (!character || character.segment.length > longestCharacter) return outsidePair(text, at);
  return from + character.index;
}

/** Where the first character ends. */
function characterEnd(text: string): number {
  const character = characters.segment(text.slice(0, nearby)).containing(0)?.segment ?? "";
  return character.length > longestCharacter ? outsidePair(text, longestCharacter) : character.length;
}

/** Not between the two halves of a code point. */
function outsidePair(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at;
}

const characters = new Intl.Segmenter("und", { granularity: "grapheme" });
