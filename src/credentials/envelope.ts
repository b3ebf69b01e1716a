import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** What a sealed record is bound to: it opens in its own place only. */
export interface SealContext {
  readonly vaultId: string;
  readonly keyId: string;
  readonly service: string;
  readonly userId: string;
  readonly kind: string;
  /** The OAuth client and token endpoint that a token belongs to; empty for other records. */
  readonly clientId: string;
  readonly tokenOrigin: string;
}

/** A sealed record. Everything but the ciphertext is there to find the key and the context; base64url. */
export interface Envelope {
  readonly schema: 1;
  readonly keyId: string;
  readonly clientId: string;
  readonly tokenOrigin: string;
  /** The record's own data key, sealed with the vault's key. */
  readonly wrappedKey: string;
  readonly content: string;
}

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** Seals a text with a key of its own, which is sealed with the vault's key. Both are bound to the context. */
export function seal(plaintext: string, vaultKey: Buffer, context: SealContext): Envelope {
  const dataKey = randomBytes(32);
  const bound = authenticatedData(context);
  return {
    schema: 1,
    keyId: context.keyId,
    clientId: context.clientId,
    tokenOrigin: context.tokenOrigin,
    wrappedKey: encrypt(dataKey, vaultKey, bound),
    content: encrypt(Buffer.from(plaintext, "utf8"), dataKey, bound),
  };
}

/** The sealed text, or undefined when key, context or a single bit is not what it was at sealing. */
export function unseal(envelope: Envelope, vaultKey: Buffer, context: SealContext): string | undefined {
  const bound = authenticatedData(context);
  const dataKey = decrypt(envelope.wrappedKey, vaultKey, bound);
  if (dataKey?.length !== 32) return undefined;
  return decrypt(envelope.content, dataKey, bound)?.toString("utf8");
}

function authenticatedData({ vaultId, keyId, service, userId, kind, clientId, tokenOrigin }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([1, vaultId, keyId, service, userId, kind, clientId, tokenOrigin]), "utf8");
}

function encrypt(content: Buffer, key: Buffer, bound: Buffer): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(bound);
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

function decrypt(text: string, key: Buffer, bound: Buffer): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  // Other spellings of the same bytes are edits too.
  if (bytes.length < ivBytes + tagBytes || bytes.toString("base64url") !== text) return undefined;
  const iv = bytes.subarray(0, ivBytes);
  const tag = bytes.subarray(ivBytes, ivBytes + tagBytes);
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(bound).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    return undefined; // the tag does not fit: the caller says what that means for its record
  }
}
