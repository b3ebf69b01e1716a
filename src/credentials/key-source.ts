import { createHash } from "node:crypto";
import type { KeySourceName } from "../config.js";
import { integrationError } from "../core/errors.js";
import type { KeyRecord } from "./records.js";

/** A key of a vault, and what `vault.json` says of it. */
export interface VaultKey {
  readonly key: Buffer;
  readonly record: KeyRecord;
}

/** Which key is wanted. */
export interface KeyWish {
  /** Where it is to be kept; default: as the configuration says. */
  readonly source?: KeySourceName | undefined;
  /** The id of the key whose place it takes. */
  readonly insteadOf?: string;
}

/** Where the keys of vaults are kept. */
export interface KeySource {
  /** Makes a key, or takes the one that the source holds for new vaults. @throws AuthenticationError `auth.key_unavailable` */
  create(vaultId: string, wish?: KeyWish): Promise<VaultKey>;
  /** The key that a record tells of. @throws AuthenticationError `auth.key_unavailable` */
  read(vaultId: string, record: KeyRecord): Promise<Buffer>;
  /** Forgets a key that seals nothing, if it is the source's to forget. */
  remove(vaultId: string, record: KeyRecord): Promise<void>;
  /** Forgets what was made for a vault and never used, by processes that were killed. */
  removeUnused?(vaultId: string, used: readonly string[]): Promise<void>;
}

/** The length of every key. */
export const keyBytes = 32;

/** Tells keys apart without telling anything about them. */
export function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("maigic key id").update(key).digest("hex").slice(0, 16);
}

/** What is said of a key that cannot be had. */
export function keyUnavailable(message: string, hint?: string, cause?: unknown): Error {
  return integrationError("auth.key_unavailable", { message, ...(hint !== undefined && { hint }), cause });
}
