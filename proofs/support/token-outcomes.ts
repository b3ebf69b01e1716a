import type { SandboxFault } from "./sandbox-fault.js";

/** What the authorization server did, and what has to come of it. */
export interface TokenOutcome {
  readonly what: string;
  readonly respond: SandboxFault;
  /** The error's code; undefined when the call succeeds. */
  readonly code?: string;
  /** The stored sign-in is marked as over, for good. */
  readonly over?: true;
}

const json = "application/json";
const page = "<!doctype html><title>Welcome to our Wi-Fi</title><p>Please accept our terms.</p>";
const ended = { error: "invalid_grant", error_description: "Token has been expired or revoked." };

const refused = (status: number, error: unknown, code: string): TokenOutcome => ({
  what: `${status} ${JSON.stringify(error)}`,
  respond: { status, body: typeof error === "string" ? { error } : error },
  code,
});

const text = (what: string, status: number, body: string, contentType: string, code: string): TokenOutcome => ({
  what: `${status}, ${what}`,
  respond: { status, body, contentType },
  code,
});

/** The only answers that mean "sign in again": JSON, with 400 or 401, and a word that says so. */
const endings: readonly TokenOutcome[] = [
  { ...refused(400, ended, "auth.revoked"), over: true },
  { ...refused(401, ended, "auth.revoked"), over: true },
  { ...refused(400, "invalid_grant", "auth.revoked"), over: true },
  { ...refused(400, { error: "invalid_grant", error_subtype: "invalid_rapt" }, "auth.expired"), over: true },
];

/** Refusals of the OAuth client or of an administrator: final for this call, and no fault of the sign-in. */
const refusals: readonly TokenOutcome[] = [
  ...["invalid_client", "unauthorized_client", "deleted_client", "disabled_client", "org_internal"].map((error) =>
    refused(401, error, "auth.invalid_credentials"),
  ),
  ...["invalid_request", "invalid_scope", "unsupported_grant_type", "redirect_uri_mismatch"].map((error) =>
    refused(400, error, "auth.invalid_credentials"),
  ),
  refused(400, "admin_policy_enforced", "request.forbidden"),
];

/** Outages, proxies, captive portals and broken answers: they say nothing about a sign-in, whatever they contain. */
const disturbances: readonly TokenOutcome[] = [
  ...[500, 502, 503, 504].map((status) => text("a web page", status, page, "text/html", "connection.unavailable")),
  ...[500, 503].map((status) => refused(status, ended, "connection.unavailable")),
  ...[403, 404, 405, 407, 409, 410, 418].map((status) => refused(status, ended, "connection.unavailable")),
  ...[400, 401, 403, 404, 407, 511].map((status) =>
    text("a web page", status, page, "text/html", "connection.unavailable"),
  ),
  { ...text("a web page", 200, page, "text/html", "connection.unavailable") },
  {
    what: "302 to a sign-in page",
    respond: { status: 302, headers: { location: "http://127.0.0.1:9/" }, body: "" },
    code: "connection.unavailable",
  },
  { what: "429", respond: { status: 429, body: {} }, code: "connection.rate_limited" },
  {
    what: "429, back in an hour",
    respond: { status: 429, headers: { "retry-after": "3600" }, body: ended },
    code: "connection.rate_limited",
  },
  {
    what: "429, back at a date",
    respond: { status: 429, headers: { "retry-after": "Fri, 01 Jan 2049 00:00:00 GMT" }, body: {} },
    code: "connection.rate_limited",
  },
  ...["temporarily_unavailable", "server_error", "internal_failure", "a_word_that_nobody_knows"].map((error) =>
    refused(400, error, "connection.unavailable"),
  ),
  text("JSON that is cut off", 400, '{"error":"invalid_gra', json, "connection.unavailable"),
  text("nothing", 400, "", json, "connection.unavailable"),
  text("null", 400, "null", json, "connection.unavailable"),
  text("a list", 400, '[{"error":"invalid_grant"}]', json, "connection.unavailable"),
  text("a number for a word", 400, '{"error":400}', json, "connection.unavailable"),
  text("another key", 400, '{"Error":"invalid_grant"}', json, "connection.unavailable"),
  text(
    "the form of Google's other services",
    400,
    '{"error":{"code":400,"status":"INVALID_ARGUMENT"}}',
    json,
    "connection.unavailable",
  ),
  text("a challenge and no body", 401, "", json, "connection.unavailable"),
  ...(["garbled", "captive-portal", "500", "502", "503", "504"] as const).map((respond): TokenOutcome => ({
    what: respond,
    respond,
    code: "connection.unavailable",
  })),
  { what: "truncated", respond: "truncated", code: "connection.network" },
  { what: "reset", respond: "reset", code: "connection.network" },
];

const given = { access_token: "ya29.given", token_type: "Bearer", expires_in: 3599 };
const broken = (what: string, body: unknown): TokenOutcome =>
  text(what, 200, JSON.stringify(body), json, "connection.unavailable");

/** Answers that claim to be tokens. */
const claims: readonly TokenOutcome[] = [
  text("nothing", 200, "", json, "connection.unavailable"),
  text("JSON that is cut off", 200, '{"access_token":"ya29.', json, "connection.unavailable"),
  broken("an empty object", {}),
  broken("a list", [given]),
  broken("an empty token", { ...given, access_token: "" }),
  broken("a number for a token", { ...given, access_token: 7 }),
  broken("no type", { access_token: "ya29.given", expires_in: 3599 }),
  broken("another type", { ...given, token_type: "mac" }),
  broken("a word for a time", { ...given, expires_in: "soon" }),
  broken("a time in the past", { ...given, expires_in: -5 }),
  broken("an error within a success", ended),
  { what: "204", respond: { status: 204, body: "" }, code: "connection.unavailable" },
  { what: "200, as it should be", respond: { status: 200, body: given } },
  { what: "200, without a time", respond: { status: 200, body: { access_token: "ya29.given", token_type: "Bearer" } } },
  { what: "200, with fields that nobody knows", respond: { status: 200, body: { ...given, "x-extra": [1] } } },
];

/** Everything that may come of a refresh. */
export const refreshOutcomes: readonly TokenOutcome[] = [...endings, ...refusals, ...disturbances, ...claims];

/** What may come of exchanging a code. Nothing is stored unless it succeeds. */
export const exchangeOutcomes: readonly TokenOutcome[] = [
  refused(400, "invalid_grant", "auth.invalid_credentials"),
  refused(401, "invalid_client", "auth.invalid_credentials"),
  refused(503, "invalid_grant", "connection.unavailable"),
  text("a web page", 200, page, "text/html", "connection.unavailable"),
  { what: "429", respond: { status: 429, body: {} }, code: "connection.rate_limited" },
  { what: "reset", respond: "reset", code: "connection.network" },
];

/** What may come of ending a grant. The profile is forgotten only if it was ended, or was so already. */
export const revokeOutcomes: readonly TokenOutcome[] = [
  refused(400, "invalid_request", "auth.invalid_credentials"),
  refused(503, "invalid_token", "connection.unavailable"),
  text("a web page", 400, page, "text/html", "connection.unavailable"),
  { what: "reset", respond: "reset", code: "connection.network" },
  { what: "400, a token that is gone already", respond: { status: 400, body: { error: "invalid_token" } } },
];

/** What the network does before anybody answers. */
export const networkFailures: readonly (readonly [reason: string, code: string])[] = [
  ...["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EPIPE"].map(
    (reason): [string, string] => [reason, "connection.network"],
  ),
  ...["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "ERR_TLS_CERT_ALTNAME_INVALID"].map(
    (reason): [string, string] => [reason, "connection.network"],
  ),
  ["UND_ERR_CONNECT_TIMEOUT", "connection.timeout"],
];
