import { ApiError, gmailInvalid } from "../../api-error.js";
import { gmailScopes } from "../../oauth/scopes.js";
import type { ApiCall, Route } from "../../routes.js";
import { isAddress } from "../addresses.js";
import { mailboxOf, textIn } from "./call.js";

const { settingsBasic, settingsSharing } = gmailScopes;

/** Scopes that allow to change settings that concern only the person. */
export const basicWriters: readonly string[] = [settingsBasic];
/** Scopes that allow to change who else gets a person's mail. */
export const sharingWriters: readonly string[] = [settingsSharing];

/** A handler that serves nobody but service accounts that act for a person. */
export function delegatedOnly(handle: Route["handle"]): Route["handle"] {
  return (call) => {
    mailboxOf(call);
    requireDelegation(call);
    return handle(call);
  };
}

/** A route that serves nobody but service accounts that act for a person. */
export function forServiceAccounts(route: Route): Route {
  return { ...route, handle: delegatedOnly(route.handle) };
}

/** @throws ApiError 403 for a person's own client */
export function requireDelegation({ isServiceAccount }: ApiCall): void {
  if (isServiceAccount) return;
  throw new ApiError({
    code: 403,
    reason: "forbidden",
    message: "Access restricted to service accounts that have been delegated domain-wide authority",
  });
}

/** An address that a body names, in lower case. @throws ApiError 400 */
export function addressIn(body: Readonly<Record<string, unknown>>, name: string): string {
  const address = (textIn(body, name) ?? "").trim().toLowerCase();
  if (isAddress(address)) return address;
  throw gmailInvalid(`Invalid ${name}: ${address}`);
}

/** One of the words that Google has for something. @throws ApiError 400 */
export function choiceIn(
  body: Readonly<Record<string, unknown>>,
  name: string,
  choices: readonly string[],
): string | undefined {
  const chosen = textIn(body, name);
  if (chosen === undefined || choices.includes(chosen)) return chosen;
  throw gmailInvalid(`Invalid value for ${name}: "${chosen}"`);
}

/**
 * Whether an address has to be verified by whoever reads its mail.
 *
 * Unsure(google): "if ownership verification is required" is all that is documented; here it is, outside of one's domain.
 */
export function verificationOf(call: ApiCall, address: string): "accepted" | "pending" {
  return domainOf(address) === domainOf(call.user.email) ? "accepted" : "pending";
}

/** Whether two addresses are the same one: Google goes by no capitals. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Google's rules for HTML are its own; what no mail may have is taken out here. */
export function sanitized(html: string): string {
  return html
    .replace(/<(script|style|iframe)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
    .replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
}

/** What stands after the at sign. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** 409 as Gmail says it. */
export function alreadyExists(what: string): ApiError {
  return new ApiError({ code: 409, reason: "alreadyExists", message: `${what} already exists` });
}

/** 400 for what is right in itself and cannot be now. */
export function failedPrecondition(message: string): ApiError {
  return new ApiError({ code: 400, reason: "failedPrecondition", message, status: "FAILED_PRECONDITION" });
}
