import * as v from "valibot";
import type { WritePreview } from "../../src/core/write-preview.js";
import { operations } from "../../src/operations/index.js";
import type { Operation, OperationCall } from "../../src/operations/operation.js";
import { writePreview } from "../../src/operations/schemas.js";

/** Loads an operation by its name. */
export async function loadOperation(name: string): Promise<Operation> {
  const entry = operations.find((each) => each.name === name);
  if (!entry) throw new Error(`There is no operation ${name}.`);
  return entry.load();
}

/** Runs an operation as every face does, and holds its output to its schema, without a field more. */
export async function runOperation(
  call: OperationCall,
  name: string,
  input: object = {},
): Promise<Record<string, unknown>> {
  const operation = await loadOperation(name);
  const output = await operation.run(call, v.parse(operation.input, input));
  return v.parse(strict(operation.output), output) as Record<string, unknown>;
}

/** What an operation says that it would do, held to the schema of previews. */
export async function previewOperation(call: OperationCall, name: string, input: object = {}): Promise<WritePreview> {
  const operation = await loadOperation(name);
  const preview = await operation.preview?.(call, v.parse(operation.input, input));
  return v.parse(strict(writePreview), preview) as WritePreview;
}

/** The items of an operation's stream. */
export async function streamOperation(call: OperationCall, name: string, input: object = {}): Promise<unknown[]> {
  const operation = await loadOperation(name);
  const items: unknown[] = [];
  const stream = operation.stream?.(call, v.parse(operation.input, input)) ?? [];
  for await (const item of stream) items.push(item);
  return items;
}

/** A schema that takes no field which it does not name, at any depth. */
export function strict(schema: v.GenericSchema): v.GenericSchema {
  const parts = schema as unknown as Parts;
  switch (schema.type) {
    case "object": {
      const entries = Object.entries(parts.entries ?? {}).map(([key, field]) => [key, strict(field)] as const);
      return v.strictObject(Object.fromEntries(entries));
    }
    case "array":
      return parts.item ? v.array(strict(parts.item)) : schema;
    case "optional":
      return parts.wrapped ? v.optional(strict(parts.wrapped)) : schema;
    case "exact_optional":
      return parts.wrapped ? v.exactOptional(strict(parts.wrapped)) : schema;
    case "nullable":
      return parts.wrapped ? v.nullable(strict(parts.wrapped)) : schema;
    case "union":
    case "variant":
      return v.union((parts.options ?? []).map(strict));
    default:
      return schema;
  }
}

interface Parts {
  readonly entries?: Record<string, v.GenericSchema>;
  readonly item?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly v.GenericSchema[];
}
