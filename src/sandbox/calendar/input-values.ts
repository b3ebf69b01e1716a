import { invalidField } from "./event-refusals.js";

/** A text of a client; nothing in it is no text. @throws ApiError 400 naming the field */
export function readText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") throw invalidField(`Invalid value for: ${name}`);
  return value;
}

/** A yes or no of a client. @throws ApiError 400 naming the field */
export function readBoolean(value: unknown, name: string): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "boolean") throw invalidField(`Invalid value for: ${name}`);
  return value;
}
