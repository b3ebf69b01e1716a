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
  /** Milliseconds since the epoch. */
  readonly consentedAt: number;
  /** The person's session at that time. */
  readonly session: number;
  /** How long the person allows it, in seconds; undefined: without an end. */
  readonly grantSeconds: number | undefined;
}

/** Authorization codes on their way. */
export interface Codes {
  add(code: AuthorizationCode): string;
  /** A code is good once and for ten minutes. @returns undefined for one that was never given or is too old */
  take(text: string): { readonly code: AuthorizationCode; readonly usedBefore: boolean } | undefined;
  /** Forgets those that are meant. */
  end(isMeant: (code: AuthorizationCode) => boolean): void;
}

const codeLifeMs = 10 * 60 * 1000;

/** Begins without any. */
export function createCodes(clock: Clock, identifiers: Identifiers): Codes {
  // In the order in which they end, so that those that have ended are found at the beginning.
  const codes = new Map<string, { code: AuthorizationCode; endsAt: number; used: boolean }>();
  const forgetEnded = (): void => {
    for (const [text, { endsAt }] of codes) {
      if (endsAt > clock.now()) return;
      codes.delete(text);
    }
  };
  return {
    add(code) {
      forgetEnded();
      const text = identifiers.token("4/0A");
      codes.set(text, { code, endsAt: clock.now() + codeLifeMs, used: false });
      return text;
    },
    take(text) {
      const kept = codes.get(text);
      if (!kept || kept.endsAt <= clock.now()) return undefined;
      const usedBefore = kept.used;
      kept.used = true;
      return { code: kept.code, usedBefore };
    },
    end(isMeant) {
      for (const [text, { code }] of codes) if (isMeant(code)) codes.delete(text);
    },
  };
}
