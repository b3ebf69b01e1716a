import type { Clock } from "../core/clock.js";
import type { Http } from "../core/http.js";
import type { Secret } from "../core/secret.js";

/** Where a service's authorization server answers. Comes from the provider's definition, never from a file. */
export interface OAuthEndpoints {
  readonly issuer: string;
  readonly authorization: string;
  /** Other spellings of the authorization address that client files may carry. */
  readonly authorizationAliases?: readonly string[];
  readonly token: string;
  readonly revocation: string;
}

/** An OAuth client as registered with the service. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: Secret | undefined;
  readonly type: "installed" | "web" | "service_account";
  /** For a web client, the only addresses that the answer may go to. */
  readonly redirectUris: readonly string[];
}

/** What the token endpoint gave. */
export interface TokenSet {
  readonly accessToken: Secret;
  /** Missing in most answers to a refresh: the old one stays good then. */
  readonly refreshToken: Secret | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** When the refresh token itself dies, for time-limited access. */
  readonly refreshExpiresAt: number | undefined;
  /** What was really granted: a person may untick a part. */
  readonly scopes: readonly string[];
  /** Who signed in, from the ID token. */
  readonly account: { readonly subject: string; readonly email: string | undefined } | undefined;
}

/** What every OAuth call needs to reach the authorization server. */
export interface OAuthContext {
  readonly http: Http;
  readonly clock: Clock;
  readonly endpoints: OAuthEndpoints;
  readonly client: OAuthClient;
}
