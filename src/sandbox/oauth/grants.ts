import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";

/** What a person allowed a client, on the way from the consent page to the token endpoint. */
export interface AuthorizationCode {
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string | undefined;
  readonly offline: boolean;
  readonly nonce: string | undefined;
}

/** An access token's owner and rights. */
export interface AccessToken {
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** What the token endpoint gives. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly expiresAt: number;
}

type Grant = Omit<AccessToken, "expiresAt">;

/** Codes and tokens that are alive. */
export interface Grants {
  /** Whether the person has allowed this client something before. */
  hasConsent(clientId: string, user: string): boolean;
  newCode(code: AuthorizationCode): string;
  /** Takes a code: it is good once and for ten minutes. One that is used again ends the tokens it gave. */
  takeCode(code: string): AuthorizationCode | undefined;
  /** @param code - the code they were given for, if any */
  issue(grant: Grant, withRefreshToken: boolean, code?: string): IssuedTokens;
  refresh(refreshToken: string): { grant: Grant; tokens: IssuedTokens } | undefined;
  findAccess(accessToken: string): AccessToken | undefined;
  /** Ends everything that a token's person allowed its client. @returns whether there was such a token */
  revoke(token: string): boolean;
  revokeUser(user: string): void;
  expireAccessTokens(user?: string): void;
}

const codeLifeMs = 10 * 60 * 1000;
const accessLifeMs = 3599 * 1000;

/** Begins without any. */
export function createGrants(clock: Clock, identifiers: Identifiers): Grants {
  const codes = new Map<string, AuthorizationCode & { expiresAt: number; used: boolean }>();
  const access = new Map<string, AccessToken & { code: string | undefined }>();
  const refresh = new Map<string, Grant & { code: string | undefined }>();
  const consents = new Set<string>();
  const consentOf = (clientId: string, user: string): string => JSON.stringify([clientId, user]);

  const endWhere = (ends: (grant: Grant & { code: string | undefined }) => boolean): void => {
    for (const tokens of [access, refresh]) {
      for (const [token, grant] of tokens) if (ends(grant)) tokens.delete(token);
    }
  };
  const newAccess = (grant: Grant, code: string | undefined): { accessToken: string; expiresAt: number } => {
    const accessToken = identifiers.token("ya29.a0");
    const expiresAt = clock.now() + accessLifeMs;
    access.set(accessToken, { ...grant, expiresAt, code });
    return { accessToken, expiresAt };
  };

  return {
    hasConsent: (clientId, user) => consents.has(consentOf(clientId, user)),
    newCode(code) {
      const text = identifiers.token("4/0A");
      codes.set(text, { ...code, expiresAt: clock.now() + codeLifeMs, used: false });
      return text;
    },
    takeCode(text) {
      const code = codes.get(text);
      if (!code || code.expiresAt <= clock.now()) return undefined;
      if (code.used) {
        endWhere((grant) => grant.code === text);
        return undefined;
      }
      code.used = true;
      return code;
    },
    issue(grant, withRefreshToken, code) {
      consents.add(consentOf(grant.clientId, grant.user));
      const issued = newAccess(grant, code);
      if (!withRefreshToken) return { ...issued, refreshToken: undefined };
      const refreshToken = identifiers.token("1//0");
      refresh.set(refreshToken, { ...grant, code });
      return { ...issued, refreshToken };
    },
    refresh(token) {
      const grant = refresh.get(token);
      if (!grant) return undefined;
      return { grant, tokens: { ...newAccess(grant, grant.code), refreshToken: undefined } };
    },
    findAccess(token) {
      const found = access.get(token);
      return found && found.expiresAt > clock.now() ? found : undefined;
    },
    revoke(token) {
      const found = access.get(token) ?? refresh.get(token);
      if (!found) return false;
      endWhere((grant) => grant.clientId === found.clientId && grant.user === found.user);
      consents.delete(consentOf(found.clientId, found.user));
      return true;
    },
    revokeUser(user) {
      endWhere((grant) => grant.user === user);
      for (const consent of consents) if (consent.endsWith(`${JSON.stringify(user)}]`)) consents.delete(consent);
    },
    expireAccessTokens(user) {
      for (const [token, grant] of access) {
        if (user === undefined || grant.user === user) access.set(token, { ...grant, expiresAt: 0 });
      }
    },
  };
}
