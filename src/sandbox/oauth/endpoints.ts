import type { World } from "../world.js";
import { publicKeys } from "./id-token.js";
import { answerToken, type OAuthReply } from "./token.js";

/** One request to an OAuth endpoint that answers JSON. */
export interface OAuthRequest {
  readonly httpMethod: string;
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
  /** The sandbox's own origin, which stands for Google's issuer. */
  readonly issuer: string;
}

type Endpoint = (world: World, request: OAuthRequest) => OAuthReply;

const token: Endpoint = (world, { issuer, form, authorization }) => answerToken(world, issuer, form, authorization);

const revoke: Endpoint = (world, { form, query }) =>
  world.grants.revoke(form.get("token") ?? query.get("token") ?? "")
    ? { status: 200, json: {} }
    : { status: 400, json: { error: "invalid_token", error_description: "Token expired or revoked" } };

const userInfo: Endpoint = (world, { authorization, query, pathname }) => {
  const access = world.grants.findAccess(bearerOf(authorization) ?? query.get("access_token") ?? "");
  const user = access && world.users.get(access.user);
  if (!access || !user) {
    return { status: 401, json: { error: "invalid_request", error_description: "Invalid Credentials" } };
  }
  const email = access.scopes.some((scope) => scope.endsWith("userinfo.email"));
  const version2 = pathname.includes("/v2/");
  const json = {
    [version2 ? "id" : "sub"]: user.subject,
    ...(email && { email: user.email, [version2 ? "verified_email" : "email_verified"]: true }),
    ...(access.scopes.some((scope) => scope.endsWith("userinfo.profile")) && { name: user.name }),
  };
  return { status: 200, json, user: user.email };
};

/** Google takes the token as a parameter, in a form, and, as its own client sends it, as a bearer. */
const tokenInfo: Endpoint = (world, { query, form, authorization }) => {
  const named = query.get("access_token") ?? form.get("access_token") ?? bearerOf(authorization);
  const access = world.grants.findAccess(named ?? "");
  if (!access) return { status: 400, json: { error: "invalid_token", error_description: "Invalid Value" } };
  const seconds = Math.floor((access.expiresAt - world.clock.now()) / 1000);
  const json = {
    azp: access.clientId,
    aud: access.clientId,
    sub: world.users.get(access.user)?.subject,
    scope: access.scopes.join(" "),
    exp: String(Math.floor(access.expiresAt / 1000)),
    expires_in: String(seconds),
    email: access.user,
    email_verified: "true",
    access_type: "offline",
  };
  return { status: 200, json, user: access.user };
};

const discovery: Endpoint = (_, { issuer }) => ({
  status: 200,
  json: {
    issuer,
    authorization_endpoint: `${issuer}/o/oauth2/v2/auth`,
    token_endpoint: `${issuer}/token`,
    revocation_endpoint: `${issuer}/revoke`,
    userinfo_endpoint: `${issuer}/v1/userinfo`,
    jwks_uri: `${issuer}/oauth2/v3/certs`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["plain", "S256"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    grant_types_supported: ["authorization_code", "refresh_token"],
  },
});

const keys: Endpoint = () => ({ status: 200, json: publicKeys() });

const endpoints: Readonly<Record<string, { readonly name: string; readonly answer: Endpoint }>> = {
  "POST /token": { name: "oauth.token", answer: token },
  "POST /revoke": { name: "oauth.revoke", answer: revoke },
  "GET /v1/userinfo": { name: "oauth.userinfo", answer: userInfo },
  "GET /oauth2/v3/userinfo": { name: "oauth.userinfo", answer: userInfo },
  "GET /oauth2/v2/userinfo": { name: "oauth.userinfo", answer: userInfo },
  "GET /tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "POST /tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "GET /oauth2/v3/tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "GET /.well-known/openid-configuration": { name: "oauth.discovery", answer: discovery },
  "GET /oauth2/v3/certs": { name: "oauth.certs", answer: keys },
};

/** What the endpoints are called in the log and in faults. */
export const endpointNames: readonly string[] = [...new Set(Object.values(endpoints).map(({ name }) => name))];

/** The token of an Authorization header. @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer (.+)$/i.exec(authorization ?? "")?.[1];
}

/** The OAuth endpoint that a request calls, or undefined. */
export function findEndpoint(httpMethod: string, pathname: string): { name: string; answer: Endpoint } | undefined {
  return endpoints[`${httpMethod} ${pathname}`];
}
