import type { World } from "../world.js";
import { publicKeys, publicKeysAsPem } from "./id-token.js";
import type { OAuthReply } from "./oauth-reply.js";
import { answerToken } from "./token.js";
import { answerTokenInfo, answerUserInfo } from "./token-info.js";

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

const userInfo: Endpoint = (world, { authorization, query, pathname }) =>
  answerUserInfo(world, bearerOf(authorization) ?? query.get("access_token") ?? "", pathname.includes("/v2/"));

/** Google takes the token as a parameter, in a form, and, as its own client sends it, as a bearer. */
const tokenInfo: Endpoint = (world, { query, form, authorization, pathname }) =>
  answerTokenInfo(
    world,
    {
      idToken: query.get("id_token") ?? form.get("id_token") ?? undefined,
      accessToken: query.get("access_token") ?? form.get("access_token") ?? bearerOf(authorization),
    },
    pathname.includes("/v1/"),
  );

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
    scopes_supported: ["openid", "email", "profile"],
    claims_supported: [
      "aud",
      "email",
      "email_verified",
      "exp",
      "family_name",
      "given_name",
      "iat",
      "iss",
      "name",
      "sub",
    ],
    grant_types_supported: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
  },
});

const keys: Endpoint = () => ({ status: 200, json: publicKeys() });
const pemKeys: Endpoint = () => ({ status: 200, json: publicKeysAsPem() });

const endpoints: Readonly<Record<string, { readonly name: string; readonly answer: Endpoint }>> = {
  "POST /token": { name: "oauth.token", answer: token },
  "POST /o/oauth2/token": { name: "oauth.token", answer: token },
  "POST /oauth2/v4/token": { name: "oauth.token", answer: token },
  "POST /o/oauth2/revoke": { name: "oauth.revoke", answer: revoke },
  "POST /revoke": { name: "oauth.revoke", answer: revoke },
  "GET /v1/userinfo": { name: "oauth.userinfo", answer: userInfo },
  "GET /oauth2/v3/userinfo": { name: "oauth.userinfo", answer: userInfo },
  "GET /oauth2/v2/userinfo": { name: "oauth.userinfo", answer: userInfo },
  "GET /tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "POST /tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "GET /oauth2/v1/tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "POST /oauth2/v1/tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "POST /oauth2/v3/tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "GET /oauth2/v3/tokeninfo": { name: "oauth.tokeninfo", answer: tokenInfo },
  "GET /.well-known/openid-configuration": { name: "oauth.discovery", answer: discovery },
  "GET /oauth2/v1/certs": { name: "oauth.certs", answer: pemKeys },
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
