import { invalidParameter } from "./api-error.js";

/** What of a resource is shown: everything, or these fields and what of each. */
export type FieldMask = "all" | ReadonlyMap<string, FieldMask>;

/**
 * Parses a `fields` parameter, such as `items(id,start/dateTime),nextPageToken` or `messages/*`.
 *
 * @throws ApiError 400 where it cannot be read
 * @see https://developers.google.com/workspace/gmail/api/guides/performance#partial
 */
export function parseFields(text: string): FieldMask {
  let position = 0;
  const fail = (): never => {
    throw invalidParameter(`Invalid field selection ${text}`, "fields");
  };
  const list = (): Map<string, FieldMask> => {
    const mask = new Map<string, FieldMask>();
    for (;;) {
      const [name, inner] = field();
      mask.set(name, merge(mask.get(name), inner));
      if (text[position] !== ",") return mask;
      position += 1;
    }
  };
  const field = (): [string, FieldMask] => {
    const name = /^(\*|[\w.$-]+)/.exec(text.slice(position).trimStart())?.[0];
    if (name === undefined) return fail();
    position = text.indexOf(name, position) + name.length;
    if (text[position] === "/") {
      position += 1;
      return [name, new Map([field()])];
    }
    if (text[position] !== "(") return [name, "all"];
    position += 1;
    const inner = list();
    if (text[position] !== ")") return fail();
    position += 1;
    return [name, inner];
  };
  const mask = list();
  return position === text.length ? mask : fail();
}

function merge(known: FieldMask | undefined, added: FieldMask): FieldMask {
  if (known === undefined) return added;
  if (known === "all" || added === "all") return "all";
  const both = new Map(known);
  for (const [name, inner] of added) both.set(name, merge(both.get(name), inner));
  return both;
}

/** The part of a value that a mask selects. */
export function selectFields(value: unknown, mask: FieldMask): unknown {
  if (mask === "all" || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => selectFields(each, mask));
  const any = mask.get("*");
  const selected: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const wanted = mask.get(name) ?? any;
    if (wanted !== undefined) selected[name] = selectFields(inner, wanted);
  }
  return selected;
}
