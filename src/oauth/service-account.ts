import * as v from "valibot";
import type { Deadline } from "../core/deadline.js";
import { integrationError } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import { jsonOf } from "./json-file.js";
import { openOpenId } from "./openid.js";
import { repeatedly, toTokenSet } from "./tokens.js";
import type { OAuthContext, OAuthEndpoints, TokenSet } from "./types.js";

const text = v.pipe(v.string(), v.minLength(1));
const keyFile = v.object({
  type: v.literal("service_account"),
  client_email: text,
  client_id: text,
  private_key_id: text,
  private_key: v.pipe(v.string(), v.startsWith("-----BEGIN PRIVATE KEY-----")),
  token_uri: text,
});

/** An account of a program, as its key file describes it. */
export interface ServiceAccount {
  readonly email: string;
  /** What the administrator allows scopes to. */
  readonly clientId: string;
  readonly keyId: string;
  /** PKCS #8, PEM. */
  readonly privateKey: Secret;
}

const grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/** As long as the authorization server takes an assertion for. */
const lifeSeconds = 3600;

/**
 * Reads a service account's key file as the service's console gives it.
 *
 * @param file - for messages
 * @throws ConfigurationError `config.invalid_file`; `config.untrusted_endpoint` when it names an authorization server
 * other than the service's own
 */
export function parseServiceAccount(content: string, file: string, endpoints: OAuthEndpoints): ServiceAccount {
  const parsed = v.safeParse(keyFile, jsonOf(content));
  if (!parsed.success) {
    throw integrationError("config.invalid_file", {
      message: `${file} is no key file of a service account.`,
      hint: "Download a JSON key of the service account from the service's console and use it unchanged.",
      details: { file },
    });
  }
  const {
    client_email: email,
    client_id: clientId,
    private_key_id: keyId,
    private_key: key,
    token_uri,
  } = parsed.output;
  if (token_uri === endpoints.token) return { email, clientId, keyId, privateKey: new Secret(key) };
  throw integrationError("config.untrusted_endpoint", {
    message: `${file} names "${token_uri.slice(0, 200)}" as token_uri, which is not the service's own address.`,
    hint: "Download the key file again from the service's console; nothing was sent.",
    details: { file, trusted: [endpoints.token] },
  });
}

/**
 * Gets an access token for a service account, or for the person in whose name it acts.
 *
 * @throws AuthenticationError `auth.invalid_credentials`; ConnectionError
 * @see https://www.rfc-editor.org/rfc/rfc7523
 */
export async function requestDelegated(
  context: OAuthContext,
  account: ServiceAccount,
  { subject, scopes }: { readonly subject: string | undefined; readonly scopes: readonly string[] },
  deadline: Deadline,
): Promise<TokenSet> {
  const { library, configuration, toOAuthError } = await openOpenId(context);
  return repeatedly(context, deadline, async () => {
    try {
      const assertion = await signAssertion(context, account, { subject, scopes });
      return toTokenSet(context, await library.genericGrantRequest(configuration, grantType, { assertion }), scopes);
    } catch (thrown) {
      throw toOAuthError(thrown, "delegate");
    }
  });
}

async function signAssertion(
  { clock, endpoints }: OAuthContext,
  { email, keyId, privateKey }: ServiceAccount,
  { subject, scopes }: { readonly subject: string | undefined; readonly scopes: readonly string[] },
): Promise<string> {
  const { importPKCS8, SignJWT } = await import("jose");
  const key = await importPKCS8(privateKey.reveal(), "RS256").catch((cause: unknown) => {
    throw integrationError("config.invalid_file", {
      message: "The private key of the service account cannot be read.",
      hint: "Download a new JSON key of the service account and use it unchanged.",
      details: { reason: cause instanceof Error ? cause.name : "unknown" }, // its message may quote the key
    });
  });
  const now = Math.floor(clock.now() / 1000);
  return new SignJWT({ scope: scopes.join(" ") })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: keyId })
    .setIssuer(email)
    .setSubject(subject ?? email)
    .setAudience(endpoints.token)
    .setIssuedAt(now)
    .setExpirationTime(now + lifeSeconds)
    .sign(key);
}
