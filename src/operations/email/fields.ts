import * as v from "valibot";
import { flag, name, optional, type Field, type OptionalField } from "../fields.js";

/** Whether mails are read with their texts. */
export const body: OptionalField<boolean> = optional(flag("read the texts and lists of files as well"));

/** The mails that something is done to, at least one. */
export const ids: Field<string[]> = v.pipe(
  v.array(name("id of a mail")),
  v.minLength(1, "None is given."),
  v.description("ids of the mails"),
);

/** The mail that something is done with. */
export const mailId: Field<string> = name("id of the mail");
