import { printableLine } from "../../core/printable.js";
import { visibleText } from "../untrusted/visible.js";
import type { Fact, Item, OutsideText } from "./digest.js";

/** Facts of which those that are undefined are left out. */
export type MaybeFacts = Readonly<Record<string, Fact | undefined>>;

/** Lines of outside text of which those that are undefined or empty are left out. */
export type MaybeLines = Readonly<Record<string, string | undefined>>;

/** Whether a text has the form of an id, an address, a code or a time: nothing that could say something. */
export function looksLikeId(text: string): boolean {
  return /^[\w.@:+/=<>#"%~*-]{1,200}$/.test(text);
}

/** Whether a text has the form of a service's cursor, which may be long. */
export function looksLikeCursor(text: string): boolean {
  return /^[\w.~+/=:%-]{1,8000}$/.test(text);
}

/** Whether a label's name is no more than a name: a few words, no sentence. */
export function looksLikeName(text: string): boolean {
  return text.split(" ").length <= 5 && /^[\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M} _./&+:-]{0,49}$/u.test(text);
}

/**
 * An item of facts and of what somebody else wrote. Ids that do not look like one are no facts; text is given as a person
 * sees it, and what nobody sees is counted.
 */
export function itemOf(facts: MaybeFacts, lines: MaybeLines = {}, more: Omit<OutsideText, "lines"> = {}): Item {
  const given = Object.entries(facts).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact] as const]));
  const falseIds = given.flatMap(([name, fact]) => (isFalseId(name, fact) ? [[name, fact] as const] : []));
  const kept = given.filter(([name, fact]) => !isFalseId(name, fact) && !(Array.isArray(fact) && fact.length === 0));
  const untrusted = outsideText({ ...Object.fromEntries(falseIds), ...lines }, more);
  return { facts: Object.fromEntries(kept), ...(untrusted && { untrusted }) };
}

function isFalseId(name: string, fact: Fact): fact is string {
  if (!isIdName(name) || typeof fact !== "string") return false;
  return !(name === "cursor" ? looksLikeCursor(fact) : looksLikeId(fact));
}

function isIdName(name: string): boolean {
  return name === "id" || name === "version" || name === "cursor" || /(Id|TimeZone)$/.test(name) || name === "timeZone";
}

function outsideText(lines: MaybeLines, more: Omit<OutsideText, "lines">): OutsideText | undefined {
  const seen = Object.entries(lines).map(([name, line = ""]) => [name, visibleText(line)] as const);
  const hidden = seen.reduce((sum, [, line]) => sum + line.hidden, more.hidden ?? 0);
  const shown = seen.map(([name, { text }]) => [name, printableLine(text)] as const).filter(([, line]) => line !== "");
  const { text = "", folded = [] } = more;
  if (shown.length === 0 && text === "" && folded.length === 0 && hidden === 0) return undefined;
  return {
    lines: Object.fromEntries(shown),
    ...(text !== "" && { text }),
    ...(folded.length > 0 && { folded }),
    ...(hidden > 0 && { hidden }),
  };
}

/** A fact that is told only where it holds. */
export function onlyTrue(flag: boolean): true | undefined {
  return flag || undefined;
}

/** Several texts that should look like ids: those that do as a fact, the others as outside text. */
export function idsOf(texts: readonly string[]): { readonly ids: readonly string[]; readonly others: string } {
  return { ids: texts.filter(looksLikeId), others: texts.filter((text) => !looksLikeId(text)).join(", ") };
}
