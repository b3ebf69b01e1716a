import { counted } from "../../core/counted.js";
import { earlierMail, introductionStart } from "./earlier-mail.js";
import { lastBefore, lineAt, lineKind, mailLines, textOf, type MailLines } from "./mail-lines.js";

/** A mail without what it repeats, and what was folded away of it, whole. */
export interface FoldedMail {
  readonly text: string;
  /** `what` says what it is: `quoted earlier mail`, `signature`. */
  readonly folded: { what: string; text: string }[];
}

/** Lines from one up to another. */
interface Piece {
  readonly what: "quoted earlier mail" | "forwarded mail" | "signature" | "quoted text";
  readonly from: number;
  readonly to: number;
}

/** Answers between quotations keep so many of them apart; quotations beyond stay as they are. */
const mostQuotes = 20;
/** A quotation that is no longer stays where it is. */
const shortQuote = { lines: 2, characters: 160 };
const longestSignature = { lines: 30, characters: 2000 };

/**
 * Folds away what a mail repeats: quoted earlier mails below its own text with the line that introduces them, a mail that
 * was forwarded with words of one's own, and signatures. Quotations between answers become one line each, such as
 * `[quoted text, 412 characters]`; those of one or two short lines stay. Nothing is lost, and a mail without any text of
 * its own is left as it is. Reads the text in one pass, whatever it holds.
 */
export function foldMail(text: string): FoldedMail {
  const lines = mailLines(text);
  const { pieces, end } = piecesBelow(lines);
  const within = quotesWithin(lines, end);
  if (!hasOwnText(lines, end, within)) return { text, folded: [] };
  const folded = [...within, ...pieces].map((piece) => ({
    what: piece.what,
    text: textOf(lines, piece.from, piece.to),
  }));
  return folded.length === 0 ? { text, folded } : { text: ownText(lines, end, within), folded };
}

/** What is folded away below the own text, in the mail's order, and where that text ends. */
function piecesBelow(lines: MailLines): { pieces: Piece[]; end: number } {
  const pieces: Piece[] = [];
  const fold = (what: Piece["what"], from: number): void => {
    if (from < end) pieces.unshift({ what, from, to: lastBefore(lines, end) + 1 });
    end = from;
  };
  let end = lines.count;
  const earlier = earlierMail(lines);
  if (earlier) fold(earlier.kind === "forwarded" ? "forwarded mail" : "quoted earlier mail", earlier.start);
  fold("signature", signatureStart(lines, end));
  fold("quoted earlier mail", quotesBelow(lines, end));
  fold("signature", signatureStart(lines, end));
  return { pieces, end };
}

/** Where the quotations begin that nothing but quotations follows. */
function quotesBelow(lines: MailLines, end: number): number {
  let start = end;
  for (;;) {
    let first = lastBefore(lines, start);
    if (lines.kinds[first] !== lineKind.quote) break;
    while (first > 0 && lines.kinds[first - 1] !== lineKind.own) first -= 1;
    while (lines.kinds[first] === lineKind.blank) first += 1;
    const introduction = introductionStart(lines, first);
    if (introduction === first && start === end && isShort(lines, first, lastBefore(lines, end) + 1)) break;
    start = introduction;
  }
  return start;
}

const sentFrom =
  /^(?:sent (?:from|via|with) |get outlook for |gesendet (?:von|mit) |von meinem .+ gesendet|holen sie sich outlook|envoyé (?:de|depuis|à partir) |télécharger outlook|enviado (?:desde|do|de) |obtener outlook|inviato da |verzonden (?:vanaf|met) |verstuurd vanaf |sendt fra |skickat från |lähetetty |wysłane z |отправлено (?:с|из) |надіслано з |iPhoneから送信|从我的.+发送|나의 iPhone에서 보냄)/i;

/** Where a signature begins that ends the lines before `end`; `end` without one. @see https://www.rfc-editor.org/rfc/rfc3676#section-4.3 */
function signatureStart(lines: MailLines, end: number): number {
  const last = lastBefore(lines, end);
  const first = Math.max(0, last - longestSignature.lines);
  const telephone = last >= 0 && sentFrom.test(lineAt(lines, last)) && lineAt(lines, last).length < 100 ? last : end;
  for (let line = last; line >= first && lines.kinds[line] !== lineKind.quote; line -= 1) {
    if (lineAt(lines, line) !== "--") continue;
    return textOf(lines, line, end).length > longestSignature.characters ? telephone : line;
  }
  return telephone;
}

/** The quotations between what was written before `end`, those of one or two short lines excepted. */
function quotesWithin(lines: MailLines, end: number): Piece[] {
  const quotes: Piece[] = [];
  for (let line = 0; line < end && quotes.length < mostQuotes; line += 1) {
    if (lines.kinds[line] !== lineKind.quote) continue;
    const first = line;
    while (line < end && lines.kinds[line] !== lineKind.own) line += 1;
    const to = lastBefore(lines, line) + 1;
    if (!isShort(lines, first, to)) quotes.push({ what: "quoted text", from: introductionStart(lines, first), to });
  }
  return quotes;
}

function isShort(lines: MailLines, from: number, to: number): boolean {
  return to - from <= shortQuote.lines && textOf(lines, from, to).length <= shortQuote.characters;
}

/** Whether anything would be left of a mail. */
function hasOwnText(lines: MailLines, end: number, within: readonly Piece[]): boolean {
  let line = 0;
  for (const { from, to } of [...within, { from: end, to: end }]) {
    for (; line < from; line += 1) if (lines.kinds[line] === lineKind.own) return true;
    line = to;
  }
  return false;
}

function ownText(lines: MailLines, end: number, within: readonly Piece[]): string {
  const parts: string[] = [];
  let line = 0;
  for (const piece of within) {
    parts.push(lines.text.slice(lines.starts[line], lines.starts[piece.from]), `[${nameOf(lines, piece)}]\n`);
    line = piece.to;
  }
  parts.push(lines.text.slice(lines.starts[line], lines.starts[end]));
  return parts.join("").trimEnd();
}

function nameOf(lines: MailLines, { what, from, to }: Piece): string {
  return `${what}, ${counted(textOf(lines, from, to).length, "character")}`;
}
