import { beginningOf } from "./beginning-of.js";

/** What ends the text of an escape sequence before its time: another one, a line's end, or a cancelling control. */
const sequenceText = String.raw`[^\u0007\n\u0018\u001a\u001b\u0080-\u009f]*`;

/**
 * Escape sequences as a terminal swallows them, whole ones only: strings such as titles, links and the clipboard (OSC,
 * DCS, APC, PM, SOS and screen's), CSI, and the short ones. Each body ends where the next sequence begins, so that
 * hostile text is read in one pass. @see https://ecma-international.org/publications-and-standards/standards/ecma-48/
 */
const sequences = new RegExp(
  [
    String.raw`(?:\u001b[\]PX^_k]|[\u0090\u0098\u009d-\u009f])${sequenceText}(?:\u0007|\u001b\\|\u009c)`,
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`\u001b(?:[ -/]+[0-~]|[0-OQ-WYZ\\\u0060-~])`,
  ].join("|"),
  "g",
);

/** What other programs take for the end of a line. */
const lineBreaks = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;

/** What has no glyph of its own: controls, marks of direction, invisible spaces and signs, fillers, tags. */
const noGlyph = String.raw`[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]`;

/**
 * Format characters that are seen, in front of the numbers of some scripts, and those that change what is seen: joiners
 * and the choice of a letter's variant.
 */
const seen = String.raw`\u0600-\u0605\u06dd\u08e2\u0890\u0891\u{110bd}\u{110cd}\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}`;

/** The flags of England, Scotland and Wales, which are written with tags. */
const flags = String.raw`\u{1f3f4}\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`;

const hidden = new RegExp(String.raw`(${flags})|(?:(?![\t\n${seen}])${noGlyph}){1,1000}`, "gu");

/** Marks that tell in which direction a text runs: people type them in Arabic and Hebrew. */
const directionMarks = /^[\u061c\u200e\u200f]+$/;

/** Joiners where nothing is joined: within emoji and in scripts whose letters join they are seen, and stay. */
const idleJoiners =
  /(?<!\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])\p{L})[\u200c\u200d]/gu;

/** So much is matched at once: the engine keeps notes on each character of a match, which are not to fill its memory. */
const more = "{0,1000}";
const ideographVariant = String.raw`[\u{e0100}-\u{e01ef}]`;
const variant = String.raw`[\ufe00-\ufe0f]`;
const plainScripts = String.raw`\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}`;

/** The choice of a letter's variant where there is none, or one after the other: bytes can be hidden in them. */
const idleVariants = new RegExp(
  [
    `${ideographVariant}(?<!\\p{Script=Han}${ideographVariant})${ideographVariant}${more}`,
    `${variant}(?<=(?:^|[\\s${plainScripts}])${variant})${variant}${more}`,
    `(?:${ideographVariant}|${variant}){3}(?:${ideographVariant}|${variant})${more}`,
  ].join("|"),
  "gmu",
);

const mark = String.raw`[\p{M}\u200c\u200d]`;

/** More marks on a letter than any script has, which would grow over the lines above. */
const piles = new RegExp(`${mark}(?<=${mark}{9})${mark}${more}`, "gu");

/** Without one of these there is nothing to look for. */
const unusual = /[^\t\n -~]/;

/**
 * Outside text as it may reach a terminal or a log: what a person would see, without escape sequences, controls and
 * whatever reorders or hides text. Tabs and line breaks stay.
 */
export function printable(text: string): string {
  return printableCounted(text).text;
}

/**
 * The same, and how many pieces were taken out that nobody would have seen. Line breaks of other kinds and marks of
 * direction, which are common in some scripts, are not counted.
 */
export function printableCounted(text: string): { text: string; hidden: number } {
  if (!unusual.test(text)) return { text, hidden: 0 };
  let count = 0;
  const counted = (): string => {
    count += 1;
    return "";
  };
  const clean = text
    .replace(sequences, counted)
    .replace(lineBreaks, "\n")
    .replace(hidden, (run, flag?: string) => flag ?? (directionMarks.test(run) ? "" : counted()))
    .replace(idleJoiners, counted)
    .replace(idleVariants, counted)
    .replace(piles, counted);
  return { text: clean, hidden: count };
}

/** The same on one line: line breaks and runs of spaces become one space. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}

/** The beginning of a text that may be of any length, on one line: at most so many characters, the last of them … if it goes on. */
export function printableStart(text: string, longest: number): string {
  return beginningOf(printableLine(text.slice(0, 4 * longest)), longest); // nobody reads further for what is cut anyway
}

/** What JSON leaves as it is although a terminal obeys or hides it. The line breaks between its parts are its own. */
const hiddenInJson = new RegExp(String.raw`[\p{Zl}\p{Zp}]|(?![\n${seen}])${noGlyph}`, "gu");

/**
 * JSON that may reach a terminal: what `printable` would take away is written as `\uXXXX`, so that whoever parses it gets
 * the same data.
 *
 * @param indent - columns for each level; default: all on one line
 */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(hiddenInJson, escaped);
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
