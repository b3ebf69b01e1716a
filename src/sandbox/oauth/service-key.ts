import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

/** The key pair of a service account. */
export interface ServiceKey {
  /** What the key file calls it. */
  readonly id: string;
  readonly publicKey: KeyObject;
  /** PEM, PKCS #8. */
  readonly privatePem: string;
}

/** @param pem - default: one that is made when first looked at, since that takes a moment */
export function createServiceKey(pem: string | undefined): ServiceKey {
  let made: ServiceKey | undefined;
  const key = (): ServiceKey => (made ??= describeKey(pem === undefined ? newKey() : createPrivateKey(pem)));
  return {
    get id() {
      return key().id;
    },
    get publicKey() {
      return key().publicKey;
    },
    get privatePem() {
      return key().privatePem;
    },
  };
}

function newKey(): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
}

function describeKey(privateKey: KeyObject): ServiceKey {
  const publicKey = createPublicKey(privateKey);
  const id = createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
  return { id, publicKey, privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}
