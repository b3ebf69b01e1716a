import * as v from "valibot";
import { integrationError } from "../../core/errors.js";
import { given } from "../../core/given.js";
import type { EmailUpdate } from "../../email/models.js";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation, type OperationCall } from "../operation.js";
import { flag, list, name, optional, type OptionalField } from "../fields.js";
import { ids } from "./fields.js";
import { inSteps, manyResult, type ManyWrite } from "./many.js";

/** Each mark and its opposite are flags of their own: what is false is not asked for. */
const marks: Readonly<
  Record<"read" | "unread" | "starred" | "unstarred" | "important" | "unimportant", OptionalField<boolean>>
> = {
  read: optional(flag("marks them as read")),
  unread: optional(flag("marks them as unread")),
  starred: optional(flag("stars them")),
  unstarred: optional(flag("takes their star away")),
  important: optional(flag("marks them as important")),
  unimportant: optional(flag("marks them as not important")),
};

const changes = {
  add: optional(list("labels that they get, by name or id")),
  remove: optional(list("labels that they lose, by name or id")),
  folder: optional(name("moves them there: a folder or label, inbox, archive, spam or trash")),
  ...marks,
};

type Changes = Partial<v.InferOutput<v.StrictObjectSchema<typeof changes, undefined>>>;

/** Changes labels, folder and marks of mails. */
export const label: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ ids, ...changes }),
  output: manyResult,
  run: async (call, { ids: mails, ...asked }) => inSteps(call, mails, relabelling(call, asked)),
  preview: async (call, { ids: mails, ...asked }) => relabelling(call, asked).preview(mails, optionsOf(call)),
});

function relabelling({ client }: OperationCall<"email">, asked: Changes): ManyWrite {
  const update = updateOf(asked);
  return {
    run: (mails, options) => client.updateEmails(mails, update, options),
    preview: (mails, options) => client.updateEmails(mails, update, { ...options, dryRun: true }),
  };
}

/** @throws RequestError `request.invalid` for one that changes nothing or contradicts itself */
function updateOf({ add, remove, folder, ...asked }: Changes): EmailUpdate {
  const update: EmailUpdate = given({
    addLabels: unlessEmpty(add),
    removeLabels: unlessEmpty(remove),
    folder,
    read: either(asked, "read", "unread"),
    starred: either(asked, "starred", "unstarred"),
    important: either(asked, "important", "unimportant"),
  });
  const both = add?.find((name) => remove?.includes(name) === true);
  if (both !== undefined) throw impossible(`They cannot both get and lose ${both}.`, "add");
  if (Object.keys(update).length === 0) throw impossible("Nothing is named that is to change.");
  return update;
}

function unlessEmpty(names: readonly string[] | undefined): readonly string[] | undefined {
  return names?.length === 0 ? undefined : names;
}

function either(
  asked: Partial<Record<keyof typeof marks, boolean | undefined>>,
  mark: keyof typeof marks,
  opposite: keyof typeof marks,
): boolean | undefined {
  if (asked[mark] === true && asked[opposite] === true) {
    throw impossible(`They cannot be both ${mark} and ${opposite}.`, opposite);
  }
  return asked[mark] === true ? true : asked[opposite] === true ? false : undefined;
}

function impossible(message: string, field?: string): Error {
  return integrationError("request.invalid", {
    message,
    hint: `Give at least one of ${Object.keys(changes).join(", ")}, without contradictions; nothing was changed.`,
    ...(field !== undefined && { details: { field } }),
  });
}
