import type { Fence } from "../untrusted/fence.js";
import type { Digest, Facts, Item } from "./digest.js";
import { fieldsOf } from "./free-name.js";
import { hasOutsideText } from "./item-parts.js";
import type { Layout } from "./left-out.js";

/** What is said of something that was left out. */
export interface LeftOut {
  readonly what: string;
  readonly cursor: string;
}

/** The names under which this package says what is to be known about a result. */
const [noteField, hiddenField, untrustedField, leftOutField] = ["note", "hidden_removed", "untrusted", "left_out"];
const ourFields: readonly string[] = [noteField, hiddenField, untrustedField, leftOutField];

/** A result's body: what it is of, facts, lists, and last what was left out. */
export function bodyOf(
  { envelope, fence, digest }: { readonly envelope: Facts; readonly fence: Fence; readonly digest: Digest },
  { own, lists }: Layout,
  left: readonly LeftOut[],
): Record<string, unknown> {
  const outside = hasOutsideText(own) || lists.some((items) => items.some(hasOutsideText));
  const shown = digest.lists.flatMap(({ name, items: all, next }, index) => {
    const items = lists[index] ?? [];
    // An empty list says something; one that only goes on later does not.
    if (items.length === 0 && (all.length > 0 || next !== undefined)) return [];
    return [[name, items.map((item) => itemFields(item, fence))] as const];
  });
  return fieldsOf<unknown>([
    ...Object.entries(envelope),
    ...(outside ? [[noteField, fence.note] as const] : []),
    ...factFields(own),
    ...outsideFields(own, fence),
    ...shown,
    ...(left.length > 0 ? [[leftOutField, left] as const] : []),
  ]);
}

function itemFields(item: Item, fence: Fence): Record<string, unknown> {
  return fieldsOf<unknown>([...factFields(item), ...outsideFields(item, fence)]);
}

/** No fact takes the place of what this package says: one that has the name of such a field gets another. */
function factFields({ facts }: Item): (readonly [string, unknown])[] {
  return Object.entries(facts).map(([name, fact]) => [ourFields.includes(name) ? `${name}_` : name, fact] as const);
}

function outsideFields(item: Item, fence: Fence): (readonly [string, unknown])[] {
  const { hidden = 0, lines = {}, text } = item.untrusted ?? {};
  const count = hidden > 0 ? [[hiddenField, hidden] as const] : [];
  if (!hasOutsideText(item)) return count;
  return [...count, [untrustedField, fence.wrap({ lines, ...(text !== undefined && { text }) })]];
}
