import { ApiError, gmailInvalid, gmailNotFound } from "../../api-error.js";
import { gmailScopes } from "../../oauth/scopes.js";
import type { ApiCall } from "../../routes.js";
import type { Mailbox } from "../mailbox.js";
import type { StoredMessage } from "../message.js";

const { full, modify, readonly, metadata, compose, settingsBasic } = gmailScopes;

/** Where every method of Gmail begins. */
export const base = "/gmail/v1/users/{userId}";
/** The largest mail that can be sent, in bytes. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send */
export const maxSentBytes: number = 35 * 1024 * 1024;
/** Scopes that allow to see which mails there are. */
export const readers: readonly string[] = [full, modify, readonly, metadata];
/** Scopes that allow to read what mails say. */
export const contentReaders: readonly string[] = [full, modify, readonly];
/** Scopes that allow to change labels of mails. */
export const modifiers: readonly string[] = [full, modify];
/** Scopes that allow to write drafts. */
export const composers: readonly string[] = [full, modify, compose];
/** Scopes that allow to read settings. */
export const settingsReaders: readonly string[] = [full, modify, readonly, settingsBasic];

/** The mailbox that a call names: one's own, by `me` or by address. @throws ApiError 403 for somebody else's */
export function mailboxOf({ path, user }: ApiCall): Mailbox {
  const asked = (path["userId"] ?? "").toLowerCase();
  if (asked === "me" || asked === user.email) return user.mailbox;
  throw new ApiError({ code: 403, reason: "forbidden", message: `Delegation denied for ${user.email}` });
}

/** The message that a call names. @throws ApiError 400 for what is no id, 404 */
export function messageOf(call: ApiCall, name = "id"): StoredMessage {
  const message = mailboxOf(call).find(checkedId(call.path[name] ?? ""));
  if (!message) throw gmailNotFound();
  return message;
}

/** Gmail's ids are hexadecimal numbers. @throws ApiError 400 */
export function checkedId(id: string): string {
  if (/^[0-9a-f]{1,16}$/i.test(id)) return id.toLowerCase();
  throw gmailInvalid("Invalid id value");
}

/** The JSON object that a call sends. @throws ApiError 400 for anything else */
export function bodyOf({ body }: ApiCall): Readonly<Record<string, unknown>> {
  if (body === undefined) return {};
  if (isObject(body)) return body;
  throw gmailInvalid("Invalid JSON payload received. Root element must be a message.");
}

/** An object inside a body; empty when it is missing. */
export function objectIn(body: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = body[name];
  return isObject(value) ? value : {};
}

/** A list of texts inside a body; empty when it is missing. */
export function textsIn(body: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** A text inside a body. */
export function textIn(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
