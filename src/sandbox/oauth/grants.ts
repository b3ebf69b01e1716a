import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import { createCodes, type AuthorizationCode, type Codes } from "./codes.js";

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
/** A grant with the code it was given for, if any. */
type CodedGrant = Grant & { readonly code: string | undefined };

const accessLifeMs = 3599 * 1000;

/** Codes and tokens that are alive, and who has allowed which client something. */
export class Grants {
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #codes: Codes;
  readonly #access = new Map<string, CodedGrant & AccessToken>();
  readonly #refresh = new Map<string, CodedGrant>();
  /** Who has allowed a client something before, by client id. */
  readonly #consents = new Map<string, Set<string>>();

  constructor(clock: Clock, identifiers: Identifiers) {
    this.#clock = clock;
    this.#identifiers = identifiers;
    this.#codes = createCodes(clock, identifiers);
  }

  /** Whether the person has allowed this client something before. */
  hasConsent(clientId: string, user: string): boolean {
    return this.#consents.get(clientId)?.has(user) ?? false;
  }

  newCode(code: AuthorizationCode): string {
    return this.#codes.add(code);
  }

  /** Takes a code. One that is used again ends the tokens it gave. */
  takeCode(text: string): AuthorizationCode | undefined {
    const code = this.#codes.take(text);
    if (code !== "used") return code;
    this.#endWhere((grant) => grant.code === text);
    return undefined;
  }

  /** @param code - the code they are given for, if any */
  issue(grant: Grant, withRefreshToken: boolean, code?: string): IssuedTokens {
    const users = this.#consents.get(grant.clientId) ?? new Set();
    this.#consents.set(grant.clientId, users.add(grant.user));
    const issued = this.#newAccess({ ...grant, code });
    if (!withRefreshToken) return { ...issued, refreshToken: undefined };
    const refreshToken = this.#identifiers.token("1//0");
    this.#refresh.set(refreshToken, { ...grant, code });
    return { ...issued, refreshToken };
  }

  refresh(refreshToken: string): { grant: Grant; tokens: IssuedTokens } | undefined {
    const grant = this.#refresh.get(refreshToken);
    return grant && { grant, tokens: { ...this.#newAccess(grant), refreshToken: undefined } };
  }

  findAccess(accessToken: string): AccessToken | undefined {
    const found = this.#access.get(accessToken);
    return found && found.expiresAt > this.#clock.now() ? found : undefined;
  }

  /** Ends everything that a token's person allowed its client. @returns whether there was such a token */
  revoke(token: string): boolean {
    const found = this.#access.get(token) ?? this.#refresh.get(token);
    if (!found) return false;
    this.#endWhere((grant) => grant.clientId === found.clientId && grant.user === found.user);
    this.#consents.get(found.clientId)?.delete(found.user);
    return true;
  }

  revokeUser(user: string): void {
    this.#endWhere((grant) => grant.user === user);
    for (const users of this.#consents.values()) users.delete(user);
  }

  expireAccessTokens(user?: string): void {
    for (const [token, grant] of this.#access) {
      if (user === undefined || grant.user === user) this.#access.set(token, { ...grant, expiresAt: 0 });
    }
  }

  #newAccess(grant: CodedGrant): { accessToken: string; expiresAt: number } {
    const accessToken = this.#identifiers.token("ya29.a0");
    const expiresAt = this.#clock.now() + accessLifeMs;
    this.#access.set(accessToken, { ...grant, expiresAt });
    return { accessToken, expiresAt };
  }

  #endWhere(ends: (grant: CodedGrant) => boolean): void {
    for (const tokens of [this.#access, this.#refresh]) {
      for (const [token, grant] of tokens) if (ends(grant)) tokens.delete(token);
    }
  }
}
