import * as v from "valibot";

/** A field of an operation's input. */
export type Field<T> = v.GenericSchema<unknown, T>;

/** A field that may be left out. */
export type OptionalField<T> = v.OptionalSchema<Field<T>, undefined>;

/** A field that may be left out. */
export function optional<T>(field: Field<T>): OptionalField<T> {
  return v.optional(field);
}

/** One text, which may be empty. */
export function text(description: string): Field<string> {
  return v.pipe(v.string(), v.description(description));
}

/** A name or id: never empty. */
export function id(description: string): Field<string> {
  return v.pipe(v.string(), v.nonEmpty(), v.description(description));
}

/** At least one text. */
export function texts(description: string): Field<string[]> {
  return v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(1), v.description(description));
}

/** Whether something is wanted. */
export function flag(description: string): OptionalField<boolean> {
  return optional(v.pipe(v.boolean(), v.description(description)));
}

/** Whether mails are read with their texts. */
export const body: OptionalField<boolean> = flag("read the texts and lists of files as well");

/** The mails that something is done to. */
export const ids: Field<string[]> = texts("ids of the mails");

/** The mail that something is done with. */
export const mailId: Field<string> = id("id of the mail");
