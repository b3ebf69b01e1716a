import { errorBody } from "../api-error.js";
import type { World } from "../world.js";
import { readIdToken } from "./id-token.js";
import { refuse, type OAuthReply } from "./oauth-reply.js";
import { profileClaims } from "./profile.js";
import { isIdentityScope, scopeNames } from "./scopes.js";

/** Who signed in. @param version2 - whether in the older form, which is not OpenID Connect's */
export function answerUserInfo(world: World, accessToken: string, version2: boolean): OAuthReply {
  const access = world.grants.findAccess(accessToken);
  const user = access && world.users.get(access.user);
  if (!access || !user) return { ...refuse(401, "invalid_request", "Invalid Credentials"), headers: challenge };
  if (!access.scopes.some(isIdentityScope)) return insufficientScope(version2);
  const { sub, email_verified, ...claims } = profileClaims(user, access.scopes);
  const verified = email_verified !== undefined && { [version2 ? "verified_email" : "email_verified"]: true };
  return { status: 200, json: { [version2 ? "id" : "sub"]: sub, ...claims, ...verified }, user: user.email };
}

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-3 */
const challenge = { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' };

/** Unsure(google): the wording for OpenID Connect's form. */
function insufficientScope(version2: boolean): OAuthReply {
  const message = "Request had insufficient authentication scopes.";
  if (!version2) return refuse(403, "insufficient_scope", message);
  return { status: 403, json: errorBody({ code: 403, reason: "insufficientPermissions", message }, "gmail") };
}

/** What a token is good for. @param version1 - whether in the oldest form */
export function answerTokenInfo(
  world: World,
  { idToken, accessToken }: { readonly idToken: string | undefined; readonly accessToken: string | undefined },
  version1: boolean,
): OAuthReply {
  if (idToken !== undefined) return answerIdToken(idToken, world.clock.now());
  if (!accessToken) return refuse(400, "invalid_request", "either access_token, id_token, or token_handle required");
  const access = world.grants.findAccess(accessToken);
  if (!access) return refuse(400, "invalid_token", "Invalid Value");
  const { clientId, user, scopes, expiresAt } = access;
  const subject = world.users.get(user)?.subject;
  const seconds = Math.floor((expiresAt - world.clock.now()) / 1000);
  const email = scopes.includes(scopeNames.email);
  const common = {
    scope: scopes.join(" "),
    access_type: world.grants.isOffline(accessToken) ? "offline" : "online",
    ...(email && { email: user }),
  };
  const json = version1
    ? {
        issued_to: clientId,
        audience: clientId,
        user_id: subject,
        ...common,
        expires_in: seconds,
        ...(email && { verified_email: true }),
      }
    : {
        azp: clientId,
        aud: clientId,
        sub: subject,
        ...common,
        exp: String(Math.floor(expiresAt / 1000)),
        expires_in: String(seconds),
        ...(email && { email_verified: "true" }),
      };
  return { status: 200, json, user };
}

function answerIdToken(text: string, now: number): OAuthReply {
  const token = readIdToken(text, now);
  if (!token) return refuse(400, "invalid_token", "Invalid Value");
  const all = Object.entries({ ...token.claims, ...token.header });
  return { status: 200, json: Object.fromEntries(all.map(([name, value]) => [name, String(value)])) };
}
