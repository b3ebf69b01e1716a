import { createHash } from "node:crypto";
import type { KeyRecord } from "./records.js";

/** A key of a vault, and what `vault.json` says of it. */
export interface VaultKey {
  readonly key: Buffer;
  readonly record: KeyRecord;
}

/** Where the keys of vaults are kept. */
export interface KeySource {
  /** Makes a key, or takes the one that the source holds for new vaults. @throws AuthenticationError `auth.key_unavailable` */
  create(vaultId: string): Promise<VaultKey>;
  /** The key that a record tells of. @throws AuthenticationError `auth.key_unavailable` */
  read(vaultId: string, record: KeyRecord): Promise<Buffer>;
  /** Forgets a key that seals nothing, if it is the source's to forget. */
  remove(vaultId: string, record: KeyRecord): Promise<void>;
}

/** The length of every key. */
export const keyBytes = 32;

/** Tells keys apart without telling anything about them. */
export function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("maigic key id").update(key).digest("hex").slice(0, 16);
}
