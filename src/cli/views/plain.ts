import { goOn, listed, sentence } from "./wording.js";
import type { Block, Column, Line, ShowOutput } from "./view.js";

type Fields = Readonly<Record<string, unknown>>;

/** Shows the output of any operation: lists of flat objects as tables, everything else as names with values. */
export const showPlain: ShowOutput = (output) => {
  const blocks = isFields(output) ? objectBlocks(output) : valueBlocks("", output);
  const cursor = isFields(output) ? output["cursor"] : undefined;
  return [...blocks, ...goOn(typeof cursor === "string" ? cursor : undefined)];
};

function objectBlocks(fields: Fields): Block[] {
  const entries = Object.entries(fields).filter(([name, value]) => name !== "cursor" && value !== undefined);
  const empty = entries.filter(([, value]) => Array.isArray(value) && value.length === 0);
  const short = entries.filter((entry) => !empty.includes(entry) && isShort(entry[1]));
  const long = entries.filter((entry) => !empty.includes(entry) && !isShort(entry[1]));
  if (short.length + long.length === 0) return empty.flatMap(([name, value]) => valueBlocks(name, value));
  const only = short.length + long.length === 1;
  return [
    ...(short.length === 0 ? [] : [fieldsBlock(Object.fromEntries(short))]),
    ...long.flatMap(([name, value]) => [...(only ? [] : [heading(name)]), ...valueBlocks(name, value)]),
  ];
}

function valueBlocks(name: string, value: unknown): Block[] {
  if (isFields(value)) return [fieldsBlock(value)];
  if (!Array.isArray(value)) return [{ kind: "lines", lines: [shortText(value)] }];
  const items: readonly unknown[] = value;
  if (items.length === 0) return [sentence(name === "" ? "Nothing." : `No ${words(name)}.`)];
  if (items.every((item) => isFields(item) && Object.values(item).every(isShort)))
    return [tableBlock(items.filter(isFields))];
  if (items.some(isFields)) return items.flatMap((item) => valueBlocks(name, item));
  return [{ kind: "lines", lines: items.map(shortText) }];
}

function tableBlock(items: readonly Fields[]): Block {
  const names = [...new Set(items.flatMap((item) => Object.keys(item)))].sort(
    (one, other) => Number(isId(one)) - Number(isId(other)),
  );
  return {
    kind: "table",
    columns: names.map((name): Column => ({ title: words(name).toUpperCase(), grow: 1, whole: isId(name) })),
    rows: items.map((item) => names.map((name) => cell(name, item[name]))),
  };
}

function cell(name: string, value: unknown): Line {
  return isId(name) ? { text: shortText(value), tone: "dim" } : shortText(value);
}

function fieldsBlock(fields: Fields): Block {
  return { kind: "fields", rows: flatFields(fields, []).map(([name, value]) => [sentenceCase(words(name)), value]) };
}

/** What lies within is named by all names on the way to it. */
function flatFields(fields: Fields, path: readonly string[]): [name: string, value: string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    const names = [...path, name];
    if (isFields(value)) return flatFields(value, names);
    if (value === undefined) return [];
    if (isShort(value) || !Array.isArray(value)) return [[names.join(" "), shortText(value)]];
    const items: readonly unknown[] = value;
    return items.flatMap((item, index): [string, string][] => {
      const place = [...names, String(index + 1)];
      return isFields(item) ? flatFields(item, place) : [[place.join(" "), shortText(item)]];
    });
  });
}

function heading(name: string): Block {
  return { kind: "heading", text: sentenceCase(words(name)) };
}

/** A single value, or a list of them that are not told apart by names. */
function isShort(value: unknown): boolean {
  return Array.isArray(value) ? value.every((item) => !Array.isArray(item) && isShort(item)) : !isFields(value);
}

function shortText(value: unknown): string {
  if (Array.isArray(value)) return listed(value.map(shortText));
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isId(name: string): boolean {
  return /^id$|Id$/.test(name);
}

/** The name of a field as people write it: `messageId` is "message id". */
function words(name: string): string {
  return name.replace(/(?<=[a-z\d])(?=[A-Z])|_/g, " ").toLowerCase();
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
