import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { calendarCapabilities } from "../calendar/capabilities.js";
import { emailCapabilities } from "../email/capabilities.js";
import { operations } from "./index.js";
import { inputFields } from "./input-fields.js";
import { knownFields } from "./known-fields.js";

const capabilities = { email: emailCapabilities, calendar: calendarCapabilities };
const scalars = ["string", "number", "boolean", "picklist"];

interface Parts {
  readonly wrapped?: v.GenericSchema;
  readonly item?: v.GenericSchema;
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
}

/** A field without what says that it may be left out. */
function unwrapped(schema: v.GenericSchema): v.GenericSchema & Parts {
  const { wrapped } = schema as Parts;
  return wrapped ? unwrapped(wrapped) : schema;
}

function isFlat(schema: v.GenericSchema): boolean {
  const { type, item } = unwrapped(schema);
  return scalars.includes(type) || (type === "array" && item !== undefined && scalars.includes(unwrapped(item).type));
}

function isList(schema: v.GenericSchema | undefined): boolean {
  return schema !== undefined && unwrapped(schema).type === "array";
}

describe("the table of operations", () => {
  it("names each once", () => {
    const names = operations.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it("knows the fields of each as its schema has them; if not, run npm run docs", async () => {
    for (const entry of operations)
      expect(knownFields(entry), entry.name).toEqual(inputFields((await entry.load()).input));
  });

  it.each(operations)("says of $name what it is", ({ name, kind, capability, summary }) => {
    expect(name).toMatch(/^[a-z]+(\.[a-z]+(-[a-z]+)*)+$/);
    expect(name.split(".")[0]).toBe(kind);
    expect(Object.keys(capabilities[kind])).toContain(capability);
    expect(summary).toMatch(/^(?![A-Z][a-z]).{5,78}[^.]$/);
  });

  it.each(operations)("takes for $name fields that can be flags, each described", async ({ kind, load }) => {
    const { kind: loadedKind, input } = await load();
    expect(loadedKind).toBe(kind);
    for (const [field, schema] of Object.entries(input.entries)) {
      expect(field).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
      expect([field, isFlat(schema)]).toEqual([field, true]);
      const description = v.getDescription(unwrapped(schema)) ?? v.getDescription(schema) ?? "";
      expect([field, description]).toEqual([field, expect.stringMatching(/^(?![A-Z][a-z])\S.*[^.\s]$/)]);
    }
  });

  it.each(operations)("names for $name fields that there are", async ({ positionals = [], fromStdin, items, load }) => {
    const { input, output } = await load();
    for (const [place, field] of positionals.entries()) {
      expect(Object.keys(input.entries)).toContain(field);
      if (place < positionals.length - 1) expect(isList(input.entries[field])).toBe(false);
    }
    if (fromStdin !== undefined) {
      const schema = input.entries[fromStdin];
      expect(schema && (isList(schema) || unwrapped(schema).type === "string")).toBe(true);
    }
    if (items !== undefined) expect(isList((output as Parts).entries?.[items])).toBe(true);
  });

  it.each(operations)("can tell beforehand what $name would do, if it does something", async ({ effect, load }) => {
    const operation = await load();
    expect("preview" in operation).toBe(effect !== "read");
    if (effect !== "read") expect("stream" in operation).toBe(false);
  });

  it.each(operations.filter(({ items }) => items === undefined))("gives no stream for $name", async ({ load }) => {
    expect("stream" in (await load())).toBe(false);
  });
});
