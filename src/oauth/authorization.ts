import { openOpenId } from "./openid.js";
import type { OAuthContext } from "./types.js";

/** What a sign-in is begun with. */
export interface AuthorizationOptions {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** The address to suggest on the service's page. */
  readonly loginHint?: string | undefined;
  /** Whether a new refresh token is needed; where one is kept already, another would push an older one out. */
  readonly newGrant: boolean;
}

/** A sign-in that has begun: where to send the person, and what to check the answer with. */
export interface Authorization {
  readonly url: string;
  readonly state: string;
  readonly codeVerifier: string;
}

/**
 * Begins a sign-in by authorization code with PKCE and state.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8252 (native apps), https://www.rfc-editor.org/rfc/rfc7636 (PKCE)
 */
export async function beginAuthorization(context: OAuthContext, options: AuthorizationOptions): Promise<Authorization> {
  const { library, configuration } = await openOpenId(context);
  const state = library.randomState();
  const codeVerifier = library.randomPKCECodeVerifier();
  const url = library.buildAuthorizationUrl(configuration, {
    redirect_uri: options.redirectUri,
    scope: options.scopes.join(" "),
    state,
    code_challenge: await library.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: "S256",
    // Quirk(google): only offline access with a new consent gives a refresh token.
    access_type: "offline",
    ...(options.newGrant && { prompt: "consent" }),
    ...(options.loginHint !== undefined && { login_hint: options.loginHint }),
  });
  return { url: url.href, state, codeVerifier };
}
