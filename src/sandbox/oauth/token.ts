import { createHash } from "node:crypto";
import type { SeedClient } from "../seed.js";
import type { World } from "../world.js";
import type { IssuedTokens } from "./grants.js";
import { signIdToken } from "./id-token.js";
import { percentDecoded } from "../percent.js";

/** What an OAuth endpoint answers. */
export interface OAuthReply {
  readonly status: number;
  readonly json: unknown;
  /** Whose request it was, for the log. */
  readonly user?: string;
}

/** The token endpoint. @see https://developers.google.com/identity/protocols/oauth2/native-app#exchange-authorization-code */
export function answerToken(
  world: World,
  issuer: string,
  form: URLSearchParams,
  authorization: string | undefined,
): OAuthReply {
  const client = authenticate(world, form, authorization);
  if (!client) return refuse(401, "invalid_client", "The OAuth client was not found.");
  switch (form.get("grant_type")) {
    case "authorization_code":
      return exchange(world, issuer, client, form);
    case "refresh_token":
      return refresh(world, issuer, client, form);
    default:
      return refuse(400, "unsupported_grant_type", `Invalid grant_type: ${form.get("grant_type") ?? ""}`);
  }
}

function exchange(world: World, issuer: string, client: SeedClient, form: URLSearchParams): OAuthReply {
  const text = form.get("code") ?? "";
  const code = world.grants.takeCode(text);
  if (code?.clientId !== client.clientId) return refuse(400, "invalid_grant", "Malformed auth code.");
  if (form.get("redirect_uri") !== code.redirectUri) return refuse(400, "redirect_uri_mismatch", "Bad Request");
  if (!verifierFits(code, form.get("code_verifier"))) return refuse(400, "invalid_grant", "Invalid code verifier.");
  const tokens = world.grants.issue(code, code.offline, text);
  return answer(world, issuer, client, code.user, code.scopes, tokens, code.nonce);
}

function refresh(world: World, issuer: string, client: SeedClient, form: URLSearchParams): OAuthReply {
  const found = world.grants.refresh(form.get("refresh_token") ?? "");
  if (found?.grant.clientId !== client.clientId) {
    return refuse(400, "invalid_grant", "Token has been expired or revoked.");
  }
  return answer(world, issuer, client, found.grant.user, found.grant.scopes, found.tokens, undefined);
}

function answer(
  world: World,
  issuer: string,
  client: SeedClient,
  email: string,
  scopes: readonly string[],
  tokens: IssuedTokens,
  nonce: string | undefined,
): OAuthReply {
  const now = Math.floor(world.clock.now() / 1000);
  const subject = world.users.get(email)?.subject;
  const claims = {
    iss: issuer,
    azp: client.clientId,
    aud: client.clientId,
    sub: subject,
    ...(scopes.some((scope) => scope.endsWith("userinfo.email")) && { email, email_verified: true }),
    ...(nonce !== undefined && { nonce }),
    iat: now,
    exp: now + 3600,
  };
  return {
    status: 200,
    user: email,
    json: {
      access_token: tokens.accessToken,
      expires_in: Math.max(0, Math.floor((tokens.expiresAt - world.clock.now()) / 1000)),
      ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
      scope: scopes.join(" "),
      token_type: "Bearer",
      ...(scopes.includes("openid") && { id_token: signIdToken(claims) }),
    },
  };
}

/** A client names itself in the body or by HTTP Basic. @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
function authenticate(world: World, form: URLSearchParams, authorization: string | undefined): SeedClient | undefined {
  const basic = /^Basic (.+)$/i.exec(authorization ?? "")?.[1];
  const [id, secret] = basic
    ? Buffer.from(basic, "base64").toString("utf8").split(":").map(percentDecoded)
    : [form.get("client_id") ?? "", form.get("client_secret") ?? ""];
  return world.clients.find((client) => client.clientId === id && client.clientSecret === secret);
}

function verifierFits(
  code: { codeChallenge: string | undefined; codeChallengeMethod: string | undefined },
  verifier: string | null,
): boolean {
  if (code.codeChallenge === undefined) return true;
  if (verifier === null) return false;
  const hashed = createHash("sha256").update(verifier).digest("base64url");
  return code.codeChallenge === (code.codeChallengeMethod === "S256" ? hashed : verifier);
}

function refuse(status: number, error: string, description: string): OAuthReply {
  return { status, json: { error, error_description: description } };
}
