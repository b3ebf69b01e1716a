import { characterCosts, commonSigns, nextHash, pairCosts } from "./token-costs.js";
import { commonWords } from "./common-words.js";

/** Longer runs are counted in pieces, so that the beginning of a text can be looked at without reading it all. */
const longest = 1000;

/** Where a run of one kind of characters ends: a word, a number, spaces, signs, or letters of other scripts. */
export function endOfRun(text: string, from: number): number {
  const code = text.charCodeAt(from);
  const last = Math.min(text.length, from + longest);
  if (isLetter(code)) return endOfWord(text, from, last);
  const belongs = isDigit(code) ? isDigit : isSpace(code) ? isSpace : isSign(code) ? isSign : isOther;
  let end = from + 1;
  while (end < last && belongs(text.charCodeAt(end))) end += 1;
  return end;
}

/** A word ends where the next of `camelCase` begins, too. */
function endOfWord(text: string, from: number, last: number): number {
  let end = from + 1;
  for (let wasLower = isLower(text.charCodeAt(from)); end < last; end += 1) {
    const code = text.charCodeAt(end);
    if (!isLetter(code) || (wasLower && isUpper(code))) break;
    wasLower = isLower(code);
  }
  return end;
}

/** How many tokens a run has, or its part up to an end. */
export function tokensOfRun(text: string, from: number, end: number): number {
  const code = text.charCodeAt(from);
  if (isLetter(code)) return tokensOfWord(text, from, end);
  // Numbers are cut into three digits each.
  if (isDigit(code)) return Math.ceil((end - from) / 3);
  if (isSpace(code)) return tokensOfSpace(text, from, end);
  return isSign(code) ? tokensOfSigns(text, from, end) : tokensOfOthers(text, from, end);
}

function tokensOfWord(text: string, from: number, end: number): number {
  let hash = 0;
  let capitals = 0;
  let cost = 10;
  let previous = -1;
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (isUpper(code) && at > from) capitals += 1;
    const lower = code < 128 ? code | 32 : code;
    hash = nextHash(hash, lower);
    const letter = lower < 128 ? lower - 97 : -1;
    if (letter === -1) cost += characterCosts[code] ?? 0;
    else if (previous !== -1) cost += capitals > 0 ? 6 : (pairCosts[previous * 26 + letter] ?? 0);
    previous = letter;
  }
  if (capitals === 0 && commonWords.has(hash)) return 1;
  // What is longer than words are is noise, which is cut more often.
  return (cost + Math.max(0, end - from - 20)) / 10;
}

/** A single space belongs to the word behind it, though not to a number. */
function tokensOfSpace(text: string, from: number, end: number): number {
  if (end - from === 1 && text.charCodeAt(from) === 32)
    return end < text.length && !isDigit(text.charCodeAt(end)) ? 0 : 1;
  // The end of a line belongs to the signs before it.
  let tokens = from > 0 && text.charCodeAt(from) === 10 && isSign(text.charCodeAt(from - 1)) ? -0.7 : 0;
  let same = 0;
  for (let at = from; at < end; at += 1) {
    same = at > from && text.charCodeAt(at) === text.charCodeAt(at - 1) ? same + 1 : 0;
    if (same % 16 === 0) tokens += 1;
  }
  return tokens;
}

function tokensOfSigns(text: string, from: number, end: number): number {
  let hash = 0;
  let tokens = 0;
  let same = 0;
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    hash = nextHash(hash, code);
    same = at > from && code === text.charCodeAt(at - 1) ? same + 1 : 0;
    tokens += same > 0 ? 0.25 : 0.8;
  }
  return commonSigns.has(hash) ? 1 : Math.max(1, tokens);
}

function tokensOfOthers(text: string, from: number, end: number): number {
  let cost = 10;
  for (let at = from; at < end; at += 1) cost += characterCosts[text.charCodeAt(at)] ?? 0;
  return cost / 10;
}

/** Latin, with or without an accent. */
function isLetter(code: number): boolean {
  if (code < 128) return isLower(code | 32);
  return code >= 0xc0 && code < 0x250 && code !== 0xd7 && code !== 0xf7;
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isSign(code: number): boolean {
  return code < 128 && !isLetter(code) && !isDigit(code) && !isSpace(code);
}

function isOther(code: number): boolean {
  return code >= 128 && !isLetter(code);
}
