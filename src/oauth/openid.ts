import type * as OpenIdClient from "openid-client";
import type { Configuration, CustomFetchOptions } from "openid-client";
import { systemClock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { isLoopback, type HttpAnswer } from "../core/http.js";
import { retryAfterMs } from "../core/retry-after.js";
import { requireOrigin } from "../core/service-http.js";
import type { toOAuthError } from "./outcome.js";
import type { OAuthContext } from "./types.js";

/** openid-client, loaded when an OAuth call is made, and set up for one client of one authorization server. */
export interface OpenId {
  readonly library: typeof OpenIdClient;
  readonly configuration: Configuration;
  /** What a failure of its calls means. Comes along because it knows the library's classes, and so loads it. */
  readonly toOAuthError: typeof toOAuthError;
}

/** Prepares openid-client so that it reaches only the authorization server's own addresses, through our network port. */
export async function openOpenId(context: OAuthContext): Promise<OpenId> {
  const [library, outcome] = await Promise.all([import("openid-client"), import("./outcome.js")]);
  const { endpoints, client, clock } = context;
  const server = {
    issuer: endpoints.issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    revocation_endpoint: endpoints.revocation,
  };
  const secret = client.clientSecret?.reveal();
  // A service account shows who it is by what it signs.
  const nothing = client.type === "service_account" ? (): void => undefined : library.None();
  const authentication = secret === undefined ? nothing : library.ClientSecretPost(secret);
  // The library reads the machine's clock; ours may be another one.
  const metadata = { [library.clockSkew]: Math.round((clock.now() - systemClock.now()) / 1000) };
  const configuration = new library.Configuration(server, client.clientId, metadata, authentication);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated only to stand out; loopback alone gets it
  if (isLoopback(new URL(endpoints.token))) library.allowInsecureRequests(configuration);
  configuration[library.customFetch] = (url, options) => fetchFrom(context, url, options);
  return { library, configuration, toOAuthError: outcome.toOAuthError };
}

function trustedOrigins({ endpoints }: OAuthContext): string[] {
  return [endpoints.token, endpoints.revocation].map((address) => new URL(address).origin);
}

async function fetchFrom(context: OAuthContext, address: string, options: CustomFetchOptions): Promise<Response> {
  const url = new URL(address);
  const origins = trustedOrigins(context);
  requireOrigin(url, origins.find((origin) => origin === url.origin) ?? origins[0] ?? "");
  if (options.method !== "POST") {
    throw integrationError("request.unsupported", { message: `OAuth calls are POST, not ${options.method}.` });
  }
  const body = options.body instanceof URLSearchParams ? options.body.toString() : options.body;
  const answer = await context.http.send({
    method: "POST",
    url,
    headers: options.headers,
    body: typeof body === "string" ? body : "",
    ...(options.signal && { signal: options.signal }),
  });
  requireWorkingService(answer, context.clock.now());
  const text = await answer.text();
  const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
  // The library takes a challenge for the whole answer and would not look at the error in the body.
  const headers = new Headers(answer.headers);
  headers.delete("www-authenticate");
  return new Response(empty ? null : text, { status: answer.status, headers });
}

/** An outage or a full service says nothing about a token, whatever its body says. */
function requireWorkingService({ status, headers }: HttpAnswer, now: number): void {
  if (status !== 429 && status < 500) return;
  throw integrationError(status === 429 ? "connection.rate_limited" : "connection.unavailable", {
    message: `The sign-in service answered with status ${status}.`,
    retryAfterMs: retryAfterMs(headers["retry-after"], now),
    details: { status },
  });
}
