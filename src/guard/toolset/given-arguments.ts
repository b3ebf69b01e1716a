import { integrationError, isIntegrationError } from "../../core/errors.js";
import type { InputField } from "../../operations/input-fields.js";

/** More than the longest mail that anybody writes, as JSON. */
const mostBytes = 1_000_000;

/**
 * What an assistant gave to a tool, as plain data of our own: whatever was handed in can neither change later nor bring
 * anything with it but its own values. What is null was left out.
 *
 * @throws RequestError `request.too_large` beyond 1 MB of JSON; `request.invalid` for what is no JSON object
 */
export function givenArguments(args: unknown): ReadonlyMap<string, unknown> {
  const given: unknown = JSON.parse(asJson(args ?? {}));
  if (typeof given !== "object" || given === null || Array.isArray(given)) throw notAnObject();
  return new Map(Object.entries(given).filter(([, value]) => value !== null));
}

function asJson(args: unknown): string {
  let least = 0; // so many characters it has at the least
  const counted = (_: string, value: unknown): unknown => {
    least += 2 + (typeof value === "string" ? value.length : 0);
    if (least > mostBytes) throw tooLarge();
    return value;
  };
  let json: unknown;
  try {
    json = JSON.stringify(args, counted);
  } catch (error) {
    if (isIntegrationError(error)) throw error;
    throw notAnObject(error); // it contains itself, is too deep, or holds what is no data
  }
  if (typeof json !== "string") throw notAnObject(); // a function has none
  if (Buffer.byteLength(json) > mostBytes) throw tooLarge();
  return json;
}

/**
 * A value of a field as its operation takes it. Models write numbers and switches as text, and one item without its list:
 * what is meant is never in doubt.
 */
export function meantValue({ list, value }: Pick<InputField, "list" | "value">, given: unknown): unknown {
  if (typeof given !== "string") return given;
  if (list) return [given];
  if (value.kind === "number") return wholeNumber(given);
  return value.kind === "switch" && /^(true|false)$/.test(given) ? given === "true" : given;
}

/** A whole number that was written as text; anything else as it is. */
export function wholeNumber(given: unknown): unknown {
  return typeof given === "string" && /^-?\d{1,15}$/.test(given) ? Number(given) : given;
}

function tooLarge(): Error {
  return integrationError("request.too_large", {
    message: "The arguments are larger than 1 MB.",
    hint: "Give less at once; nothing was sent.",
  });
}

function notAnObject(cause?: unknown): Error {
  return integrationError("request.invalid", {
    message: "The arguments are no JSON object.",
    hint: "Give an object as the tool's schema describes it; nothing was sent.",
    cause,
  });
}
