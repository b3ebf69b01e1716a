import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

let signingKey: KeyObject | undefined;
const keyId = "sandbox-1";

/** Signs claims as Google signs ID tokens. @see https://www.rfc-editor.org/rfc/rfc7519 */
export function signIdToken(claims: Readonly<Record<string, unknown>>): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${encode({ alg: "RS256", kid: keyId, typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${sign("sha256", Buffer.from(content), key()).toString("base64url")}`;
}

/** The public keys that ID tokens are checked with. */
export function publicKeys(): unknown {
  const jwk = createPublicKey(key()).export({ format: "jwk" });
  return { keys: [{ ...jwk, kid: keyId, alg: "RS256", use: "sig" }] };
}

/** Made when first needed: it takes a moment, and one serves all sandboxes of a process. */
function key(): KeyObject {
  signingKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return signingKey;
}
