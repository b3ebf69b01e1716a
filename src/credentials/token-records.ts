import { integrationError } from "../core/errors.js";
import { parseRecord, type TokenRecord } from "./records.js";
import type { CredentialContext } from "./context.js";
import type { RecordKey } from "./store.js";
import type { TokenBinding } from "./vault.js";

/** A stored token, opened. */
export interface StoredToken {
  readonly record: TokenRecord;
  readonly binding: TokenBinding;
}

/**
 * Opens a profile's token, or undefined when nobody has signed in.
 *
 * @throws AuthenticationError `auth.unreadable`, `auth.key_unavailable`; the stored bytes stay as they are
 */
export async function readToken(
  context: CredentialContext,
  service: string,
  userId: string,
): Promise<StoredToken | undefined> {
  const key = tokenKey(service, userId);
  const text = await context.store.read(key);
  if (text === undefined) return undefined;
  const vault = await context.existingVault();
  if (!vault) {
    throw integrationError("auth.key_unavailable", {
      message: "There is a sealed token, but vault.json is missing, so its key cannot be told.",
      service,
      profile: userId,
    });
  }
  const { plaintext, binding } = vault.open(key, text);
  const record = parseRecord.token(plaintext);
  if (record) return { record, binding };
  throw integrationError("auth.unreadable", {
    message: "The stored token has a shape of another version.",
    service,
    profile: userId,
  });
}

/** Seals and stores a profile's token. */
export async function writeToken(
  context: CredentialContext,
  service: string,
  userId: string,
  { record, binding }: StoredToken,
): Promise<void> {
  const key = tokenKey(service, userId);
  const vault = await context.vault();
  await context.store.write(key, vault.seal(key, JSON.stringify(record), binding));
}

/** Which record a token is. */
export function tokenKey(service: string, userId: string): RecordKey {
  return { kind: "token", service, userId };
}
