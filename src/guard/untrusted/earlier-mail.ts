import { lastBefore, lineAt, lineKind, type MailLines } from "./mail-lines.js";

/** "wrote" as mail programs say it before what they quote. */
const wrote =
  /wrote|schrieb|[ée]crit|escribi[óo]|scritto|escreveu|schreef|skrev|kirjoitti|napisał|pisze|napsala?|írta|yazdı|написал|пишет|написав|έγραψε|כתב|كتب|写道|寫道|のメッセージ|さんは書きました|작성/i;
/** How such a line begins: so it is known where one begins that goes over several lines. */
const begins =
  /^(?:on|am|le|el|il|em|op|den|dne|dnia|w dniu|pe|ma|ti|ke|to|la|su|в|[а-яё]{2},|在|於|στις|\p{L}{2,4}[.,]|\d)(?=\P{L}|$)/iu;

/**
 * Where the line begins that introduces a quotation, such as `On Monday, Bob wrote:`, which may be broken into three.
 *
 * @param quote - the first line of the quotation
 * @returns the same line if nothing introduces it
 */
export function introductionStart(lines: MailLines, quote: number): number {
  const last = lastBefore(lines, quote);
  if (last < 0 || quote - last > 3 || lines.kinds[last] !== lineKind.own) return quote;
  let joined = lineAt(lines, last);
  if (!isIntroduction(joined)) return quote;
  let line = last;
  while (!begins.test(joined) && last - line < 2 && continuesInto(lines, line)) {
    line -= 1;
    joined = `${lineAt(lines, line)} ${joined}`;
  }
  return begins.test(joined) ? line : last;
}

function isIntroduction(line: string): boolean {
  return line.length < 400 && /[:：]$/.test(line) && (wrote.test(line) || (line.includes("@") && line.includes("<")));
}

/** Whether a line may be the continuation of the one before it. */
function continuesInto(lines: MailLines, line: number): boolean {
  return line > 0 && lines.kinds[line - 1] === lineKind.own && !/[.!?:]$/.test(lineAt(lines, line - 1));
}

const original =
  /^-{2,}\s?(?:original(?: message| appointment)?|ursprüngliche nachricht|originalnachricht|message d['’]origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|original besked|oprindelig meddelelse|ursprungligt meddelande|opprinnelig melding|wiadomość oryginalna|исходное сообщение|原始邮件|原始郵件|元のメッセージ|원본 메시지)\s?-{2,}$/i;
const forwarded =
  /^(?:-{2,}\s?(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht|forwarded mail)\s?-{2,}|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message (?:réexpédié|transféré) ?:)$/i;

const from = /^\*?(?:from|von|de|da|van|fra|från|od|от|发件人|寄件者|差出人|보낸 사람)\s?[:：]/i;
const sent =
  /^\*?(?:sent|date|gesendet|datum|envoyé|enviado(?: el)?|fecha|inviato|data|verzonden|sendt|skickat|dato|wysłano|отправлено|дата|发送时间|寄件日期|送信日時|보낸 날짜)\s?[:：]/i;
const others =
  /^\*?(?:to|cc|subject|an|betreff|à|objet|para|asunto|a|oggetto|aan|onderwerp|assunto|til|emne|till|ämne|do|temat|кому|тема|копия|收件人|主题|主旨|件名|宛先|받는 사람|제목)\s?[:：]/i;

/** What stands below the own text, to the end. */
export interface EarlierMail {
  readonly start: number;
  readonly kind: "quoted" | "forwarded";
}

/** The first mail that is quoted whole below a heading, as Outlook does, or forwarded. */
export function earlierMail(lines: MailLines): EarlierMail | undefined {
  for (let line = 0; line < lines.count; line += 1) {
    if (lines.kinds[line] !== lineKind.own) continue;
    const text = lineAt(lines, line);
    if (text.length > 200 && !from.test(text)) continue;
    if (forwarded.test(text)) return { start: line, kind: "forwarded" };
    if (original.test(text)) return { start: line, kind: "quoted" };
    if (from.test(text) && isHeading(lines, line)) return { start: rulerBefore(lines, line), kind: "quoted" };
  }
  return undefined;
}

/** Whether a line begins a block such as `From: … Sent: … To: … Subject: …`. */
function isHeading(lines: MailLines, first: number): boolean {
  let isSent = false;
  let fields = 1;
  for (let line = first + 1; line < lines.count && line <= first + 8; line += 1) {
    const text = lineAt(lines, line);
    if (from.test(text)) break;
    if (sent.test(text)) isSent = true;
    else if (others.test(text)) fields += 1;
  }
  return isSent && fields >= 3;
}

/** The line of underscores that Outlook draws above. */
function rulerBefore(lines: MailLines, heading: number): number {
  const before = lastBefore(lines, heading);
  return before >= 0 && /^[_-]{5,}$/.test(lineAt(lines, before)) ? before : heading;
}
