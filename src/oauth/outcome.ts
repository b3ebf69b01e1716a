import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import type { ErrorCode } from "../core/error-table.js";
import { integrationError, isIntegrationError } from "../core/errors.js";

/** What was asked of the authorization server. */
export type OAuthStep = "exchange" | "refresh" | "revoke" | "delegate";

/** What the authorization server refuses, by its word for it: repeating the call would not help. */
const refusals: Readonly<Record<string, ErrorCode>> = {
  invalid_grant: "auth.invalid_credentials",
  invalid_client: "auth.invalid_credentials",
  unauthorized_client: "auth.invalid_credentials",
  deleted_client: "auth.invalid_credentials",
  disabled_client: "auth.invalid_credentials",
  org_internal: "auth.invalid_credentials",
  // Quirk(google): neither a new sign-in nor another client file helps, only the administrator.
  admin_policy_enforced: "request.forbidden",
  invalid_request: "auth.invalid_credentials",
  invalid_scope: "auth.invalid_credentials",
  unsupported_grant_type: "auth.invalid_credentials",
  redirect_uri_mismatch: "auth.invalid_credentials",
};
const unknownRefusals: Readonly<Record<OAuthStep, ErrorCode>> = {
  exchange: "auth.invalid_credentials",
  // A word that nobody knows must not make anybody sign in again.
  refresh: "connection.unavailable",
  revoke: "auth.invalid_credentials",
  delegate: "connection.unavailable",
};
/** Words for an outage, whatever the status. */
const outages: ReadonlySet<string> = new Set(["temporarily_unavailable", "server_error", "internal_failure"]);

/**
 * What a failure of an OAuth call means. Web pages, outages and broken answers are never a reason to sign in again.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function toOAuthError(error: unknown, step: OAuthStep): unknown {
  const known = innermost(error);
  if (known) return known;
  if (error instanceof AuthorizationResponseError) return callbackError(error);
  if (error instanceof ResponseBodyError) return bodyError(error, step);
  if (!(error instanceof ClientError) && !(error instanceof Error && "code" in error)) return error;
  const reason = "code" in error ? error.code : undefined;
  if (reason === "OAUTH_TIMEOUT") return integrationError("connection.timeout", { details: { reason } });
  return integrationError("connection.unavailable", {
    message: "The sign-in service did not answer as it should.",
    details: { reason },
  });
}

function bodyError(error: ResponseBodyError, step: OAuthStep): unknown {
  const word = wordOf(error.error);
  const details = { status: error.status, error: word };
  const code = bodyCode(error, step);
  if (code.startsWith("connection.")) {
    return integrationError(code, { message: `The sign-in service answered ${word}.`, details });
  }
  if (code === "auth.expired") {
    return integrationError(code, { message: "The organization's policy asks for a new sign-in.", details });
  }
  if (code === "request.forbidden") {
    const message = "The organization's policy does not let this app use the account.";
    return integrationError(code, { message, hint: "Ask the organization's administrator to allow it.", details });
  }
  return integrationError(code, {
    ...(step === "exchange" && {
      message: `The sign-in service did not accept the answer of the consent page (${word}).`,
      hint: "Begin the sign-in again: each answer is good once and for a few minutes.",
    }),
    ...(step === "delegate" && {
      message: `The sign-in service does not let the service account act for this person (${word}).`,
      hint: "In the organization's admin console, under domain-wide delegation, allow the service account's client id these scopes, and check the person's address.",
    }),
    ...(step === "refresh" &&
      code === "auth.invalid_credentials" && {
        message: `The sign-in service did not accept the OAuth client (${word}).`,
        hint: "Download the client file again from the service's console and run the setup with it.",
      }),
    details,
  });
}

/** A refresh token's end is believed only with status 400 or 401; Google uses no other, and proxies use the rest. */
function bodyCode({ error, status, cause }: ResponseBodyError, step: OAuthStep): ErrorCode {
  if (outages.has(error)) return "connection.unavailable";
  if (status !== 400 && status !== 401) return unknownRefusals[step];
  if (step !== "refresh" || error !== "invalid_grant") return refusals[error] ?? unknownRefusals[step];
  // Quirk(google): a session policy of the organization asks for a new sign-in without anything being revoked.
  return cause["error_subtype"] === "invalid_rapt" ? "auth.expired" : "auth.revoked";
}

function callbackError(error: AuthorizationResponseError): unknown {
  if (error.error === "access_denied") return integrationError("auth.consent_denied");
  return integrationError("auth.invalid_credentials", {
    message: `The consent page answered with ${wordOf(error.error)}.`,
    details: { error: wordOf(error.error) },
  });
}

/** The service's word for an error. What is no such word is not repeated: broken servers send back what they were sent. */
function wordOf(error: string): string {
  return /^[a-z][a-z_]{1,63}$/.test(error) ? error : "something that is no error's name";
}

/** Our own error, wherever the library wrapped it. */
function innermost(error: unknown): Error | undefined {
  if (isIntegrationError(error)) return error;
  return error instanceof Error ? innermost(error.cause) : undefined;
}
