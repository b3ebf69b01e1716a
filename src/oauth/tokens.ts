import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from "openid-client";
import type { Deadline } from "../core/deadline.js";
import { isIntegrationError } from "../core/errors.js";
import { Repeatable, withRetry } from "../core/retry.js";
import { Secret } from "../core/secret.js";
import { requireAnswerTo } from "./answer.js";
import { openOpenId } from "./openid.js";
import type { OAuthContext, TokenSet } from "./types.js";

/** What the answer of the consent page is checked with: what `beginAuthorization` gave. */
export interface ExchangeChecks {
  readonly redirectUri: string;
  readonly state: string;
  readonly codeVerifier: string;
  /** What was asked for: a token answer without scopes means all of it. */
  readonly scopes: readonly string[];
}

/**
 * Exchanges the answer of the consent page for tokens.
 *
 * @throws AuthenticationError `auth.consent_denied`, `auth.invalid_credentials`; ConnectionError
 */
export async function exchangeCode(context: OAuthContext, callbackUrl: URL, checks: ExchangeChecks): Promise<TokenSet> {
  requireAnswerTo(checks.redirectUri, callbackUrl);
  const { library, configuration, toOAuthError } = await openOpenId(context);
  try {
    const { state: expectedState, codeVerifier: pkceCodeVerifier } = checks;
    const answer = await library.authorizationCodeGrant(configuration, callbackUrl, {
      expectedState,
      pkceCodeVerifier,
    });
    return toTokenSet(context, answer, checks.scopes);
  } catch (error) {
    throw toOAuthError(error, "exchange");
  }
}

/** How long a refresh may be repeated for while the service is out of reach. */
const refreshBudgetMs = 10_000;

/**
 * Gets a new access token. The answer mostly has no refresh token: the old one stays good.
 *
 * @throws AuthenticationError `auth.revoked`, `auth.expired`, `auth.invalid_credentials`, which are final; ConnectionError,
 * which says nothing about the token
 */
export async function refreshTokens(
  context: OAuthContext,
  refreshToken: Secret,
  scopes: readonly string[],
  deadline: Deadline,
): Promise<TokenSet> {
  const { library, configuration, toOAuthError } = await openOpenId(context);
  return repeatedly(context, deadline, async () => {
    try {
      return toTokenSet(context, await library.refreshTokenGrant(configuration, refreshToken.reveal()), scopes);
    } catch (thrown) {
      throw toOAuthError(thrown, "refresh");
    }
  });
}

/** Asks for a token again while the service is out of reach. Asking twice does no harm, so a lost answer counts as well. */
export async function repeatedly(
  { clock }: OAuthContext,
  deadline: Deadline,
  ask: () => Promise<TokenSet>,
): Promise<TokenSet> {
  const attempt = async (): Promise<TokenSet> => {
    try {
      return await ask();
    } catch (error) {
      if (isIntegrationError(error) && error.retryable) throw new Repeatable(error, { afterMs: error.retryAfterMs });
      throw error;
    }
  };
  return withRetry(attempt, { clock, random: Math.random, budgetMs: refreshBudgetMs, maxAttempts: 3 }, deadline);
}

/** Ends a grant at the service. One that is gone already counts as ended. */
export async function revokeToken(context: OAuthContext, token: Secret): Promise<void> {
  const { library, configuration, toOAuthError } = await openOpenId(context);
  try {
    await library.tokenRevocation(configuration, token.reveal());
  } catch (thrown) {
    const error = toOAuthError(thrown, "revoke");
    // Quirk(google): revoking an ended grant answers invalid_token instead of 200.
    if (isIntegrationError(error) && error.details?.["error"] === "invalid_token") return;
    throw error;
  }
}

/** @param asked - an answer without scopes means all of these */
export function toTokenSet(
  { clock }: OAuthContext,
  answer: TokenEndpointResponse & TokenEndpointResponseHelpers,
  asked: readonly string[],
): TokenSet {
  const now = clock.now();
  const refreshSeconds = answer["refresh_token_expires_in"];
  const claims = answer.claims();
  const email = claims?.["email"];
  return {
    accessToken: new Secret(answer.access_token),
    refreshToken: answer.refresh_token === undefined ? undefined : new Secret(answer.refresh_token),
    expiresAt: now + (answer.expires_in ?? 3600) * 1000,
    refreshExpiresAt: typeof refreshSeconds === "number" ? now + refreshSeconds * 1000 : undefined,
    scopes: answer.scope === undefined ? asked : answer.scope.split(" ").filter(Boolean),
    account: claims && { subject: claims.sub, email: typeof email === "string" ? email : undefined },
  };
}
