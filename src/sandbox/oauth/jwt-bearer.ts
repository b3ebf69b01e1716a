import type { World } from "../world.js";
import { isSignedBy, readJwt, type Jwt } from "./jwt.js";
import { refuse, refuseMissing, type OAuthReply } from "./oauth-reply.js";
import type { ServiceAccount } from "./registry.js";
import { describeScope, grantedName } from "./scopes.js";

const hourSeconds = 3600;
/** How far the clocks of both sides may be apart. Unsure(google): not documented. */
const skewSeconds = 300;

/** Tokens for a service account. @see https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
export function answerAssertion(world: World, issuer: string, form: URLSearchParams): OAuthReply {
  const text = form.get("assertion");
  if (!text) return refuseMissing("assertion");
  const jwt = readJwt(text);
  if (!jwt) return refuse(400, "invalid_grant", "Bad Request");
  const account = world.registry.serviceAccounts.get(String(jwt.claims["iss"]));
  if (!account) return refuse(400, "invalid_grant", "Invalid grant: account not found");
  const problem = findProblem(jwt, account, issuer, world.clock.now());
  if (problem !== undefined) return refuse(400, "invalid_grant", problem);
  const { scope } = jwt.claims;
  const scopes = typeof scope === "string" ? scope.split(" ").filter(Boolean).map(grantedName) : [];
  if (scopes.length === 0 || scopes.some((each) => describeScope(each) === undefined)) {
    return refuse(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
  }
  return issue(world, account, jwt.claims["sub"], scopes);
}

function issue(world: World, account: ServiceAccount, subject: unknown, scopes: readonly string[]): OAuthReply {
  const { clientId, clientEmail, delegatedScopes } = account;
  // Without a subject it acts for itself, and has no mailbox.
  const user = typeof subject === "string" && subject !== clientEmail ? subject.toLowerCase() : clientEmail;
  if (user !== clientEmail) {
    if (!world.users.has(user)) return refuse(400, "invalid_grant", "Invalid email or User ID");
    if (!scopes.every((scope) => delegatedScopes.has(scope))) return refuse(401, "unauthorized_client", notDelegated);
  }
  const { accessToken, expiresAt } = world.grants.issueToServiceAccount({ clientId, user, scopes });
  const seconds = Math.ceil((expiresAt - world.clock.now()) / 1000);
  return { status: 200, user, json: { access_token: accessToken, expires_in: seconds, token_type: "Bearer" } };
}

const notDelegated =
  "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.";

function findProblem(
  { claims, ...jwt }: Jwt,
  account: ServiceAccount,
  issuer: string,
  now: number,
): string | undefined {
  const keyId = jwt.header["kid"];
  const otherKey = keyId !== undefined && keyId !== account.key.id;
  if (otherKey || !isSignedBy({ claims, ...jwt }, account.key.publicKey)) return "Invalid JWT Signature.";
  const audience = "https://oauth2.googleapis.com/token";
  if (![audience, `${issuer}/token`].includes(String(claims["aud"]))) {
    return `Invalid JWT: Failed audience check. The right audience is ${audience}`;
  }
  const [issued, expires, seconds] = [Number(claims["iat"]), Number(claims["exp"]), now / 1000];
  // Written so that claims that are no numbers fail as well.
  const timely = expires > seconds && issued <= seconds + skewSeconds && expires - issued <= hourSeconds;
  if (timely && expires > issued) return undefined;
  return "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.";
}
