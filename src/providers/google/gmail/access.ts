import { integrationError } from "../../../core/errors.js";
import type { Mailbox } from "./mailbox.js";

/** Keeps a read-only client from writing, before any network. @throws RequestError `request.forbidden` */
export function requireWritable({ access }: Pick<Mailbox, "access">): void {
  if (access !== "read") return;
  throw integrationError("request.forbidden", {
    message: "This client may only read.",
    hint: 'Make the client with access "write", and link the profile with it.',
  });
}

/** Keeps a client from deleting for good unless it was made for that. @throws RequestError `request.forbidden` */
export function requireFull({ access }: Pick<Mailbox, "access">): void {
  if (access === undefined || access === "full") return;
  throw integrationError("request.forbidden", {
    message: "This client may not delete mails for good.",
    hint: 'Move them to the trash with trashEmails, or make the client with access "full" and link the profile with it (--access full).',
  });
}
