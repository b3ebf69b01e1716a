import { visibleText } from "../untrusted/visible.js";
import type { Fact, Item } from "./digest.js";
import { freeName } from "./free-name.js";
import { idsOf, itemOf, looksLikeCursor, looksLikeId } from "./trust.js";

/**
 * What nothing particular is known about, such as the output of an operation that came later than this file: numbers and
 * whether something holds are facts, and every text is somebody else's unless it stands under a name that is known for
 * ids, times or kinds, and looks like one.
 *
 * @param name - the field that it stands in
 */
export function genericItem(value: unknown, name: string = ""): Item {
  const found: Found = { facts: {}, lines: {}, texts: [] };
  gather(value, safeName(name), found, 0);
  const [first, ...others] = found.texts;
  const folded = others.map(({ what, text }) => ({ what, text }));
  const hidden = found.texts.reduce((sum, each) => sum + each.hidden, 0);
  return itemOf(found.facts, found.lines, { ...(first && { text: first.text }), folded, hidden });
}

interface Found {
  readonly facts: Record<string, Fact>;
  readonly lines: Record<string, string>;
  readonly texts: { readonly what: string; readonly text: string; readonly hidden: number }[];
}

/** Deeper than any output is. */
const deepest = 8;

/** A longer text is no line. */
const longestLine = 400;

/** Fields whose text is a fact where it looks like an id: ids, times, and words of this package. */
const trustedNames = new Set(
  (
    "id ids cursor version timeZone zone code status type kind role outcome response state date dateTime weekday start end " +
    "day method calendarRole accessRole visibility priority effect how deleted notTried notified resetCalendars " +
    "sendId messageId threadId"
  ).split(" "),
);

function isTrusted(path: string): boolean {
  const name = path.split(".").findLast((part) => !/^\d+$/.test(part)) ?? "";
  return trustedNames.has(name) || /(Id|Ids|At)$/.test(name);
}

function gather(value: unknown, path: string, found: Found, depth: number): void {
  if (typeof value === "number" || typeof value === "boolean") found.facts[nameFor(path, found.facts)] = value;
  else if (typeof value === "string") gatherText(value, path, found);
  else if (typeof value !== "object" || value === null) return;
  else if (depth >= deepest) gatherText(JSON.stringify(value), path, found);
  else if (Array.isArray(value)) gatherList(value, path, found, depth);
  else {
    for (const [name, field] of Object.entries(value)) {
      gather(field, path === "" ? safeName(name) : `${path}.${safeName(name)}`, found, depth + 1);
    }
  }
}

function gatherList(values: readonly unknown[], path: string, found: Found, depth: number): void {
  const areTexts = values.every((value) => typeof value === "string");
  if (areTexts && isTrusted(path)) {
    const { ids, others } = idsOf(values);
    if (ids.length > 0) found.facts[nameFor(path, found.facts)] = ids;
    gatherText(others, path, found);
  } else if (areTexts) gatherText(values.join("\n"), path, found);
  else if (values.every((value) => typeof value === "number")) {
    if (values.length > 0) found.facts[nameFor(path, found.facts)] = values;
  } else for (const [index, value] of values.entries()) gather(value, `${path}.${index}`, found, depth + 1);
}

function gatherText(text: string, path: string, found: Found): void {
  if (text === "") return;
  const name = path === "" ? "text" : path;
  const isFact = isTrusted(path) && (name.endsWith("cursor") ? looksLikeCursor(text) : looksLikeId(text));
  if (isFact) found.facts[nameFor(name, found.facts)] = text;
  else if (text.length <= longestLine && !text.includes("\n")) found.lines[nameFor(name, found.lines)] = text;
  else {
    const seen = visibleText(text);
    found.texts.push({ what: name, text: seen.text, hidden: seen.hidden });
  }
}

/** Names that were made safe can be the same. */
function nameFor(path: string, taken: object): string {
  return freeName(path === "" ? "value" : path, (name) => Object.hasOwn(taken, name));
}

/** A field's name as it may stand outside the fence. Names can come from outside too, as those of an event's properties. */
export function safeName(name: string): string {
  return /^[A-Za-z]\w{0,39}$/.test(name) || name === "" ? name : "field";
}
