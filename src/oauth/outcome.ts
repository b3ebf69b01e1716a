import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import type { ErrorCode } from "../core/error-table.js";
import { integrationError, isIntegrationError } from "../core/errors.js";
import { printableLine } from "../core/printable.js";

/** What was asked of the authorization server. */
export type OAuthStep = "exchange" | "refresh" | "revoke";

/** The answers that end a refresh token for good, and only when they come as JSON with status 400 or 401. */
const terminal: Readonly<Record<OAuthStep, Readonly<Record<string, ErrorCode>>>> = {
  exchange: {
    invalid_grant: "auth.invalid_credentials",
    invalid_client: "auth.invalid_credentials",
    unauthorized_client: "auth.invalid_credentials",
    redirect_uri_mismatch: "auth.invalid_credentials",
  },
  refresh: {
    invalid_grant: "auth.revoked",
    invalid_client: "auth.invalid_credentials",
    unauthorized_client: "auth.invalid_credentials",
    deleted_client: "auth.invalid_credentials",
  },
  revoke: { invalid_client: "auth.invalid_credentials" },
};

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
  return integrationError("connection.unavailable", {
    message: "The sign-in service did not answer as it should.",
    details: { reason: "code" in error ? error.code : undefined },
  });
}

function bodyError(error: ResponseBodyError, step: OAuthStep): unknown {
  const details = { status: error.status, error: printableLine(error.error) };
  if (error.status === 429) return integrationError("connection.rate_limited", { details });
  const code = error.status === 400 || error.status === 401 ? terminal[step][error.error] : undefined;
  if (code === undefined) {
    const unknown = error.status >= 500 ? "connection.unavailable" : "auth.invalid_credentials";
    return integrationError(unknown, { message: `The sign-in service answered ${details.error}.`, details });
  }
  // Quirk(google): a session policy of the organization asks for a new sign-in without anything being revoked.
  const subtype = error.cause["error_subtype"];
  if (step === "refresh" && subtype === "invalid_rapt") {
    return integrationError("auth.expired", { message: "The organization's policy asks for a new sign-in.", details });
  }
  return integrationError(code, {
    ...(step === "exchange" && {
      message: `The sign-in service did not accept the answer of the consent page (${details.error}).`,
      hint: "Begin the sign-in again: each answer is good once and for a few minutes.",
    }),
    details,
  });
}

function callbackError(error: AuthorizationResponseError): unknown {
  if (error.error === "access_denied") return integrationError("auth.consent_denied");
  return integrationError("auth.invalid_credentials", {
    message: `The consent page answered with ${printableLine(error.error)}.`,
    details: { error: printableLine(error.error) },
  });
}

/** Our own error, wherever the library wrapped it. */
function innermost(error: unknown): Error | undefined {
  if (isIntegrationError(error)) return error;
  return error instanceof Error ? innermost(error.cause) : undefined;
}
