/**
 * Checks of JSON that was stored. Everything else that comes from outside is checked with the schema library; here
 * loading that one would take longer than all the rest of opening a vault.
 */

/** Whether a value is of a type. */
export type Check<T> = (value: unknown) => value is T;

/** A check for each field of a record. */
export type Shape<T extends object> = { readonly [Name in keyof T]-?: Check<T[Name]> };

/** A text. */
export const isText: Check<string> = (value): value is string => typeof value === "string";

/** A number. */
export const isNumber: Check<number> = (value): value is number => typeof value === "number";

/** True or false. */
export const isFlag: Check<boolean> = (value): value is boolean => typeof value === "boolean";

/** A list of such values. */
export function isListOf<T>(check: Check<T>): Check<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(check);
}

/** One of some texts or numbers. */
export function isOneOf<T extends string | number>(...choices: readonly T[]): Check<T> {
  return (value): value is T => choices.some((choice) => choice === value);
}

/** A text that follows a pattern. */
export function isLike(pattern: RegExp): Check<string> {
  return (value): value is string => isText(value) && pattern.test(value);
}

/** The same, or nothing. */
export function isOptional<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

/** An object with at least these fields. */
export function isRecord<T extends object>(shape: Shape<T>): Check<T> {
  const checks = Object.entries<Check<unknown>>(shape);
  return (value): value is T =>
    typeof value === "object" && value !== null && checks.every(([name, check]) => check(Reflect.get(value, name)));
}

/** Reads JSON objects: gives the fields that the shape knows, or undefined for a text that is no such object. */
export function parserOf<T extends object>(shape: Shape<T>): (json: string) => T | undefined {
  const isWhole = isRecord(shape);
  const names = Object.keys(shape);
  return (json) => {
    const value = parseJson(json);
    if (!isWhole(value)) return undefined;
    const unknown = Object.keys(value).filter((name) => !names.includes(name));
    for (const name of unknown) Reflect.deleteProperty(value, name);
    return value;
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // the text was cut off or is something else
  }
}
