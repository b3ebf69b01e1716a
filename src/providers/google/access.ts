import { integrationError } from "../../core/errors.js";
import type { AccessLevel } from "../../credentials/types.js";

/** What a client is limited to; undefined when the sign-in alone decides. */
export interface LimitedAccess {
  readonly access: AccessLevel | undefined;
}

/** Keeps a read-only client from writing, before any network. @throws RequestError `request.forbidden` */
export function requireWritable({ access }: LimitedAccess): void {
  if (access !== "read") return;
  throw integrationError("request.forbidden", {
    message: "This client may only read.",
    hint: 'Make the client with access "write", and link the profile with it.',
  });
}

/** Keeps a client from deleting for good unless it was made for that. @throws RequestError `request.forbidden` */
export function requireFull({ access }: LimitedAccess): void {
  if (access === undefined || access === "full") return;
  throw integrationError("request.forbidden", {
    message: "This client may not delete mails for good.",
    hint: 'Move them to the trash with trashEmails, or make the client with access "full" and link the profile with it (--access full).',
  });
}
