import { ApiError, type ErrorStyle } from "./api-error.js";
import type { AnswerType } from "./answer-fields.js";

/** What of a resource is shown: everything, or these fields and what of each. */
export type FieldMask = "all" | ReadonlyMap<string, FieldMask>;

/** Deeper than any answer is read. */
const mostLevels = 100;

/**
 * Parses a `fields` parameter, such as `items(id,start/dateTime),nextPageToken` or `messages/*`.
 *
 * @param type - what will be shown; without it, no field is checked
 * @throws ApiError 400 where it cannot be read, and for a field that the answer cannot have
 * @see https://developers.google.com/workspace/gmail/api/guides/performance#partial
 */
export function parseFields(text: string, type: AnswerType | undefined, style: ErrorStyle): FieldMask {
  const mask = new MaskReader(text, style).whole();
  if (type) checkMask(mask, type, style, []);
  return mask;
}

class MaskReader {
  #position = 0;
  readonly #text: string;
  readonly #separator: RegExp;

  constructor(text: string, style: ErrorStyle) {
    this.#text = text;
    // Gmail's front end reads field masks, whose names are apart by dots, as well.
    this.#separator = style === "gmail" ? /[/.]/ : /\//;
  }

  whole(): FieldMask {
    const mask = this.#list(0);
    return this.#position === this.#text.length ? mask : this.#fail();
  }

  #list(level: number): Map<string, FieldMask> {
    const mask = new Map<string, FieldMask>();
    for (;;) {
      const [name, inner] = this.#field(level);
      mask.set(name, merge(mask.get(name), inner));
      if (this.#text[this.#position] !== ",") return mask;
      this.#position += 1;
    }
  }

  #field(level: number): [string, FieldMask] {
    const found = /\s*(\*|[\w$-]+)/y;
    found.lastIndex = this.#position;
    const name = found.exec(this.#text)?.[1];
    if (name === undefined || level > mostLevels) return this.#fail();
    this.#position = found.lastIndex;
    const next = this.#text[this.#position] ?? "";
    if (next !== "(" && !this.#separator.test(next)) return [name, "all"];
    this.#position += 1;
    if (next !== "(") return [name, new Map([this.#field(level + 1)])];
    const inner = this.#list(level + 1);
    if (this.#text[this.#position] !== ")") return this.#fail();
    this.#position += 1;
    return [name, inner];
  }

  #fail(): never {
    throw invalidSelection(this.#text);
  }
}

function merge(known: FieldMask | undefined, added: FieldMask): FieldMask {
  if (known === undefined) return added;
  if (known === "all" || added === "all") return "all";
  const both = new Map(known);
  for (const [name, inner] of added) both.set(name, merge(both.get(name), inner));
  return both;
}

function checkMask(mask: FieldMask, type: AnswerType | "value", style: ErrorStyle, path: readonly string[]): void {
  if (mask === "all") return;
  for (const [name, inner] of mask) {
    // What of every field is wanted need not be in each of them.
    if (name === "*") continue;
    const field = type === "value" ? undefined : type.field(name);
    if (field === undefined) throw style === "gmail" ? noSuchField([...path, name]) : invalidSelection(name);
    checkMask(inner, field, style, [...path, name]);
  }
}

/** @see https://github.com/googleapis/google-api-dotnet-client/issues/1444 */
function invalidSelection(selection: string): ApiError {
  const message = `Invalid field selection ${selection}`;
  return new ApiError({
    code: 400,
    reason: "invalidParameter",
    message,
    location: "fields",
    locationType: "parameter",
  });
}

/**
 * As Google's newer front end says it, here for a mask of spreadsheets.
 *
 * @see https://github.com/r-lib/gargle/blob/main/tests/testthat/_snaps/response_process.md
 */
function noSuchField(path: readonly string[]): ApiError {
  const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${path.join(".")}'.`;
  return new ApiError({
    code: 400,
    reason: "invalidArgument",
    message: "Request contains an invalid argument.",
    details: [
      { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: [{ field: path[0], description }] },
    ],
  });
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
