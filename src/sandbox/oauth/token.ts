import type { World } from "../world.js";
import { authenticateClient } from "./client-authentication.js";
import type { Grant, IssuedTokens, RefreshRefusal } from "./grants.js";
import { makeIdToken } from "./id-token.js";
import { answerAssertion } from "./jwt-bearer.js";
import { refuse, refuseMissing, type OAuthReply } from "./oauth-reply.js";
import { findVerifierProblem } from "./pkce.js";
import type { RegisteredClient } from "./registry.js";
import { grantedName } from "./scopes.js";

/** The token endpoint. @see https://developers.google.com/identity/protocols/oauth2/native-app#exchange-authorization-code */
export function answerToken(
  world: World,
  issuer: string,
  form: URLSearchParams,
  authorization: string | undefined,
): OAuthReply {
  const grantType = form.get("grant_type") ?? "";
  if (grantType === "urn:ietf:params:oauth:grant-type:jwt-bearer") return answerAssertion(world, issuer, form);
  const client = authenticateClient(world.registry, form, authorization);
  if ("status" in client) return client;
  if (grantType === "authorization_code") return exchange(world, issuer, client, form);
  if (grantType === "refresh_token") return refresh(world, issuer, client, form);
  return refuse(400, "unsupported_grant_type", `Invalid grant_type: ${grantType}`);
}

function exchange(world: World, issuer: string, client: RegisteredClient, form: URLSearchParams): OAuthReply {
  const text = form.get("code");
  if (!text) return refuseMissing("code");
  const redirectUri = form.get("redirect_uri");
  if (!redirectUri) return refuseMissing("redirect_uri");
  const code = world.grants.takeCode(text);
  if (!code && !text.startsWith("4/")) return refuse(400, "invalid_grant", "Malformed auth code.");
  if (code?.clientId !== client.clientId) return refuse(400, "invalid_grant", "Bad Request");
  if (redirectUri !== code.redirectUri) return refuse(400, "redirect_uri_mismatch", "Bad Request");
  const problem = findVerifierProblem(code, form.get("code_verifier"));
  if (problem !== undefined) return refuse(400, "invalid_grant", problem);
  const tokens = world.grants.issue(code, code.offline, code);
  return answer(world, issuer, code, code.scopes, tokens, code.nonce);
}

function refresh(world: World, issuer: string, client: RegisteredClient, form: URLSearchParams): OAuthReply {
  const text = form.get("refresh_token");
  if (!text) return refuseMissing("refresh_token");
  const wanted = form.get("scope")?.split(" ").filter(Boolean).map(grantedName);
  const found = world.grants.refresh(text, client.clientId, wanted?.length ? wanted : undefined);
  if (typeof found === "string") return refusals[found];
  return answer(world, issuer, found.grant, found.scopes, found.tokens, undefined);
}

const refusals: Readonly<Record<RefreshRefusal, OAuthReply>> = {
  unknown: refuse(400, "invalid_grant", "Bad Request"),
  // Unsure(google): seen by others as 401 for a token of another client.
  other_client: refuse(401, "unauthorized_client", "Unauthorized"),
  ended: refuse(400, "invalid_grant", "Token has been expired or revoked."),
  blocked: refuse(
    400,
    "admin_policy_enforced",
    "Access to your account data is restricted by policies of your organization.",
  ),
  reauthenticate: {
    status: 400,
    json: {
      error: "invalid_grant",
      error_description: "reauth related error (invalid_rapt)",
      error_subtype: "invalid_rapt",
    },
  },
  scope: refuse(400, "invalid_scope", "Bad Request"),
};

function answer(
  world: World,
  issuer: string,
  { clientId, user }: Pick<Grant, "clientId" | "user">,
  scopes: readonly string[],
  tokens: IssuedTokens,
  nonce: string | undefined,
): OAuthReply {
  const { accessToken, refreshToken, expiresAt, refreshTokenExpiresAt } = tokens;
  const secondsUntil = (at: number): number => Math.max(0, Math.ceil((at - world.clock.now()) / 1000));
  return {
    status: 200,
    user,
    json: {
      access_token: accessToken,
      expires_in: secondsUntil(expiresAt),
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
      // Unsure(google): that a refresh names it as well; documented for the exchange of a code.
      ...(refreshTokenExpiresAt !== undefined && { refresh_token_expires_in: secondsUntil(refreshTokenExpiresAt) }),
      scope: scopes.join(" "),
      token_type: "Bearer",
      ...(scopes.includes("openid") && {
        id_token: makeIdToken(world, { issuer, clientId, user, scopes, accessToken, nonce }),
      }),
    },
  };
}
