import { ApiError } from "../api-error.js";
import { bodyTypes, methodBodies, type BodyTypeName, type FieldType } from "./request-bodies.js";

/** What is wrong with a body, and where. */
export interface Violation {
  readonly field: string;
  readonly description: string;
}

/**
 * A body with the names that Google's reference has: snake case is understood too, and what is null is left out.
 *
 * @throws ApiError 400 naming every field that the method does not know, and every value that does not fit
 * @see https://protobuf.dev/programming-guides/json/
 */
export function checkedBody(method: string, json: unknown): unknown {
  if (json === undefined) return undefined;
  const { type, field = "" } = methodBodies[method.replace(/^gmail\.users\./, "")] ?? {};
  const violations: Violation[] = [];
  const checked = isObject(json)
    ? checkedMessage(json, type, field, violations)
    : violations.push(unknownName("", "", "Root element must be a message."));
  if (violations.length > 0) throw invalidPayload(violations);
  return checked;
}

function checkedMessage(
  message: Readonly<Record<string, unknown>>,
  type: BodyTypeName | undefined,
  at: string,
  violations: Violation[],
): Record<string, unknown> {
  const fields: Readonly<Record<string, FieldType>> = type === undefined ? {} : bodyTypes[type];
  const checked: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(message)) {
    const name = Object.hasOwn(fields, given) ? given : camelCase(given);
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (known === undefined) violations.push(unknownName(given, at, "Cannot find field."));
    else if (value !== null) checked[name] = checkedField(value, known, { name: given, in: at }, violations);
  }
  return checked;
}

interface Place {
  readonly name: string;
  /** The path of what it is a field of. */
  readonly in: string;
}

function checkedField(value: unknown, type: FieldType, place: Place, violations: Violation[]): unknown {
  const at = `${place.in === "" ? "" : `${place.in}.`}${snakeCase(place.name)}`;
  if (!type.endsWith("[]")) {
    if (!Array.isArray(value)) return checkedValue(value, type as SingleType, at, violations);
    violations.push(unknownName(place.name, place.in, "Proto field is not repeating, cannot start list."));
    return undefined;
  }
  const single = type.slice(0, -2) as SingleType;
  // Unsure(google): that a single value stands for a list of one is tolerated here, as Google's front end is said to do.
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((each, index) => checkedValue(each, single, `${at}[${index}]`, violations));
}

type SingleType = Exclude<FieldType, `${string}[]`>;

function checkedValue(value: unknown, type: SingleType, at: string, violations: Violation[]): unknown {
  if (type in bodyTypes) {
    if (isObject(value)) return checkedMessage(value, type as BodyTypeName, at, violations);
    violations.push(invalidValue(at, `type.googleapis.com/google.gmail.v1.${type}`, value));
    return undefined;
  }
  const { protoName, read } = primitives[type as keyof typeof primitives];
  const checked = read(value);
  if (checked === undefined) violations.push(invalidValue(at, protoName, value));
  return checked;
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
/** A whole number that fits into so many bits, as text. */
const digits = (value: unknown, least: bigint, limit: bigint): string | undefined => {
  const given = typeof value === "number" || typeof value === "string" ? String(value) : "";
  return /^-?\d{1,20}$/.test(given) && BigInt(given) >= least && BigInt(given) < limit ? given : undefined;
};

/** How each primitive is called in errors, and read: numbers may come as text, and large ones always are. */
const primitives = {
  string: { protoName: "TYPE_STRING", read: text },
  bytes: { protoName: "TYPE_BYTES", read: text },
  boolean: {
    protoName: "TYPE_BOOL",
    read: (value: unknown): boolean | undefined =>
      typeof value === "boolean" ? value : value === "true" ? true : value === "false" ? false : undefined,
  },
  number: {
    protoName: "TYPE_INT32",
    read: (value: unknown): number | undefined => {
      const read = digits(value, -(2n ** 31n), 2n ** 31n);
      return read === undefined ? undefined : Number(read);
    },
  },
  int64: {
    protoName: "TYPE_INT64",
    read: (value: unknown): string | undefined => digits(value, -(2n ** 63n), 2n ** 63n),
  },
  uint64: {
    protoName: "TYPE_UINT64",
    read: (value: unknown): string | undefined => digits(value, 0n, 2n ** 64n),
  },
};

function unknownName(name: string, at: string, problem: string): Violation {
  const place = at === "" ? "" : ` at '${at}'`;
  return { field: at, description: `Invalid JSON payload received. Unknown name "${name}"${place}: ${problem}` };
}

function invalidValue(at: string, protoName: string, value: unknown): Violation {
  const shown = isObject(value) ? "Starting an object on a scalar field" : JSON.stringify(value);
  return { field: at, description: `Invalid value at '${at}' (${protoName}), ${shown}` };
}

/** 400 that names every field with something wrong about it, as Google's front end says it. */
export function invalidPayload(violations: readonly Violation[]): ApiError {
  return new ApiError({
    code: 400,
    reason: "invalid",
    message: violations.map(({ description }) => description).join("\n"),
    details: [{ "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: violations }],
  });
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
