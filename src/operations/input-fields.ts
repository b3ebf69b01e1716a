import * as v from "valibot";
import type { ObjectSchema } from "./operation.js";

/** What one value of a field is. */
export type FieldValue =
  { readonly kind: "switch" | "text" | "number" } | { readonly kind: "choice"; readonly choices: readonly string[] };

/** A field of an operation's input, as a command line or a tool can take it. */
export interface InputField {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Whether there may be several values. */
  readonly list: boolean;
  readonly value: FieldValue;
  /** Whether its value is a path on this machine, and of what; undefined: it is none. */
  readonly holds: "file" | "folder" | undefined;
  /** What it is when nothing is given; undefined: it is left out. */
  readonly initially: unknown;
}

/** The fields of an operation's input, in the order of its schema. */
export function inputFields(schema: ObjectSchema<unknown>): InputField[] {
  return Object.entries(schema.entries).map(([name, entry]) => ({ name, ...fieldOf(entry) }));
}

function fieldOf(schema: v.GenericSchema): Omit<InputField, "name"> {
  const description = v.getDescription(schema);
  const wrapped = within(schema, "wrapped");
  if (wrapped) {
    const field = fieldOf(wrapped);
    const initially = "default" in schema && typeof schema.default !== "function" ? schema.default : undefined;
    const required = field.required && schema.type !== "optional" && schema.type !== "nullish";
    const holds = holdsOf(schema) ?? field.holds;
    return { ...field, required, initially, holds, description: description ?? field.description };
  }
  const item = schema.type === "array" ? within(schema, "item") : undefined;
  return {
    description: description ?? (item && v.getDescription(item)) ?? "",
    required: true,
    list: item !== undefined,
    value: valueOf(item ?? schema),
    holds: holdsOf(schema),
    initially: undefined,
  };
}

function holdsOf(schema: v.GenericSchema): InputField["holds"] {
  const { holds } = v.getMetadata(schema);
  return holds === "file" || holds === "folder" ? holds : undefined;
}

function valueOf(schema: v.GenericSchema): FieldValue {
  const wrapped = within(schema, "wrapped");
  if (wrapped) return valueOf(wrapped);
  switch (schema.type) {
    case "boolean":
      return { kind: "switch" };
    case "number":
      return { kind: "number" };
    case "picklist":
      return {
        kind: "choice",
        choices: "options" in schema && Array.isArray(schema.options) ? schema.options.map(String) : [],
      };
    default:
      return { kind: "text" };
  }
}

/** A schema inside another: what `optional` wraps, or the items of a list. */
function within(schema: v.GenericSchema, key: "wrapped" | "item"): v.GenericSchema | undefined {
  const inner: unknown = key in schema ? Reflect.get(schema, key) : undefined;
  return isSchema(inner) ? inner : undefined;
}

function isSchema(value: unknown): value is v.GenericSchema {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "schema";
}
