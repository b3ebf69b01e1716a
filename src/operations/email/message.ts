import * as v from "valibot";
import { given } from "../../core/given.js";
import type { EmailPriority } from "../../email/models.js";
import type { SendOptions } from "../../email/options.js";
import type { OutgoingEmail } from "../../email/outgoing.js";
import { optionsOf } from "../call-options.js";
import type { OperationCall } from "../operation.js";
import { files, list, name, optional, type OptionalField, text } from "../fields.js";

const priorities: readonly EmailPriority[] = ["low", "normal", "high", "urgent"];

/** The parts of a mail that answers another or goes on with it: whose subject it has. */
export type ReplyFields = {
  readonly to: OptionalField<string[]>;
  readonly cc: OptionalField<string[]>;
  readonly bcc: OptionalField<string[]>;
  readonly from: OptionalField<string>;
  readonly replyTo: OptionalField<string[]>;
  readonly text: OptionalField<string>;
  readonly html: OptionalField<string>;
  readonly attachments: OptionalField<string[]>;
  readonly priority: OptionalField<EmailPriority>;
};

/** What is written above or instead of another mail. */
export const replyFields: ReplyFields = {
  to: optional(list("who gets it: Ann <ann@example.com>")),
  cc: optional(list("who gets a copy")),
  bcc: optional(list("who gets a copy that nobody else sees")),
  from: optional(name("one of the account's own addresses, if not the usual one")),
  replyTo: optional(list("where answers go, if not to the sender")),
  text: optional(text("what it says")),
  html: optional(text("what it says, as HTML; alone, a text is made of it")),
  attachments: optional(files("paths of files to send along")),
  priority: optional(v.pipe(v.picklist(priorities), v.description("how urgent it is marked"))),
};

/** A mail of its own. */
export const messageFields: ReplyFields & { readonly subject: OptionalField<string> } = {
  ...replyFields,
  subject: optional(text("what it is about")),
};

/** What makes a repeated sending send once. */
export const idempotencyKey: OptionalField<string> = optional(
  v.pipe(v.string(), v.minLength(1), v.maxLength(200), v.description("the same key sends the same mail once")),
);

type Message = Partial<v.InferOutput<v.StrictObjectSchema<typeof messageFields, undefined>>>;

/** A mail as clients take it: files are named by their paths. */
export function messageOf({ attachments, ...parts }: Message): OutgoingEmail {
  return { ...given(parts), ...(attachments && { attachments: attachments.map((path) => ({ path })) }) };
}

/** The options of a sending. */
export function sendOptions(call: Pick<OperationCall, "signal" | "timeoutMs">, key: string | undefined): SendOptions {
  return { ...optionsOf(call), ...given({ idempotencyKey: key }) };
}
