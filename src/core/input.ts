import * as v from "valibot";
import { integrationError } from "./errors.js";

/** A moment as callers give it: text, a Date or a Temporal object. What it means is decided where its zone is known. */
export const instantInput: v.GenericSchema = v.custom<unknown>(
  (value) =>
    typeof value === "string" ||
    value instanceof Date ||
    (typeof value === "object" && value !== null && Symbol.toStringTag in value),
);

/** What every call takes. The time limit's range is checked where it is used. */
export const callOptions: { signal: v.GenericSchema; timeoutMs: v.GenericSchema } = {
  signal: v.optional(v.instance(AbortSignal)),
  timeoutMs: v.optional(v.custom<number>((value) => typeof value === "number")),
};

/** An id that becomes one part of an address: neither empty nor a step to another path. */
export const idInput: v.GenericSchema<unknown, string> = v.pipe(
  v.string(),
  v.check((id) => id.trim() !== "" && id !== "." && id !== ".." && !loneSurrogate.test(id)),
);

const loneSurrogate = /[\ud800-\udfff]/u;

/**
 * What a caller gave, if it has the shape that the types ask for: programs in JavaScript and language models are not
 * held to types.
 *
 * @param what - how the input is called in messages, such as `event`
 * @throws RequestError `request.invalid` naming the field
 */
export function requireInput<T>(schema: v.GenericSchema<unknown, unknown>, input: T, what: string): T {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return input;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? "";
  const unknown = issue.expected === "never";
  const problem = unknown ? "is no field of it" : issue.received === "undefined" ? "is missing" : "cannot be used";
  throw integrationError("request.invalid", {
    message: field === "" ? `The ${what} ${problem}.` : `The ${what}'s ${field} ${problem}.`,
    hint: `${issue.type === "picklist" ? `Give ${field} as one of ${issue.expected ?? ""}` : `Correct ${field || `the ${what}`}`} and call again; nothing was sent.`,
    details: { field: field === "" ? what : field },
  });
}

/** A number of things, of which there must be one at least. @throws RequestError `request.invalid` */
export function requireCount(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return value;
  throw integrationError("request.invalid", {
    message: `${name} is ${value}.`,
    hint: `Give ${name} as a whole number from 1.`,
  });
}
