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

/** Authorization codes on their way. */
export interface Codes {
  add(code: AuthorizationCode): string;
  /** A code is good once and for ten minutes. @returns undefined for one that was never given or is too old */
  take(text: string): AuthorizationCode | "used" | undefined;
}

const codeLifeMs = 10 * 60 * 1000;

/** Begins without any. */
export function createCodes(clock: Clock, identifiers: Identifiers): Codes {
  const codes = new Map<string, { code: AuthorizationCode; expiresAt: number; used: boolean }>();
  return {
    add(code) {
      const text = identifiers.token("4/0A");
      codes.set(text, { code, expiresAt: clock.now() + codeLifeMs, used: false });
      return text;
    },
    take(text) {
      const kept = codes.get(text);
      if (!kept || kept.expiresAt <= clock.now()) return undefined;
      if (kept.used) return "used";
      kept.used = true;
      return kept.code;
    },
  };
}
