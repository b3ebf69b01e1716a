import * as v from "valibot";

/** A field of an operation's input. */
export type Field<T> = v.GenericSchema<unknown, T>;

/** A field that may be left out. */
export type OptionalField<T> = v.OptionalSchema<Field<T>, undefined>;

/** Fields by name, each of which may be left out. */
export type OptionalFields<T> = { readonly [Name in keyof T]: OptionalField<T[Name]> };

/** What was given for such fields. */
export type GivenFields<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** A field that may be left out. */
export function optional<T>(field: Field<T>): OptionalField<T> {
  return v.optional(field);
}

/** A text of any length. */
export function text(description: string): Field<string> {
  return v.pipe(v.string(), v.description(description));
}

/** A text that says something, such as an id. */
export function name(description: string): Field<string> {
  return v.pipe(v.string(), v.nonEmpty("It is empty."), v.description(description));
}

/** A text of a certain form. @param problem - a sentence for a text of another one, with what to give instead */
export function pattern(form: RegExp, problem: string, description: string): Field<string> {
  const said = ({ input }: { readonly input: string }): string => `"${input}" is ${problem}`;
  return v.pipe(v.string(), v.regex(form, said), v.description(description));
}

/** A time in any of the spellings that clients read; which instant it is, they decide. */
export function time(description: string): Field<string> {
  return pattern(
    /^\s*(today([+-]\d{1,5})?|tomorrow|yesterday|\d{4}-?\d{2}-?\d{2})([T [].*)?$/i,
    "not a time. Give an ISO 8601 time such as 2026-11-23T09:00:00+01:00, a date such as 2026-11-23, or tomorrow 09:00.",
    description,
  );
}

/** Yes or no. */
export function flag(description: string): Field<boolean> {
  return v.pipe(v.boolean(), v.description(description));
}

/** A whole number within bounds. */
export function whole(least: number, most: number, description: string): Field<number> {
  const bounds = most === Number.MAX_SAFE_INTEGER ? `${least} up` : `${least} to ${most}`;
  const problem = `It is not a whole number from ${bounds}.`;
  return v.pipe(
    v.number(),
    v.integer(problem),
    v.minValue(least, problem),
    v.maxValue(most, problem),
    v.description(description),
  );
}

/** One of some words. */
export function choice<const Word extends string>(words: readonly Word[], description: string): Field<Word> {
  return v.pipe(v.picklist(words), v.description(description));
}

/** Any number of texts, each of a certain form: default, one that says something. Its description says which form. */
export function list(description: string, form: RegExp = /\S/): Field<string[]> {
  const problem = ({ input }: { readonly input: string }): string => `"${input}" is none of these: ${description}.`;
  return v.pipe(v.array(v.pipe(v.string(), v.regex(form, problem))), v.description(description));
}

/** Any number of some words. */
export function choices<const Word extends string>(words: readonly Word[], description: string): Field<Word[]> {
  return v.pipe(v.array(v.picklist(words)), v.description(description));
}

/** A folder on this machine. Whoever runs an operation for somebody else keeps it within bounds. */
export function folder(description: string): Field<string> {
  return v.pipe(v.string(), v.nonEmpty("It is empty."), v.description(description), v.metadata({ holds: "folder" }));
}

/** Any number of files on this machine, by their paths. */
export function files(description: string): Field<string[]> {
  return v.pipe(
    v.array(v.pipe(v.string(), v.nonEmpty("It is empty."))),
    v.description(description),
    v.metadata({ holds: "file" }),
  );
}
