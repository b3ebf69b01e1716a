import type { OAuthEndpoints } from "./types.js";

/** The same authorization server at another origin: a sandbox keeps the service's paths. */
export function atOrigin(endpoints: OAuthEndpoints, origin: string): OAuthEndpoints {
  const moved = (address: string): string => origin + new URL(address).pathname;
  return {
    issuer: origin,
    authorization: moved(endpoints.authorization),
    authorizationAliases: (endpoints.authorizationAliases ?? []).map(moved),
    token: moved(endpoints.token),
    revocation: moved(endpoints.revocation),
  };
}
