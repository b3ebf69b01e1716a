import type { TokenRecord } from "./records.js";

const dayMs = 24 * 3600_000;
/** Quirk(google): it ends a sign-in that was not used for six months. */
const unusedMs = 180 * dayMs;
/** Quirk(google): so long a sign-in lives while the app's consent screen is in testing. */
const testingMs = 7 * dayMs;

/** When a sign-in is expected to end by itself, and why; undefined when nothing tells. */
export function expectedEnd(record: TokenRecord): { at: number; reason: string } | undefined {
  const { refreshToken, refreshExpiresAt, issuedAt, signedInAt } = record;
  if (refreshExpiresAt !== undefined) {
    const life = signedInAt === undefined ? undefined : refreshExpiresAt - signedInAt;
    const testing = life !== undefined && Math.abs(life - testingMs) < 3600_000;
    return {
      at: refreshExpiresAt,
      reason: testing
        ? "the app's consent screen is in testing, which ends every sign-in after 7 days; publish the app in the console"
        : "the access was given for a limited time",
    };
  }
  if (refreshToken === undefined || issuedAt === undefined) return undefined;
  return { at: issuedAt + unusedMs, reason: "a sign-in that is not used for six months is ended; one use prolongs it" };
}
