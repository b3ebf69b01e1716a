import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { World } from "../world.js";
import { isSignedBy, readJwt, signJwt, type Jwt } from "./jwt.js";
import { profileClaims } from "./profile.js";

let signingKey: KeyObject | undefined;
const keyId = "sandbox-1";

/** What an ID token says. */
export interface IdTokenFacts {
  readonly issuer: string;
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly accessToken: string;
  readonly nonce: string | undefined;
}

/** Tells a client who signed in. @see https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
export function makeIdToken(world: World, facts: IdTokenFacts): string {
  const now = Math.floor(world.clock.now() / 1000);
  const user = world.users.get(facts.user);
  const hash = createHash("sha256").update(facts.accessToken).digest();
  const claims = {
    iss: facts.issuer,
    azp: facts.clientId,
    aud: facts.clientId,
    ...(user && profileClaims(user, facts.scopes)),
    at_hash: hash.subarray(0, 16).toString("base64url"),
    ...(facts.nonce !== undefined && { nonce: facts.nonce }),
    iat: now,
    exp: now + 3600,
  };
  return signJwt({ kid: keyId }, claims, key());
}

/** @returns undefined for one that this sandbox did not sign or that has expired */
export function readIdToken(text: string, nowMs: number): Jwt | undefined {
  const token = readJwt(text);
  if (!token || !isSignedBy(token, createPublicKey(key()))) return undefined;
  return Number(token.claims["exp"]) * 1000 > nowMs ? token : undefined;
}

/** The public keys that ID tokens are checked with. */
export function publicKeys(): unknown {
  const jwk = createPublicKey(key()).export({ format: "jwk" });
  return { keys: [{ ...jwk, kid: keyId, alg: "RS256", use: "sig" }] };
}

/** The same as PEM. Google wraps them in certificates; what checks signatures takes a bare public key as well. */
export function publicKeysAsPem(): unknown {
  return { [keyId]: createPublicKey(key()).export({ type: "spki", format: "pem" }) };
}

/** Made when first needed: it takes a moment, and one serves all sandboxes of a process. */
function key(): KeyObject {
  signingKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return signingKey;
}
