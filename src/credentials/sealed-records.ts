import { integrationError } from "../core/errors.js";
import type { CredentialContext } from "./context.js";
import type { Generation, RecordKey, StoredRecord } from "./store.js";
import { unreadableRecord, type TokenBinding } from "./vault.js";

/** A sealed record, opened. */
export interface OpenedRecord {
  readonly plaintext: string;
  readonly binding: TokenBinding;
  readonly generation: Generation;
}

/** What is written, and over what. */
export interface SealedWrite {
  readonly plaintext: string;
  /** The state of the record that is replaced; undefined when there must be no such record. */
  readonly replaces: Generation | undefined;
  readonly binding?: TokenBinding;
}

/** As often as keys may change between the reading of a record and of its key. */
const attempts = 5;

/**
 * Opens a sealed record, or gives undefined when there is none. The vault's key may be replaced by another process
 * meanwhile.
 *
 * @param found - the record, if it was read already
 * @throws AuthenticationError `auth.unreadable`, `auth.key_unavailable`; the stored bytes stay as they are
 */
export async function readSealed(
  context: CredentialContext,
  key: RecordKey,
  found?: StoredRecord,
): Promise<OpenedRecord | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const stored = attempt === 1 && found ? found : await context.store.read(key);
    if (!stored) return undefined;
    const vault = await context.existingVault();
    if (!vault) {
      throw integrationError("auth.key_unavailable", {
        message: `There is a sealed ${key.kind}, but vault.json is missing, so its key cannot be told.`,
        ...(key.service !== "" && { service: key.service, profile: key.userId }),
      });
    }
    const opened = vault.open(key, stored.text);
    if (opened) return { ...opened, generation: stored.generation };
    await context.reloadVault(vault);
  }
  throw unreadableRecord(key, "was sealed by another key");
}

/**
 * Seals and stores a record, with the key that the vault has at that moment.
 *
 * @returns its state, or undefined when another record was there than the one to replace; nothing is changed then
 */
export async function writeSealed(
  context: CredentialContext,
  key: RecordKey,
  { plaintext, replaces, binding }: SealedWrite,
): Promise<Generation | undefined> {
  for (;;) {
    const vault = await context.vault();
    const text = vault.seal(key, plaintext, binding);
    const generation = await context.store.write(key, text, { replaces, vault: vault.generation });
    if (generation !== undefined) return generation;
    if (!(await context.reloadVault(vault))) return undefined;
  }
}

/** Seals and stores a record in the place of whatever is there, readable or not. */
export async function putSealed(
  context: CredentialContext,
  key: RecordKey,
  plaintext: string,
  binding?: TokenBinding,
): Promise<void> {
  for (;;) {
    const replaces = (await context.store.read(key))?.generation;
    const written = await writeSealed(context, key, { plaintext, replaces, ...(binding && { binding }) });
    if (written !== undefined) return;
  }
}

/** Removes a record, whatever state it is in. @returns whether there was one */
export async function removeRecord({ store }: CredentialContext, key: RecordKey): Promise<boolean> {
  for (;;) {
    const stored = await store.read(key);
    if (!stored) return false;
    if (await store.remove(key, stored.generation)) return true;
  }
}
