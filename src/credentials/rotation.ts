import { integrationError, isIntegrationError } from "../core/errors.js";
import type { CredentialContext } from "./context.js";
import { resignPointer } from "./profiles.js";
import { parseRecord, type KeyRecord, type VaultRecord } from "./records.js";
import { readSealed, writeSealed } from "./sealed-records.js";
import type { FoundSealed, Turn } from "./store.js";
import type { RotationOptions, RotationResult } from "./types.js";
import { vaultKey, vaultText, type Vault } from "./vault.js";

const turn: Turn = { timeoutMs: 5_000 };

/**
 * Gives the vault a new key: seals every record with it and forgets the old one. Other processes go on meanwhile: from
 * the moment that the vault names the new key, nothing is written that the old one sealed. One that was interrupted is
 * gone on with.
 *
 * @throws AuthenticationError `auth.key_unavailable` when a key is missing, nothing is changed then; ConnectionError
 * `connection.timeout` when another process rotates
 */
export async function rotateKey(context: CredentialContext, options: RotationOptions = {}): Promise<RotationResult> {
  return context.store.exclusively("replacing the vault's key", turn, async () => {
    const vault = await beginRotation(context, options);
    const { resealed, unreadable } = await resealAll(context, vault.record.key_id, options);
    await resignAll(context);
    await endRotation(context);
    return { keySource: vault.record.key_source, keyId: vault.record.key_id, resealed, unreadable };
  });
}

/** The vault with its new key, and the old one beside it. */
async function beginRotation(context: CredentialContext, { to }: RotationOptions): Promise<Vault> {
  const vault = await context.vault();
  const { record } = await currentVault(context, vault);
  if (record.previous) {
    await context.keys.read(record.vault_id, record.previous); // without it nothing that it sealed could be sealed anew
    return currentVault(context, await context.vault());
  }
  const old = keyRecordOf(record);
  const source = record.key_source === "memory" ? undefined : (to ?? record.key_source);
  const created = await context.keys.create(record.vault_id, { source, insteadOf: record.key_id });
  const held = await context.vault();
  const next: VaultRecord = {
    version: record.version,
    vault_id: record.vault_id,
    ...created.record,
    previous: old,
    created_at: record.created_at,
  };
  const written = await context.store.write(vaultKey, vaultText(next), { replaces: held.generation });
  if (written === undefined) {
    await context.keys.remove(record.vault_id, created.record);
    throw integrationError("request.conflict", {
      message: "vault.json was changed meanwhile.",
      hint: "Run the rotation again.",
    });
  }
  await context.reloadVault(held);
  return context.vault();
}

/** The vault as it is now: another process may have begun or ended a rotation since it was opened. */
async function currentVault(context: CredentialContext, held: Vault): Promise<Vault> {
  await context.reloadVault(held);
  return context.vault();
}

async function resealAll(
  context: CredentialContext,
  keyId: string,
  { onProgress }: RotationOptions,
): Promise<Pick<RotationResult, "resealed" | "unreadable">> {
  const found = await context.store.sealed();
  const unreadable: string[] = [];
  let resealed = 0;
  for (const [index, each] of found.entries()) {
    const result = await reseal(context, keyId, each);
    if (result === "resealed") resealed++;
    if (result === "unreadable") unreadable.push(each.location);
    onProgress?.(index + 1, found.length);
  }
  return { resealed, unreadable };
}

async function reseal(
  context: CredentialContext,
  keyId: string,
  { key }: FoundSealed,
): Promise<"resealed" | "unreadable" | "nothing to do"> {
  if (!key) return "unreadable";
  for (;;) {
    try {
      const stored = await context.store.read(key);
      if (!stored || parseRecord.envelope(stored.text)?.keyId === keyId) return "nothing to do";
      const opened = await readSealed(context, key, stored);
      if (!opened) return "nothing to do";
      const { plaintext, binding, generation: replaces } = opened;
      if (await writeSealed(context, key, { plaintext, binding, replaces })) return "resealed"; // else it was changed
    } catch (error) {
      if (isIntegrationError(error, "auth.unreadable")) return "unreadable"; // it was so before
      throw error;
    }
  }
}

async function resignAll(context: CredentialContext): Promise<void> {
  for (const { service, stored } of await context.store.pointers()) {
    const pointer = parseRecord.pointer(stored.text);
    if (pointer?.service === service) await resignPointer(context, service, pointer.user_id);
  }
}

async function endRotation(context: CredentialContext): Promise<void> {
  const { record, generation } = await context.vault();
  if (!record.previous) return;
  const { previous, ...rest } = record;
  if (!(await context.store.write(vaultKey, vaultText(rest), { replaces: generation }))) {
    throw integrationError("request.conflict", {
      message: "vault.json was changed meanwhile.",
      hint: "Run the rotation again.",
    });
  }
  await context.reloadVault(await context.vault());
  await context.keys.remove(record.vault_id, previous);
  await context.keys.removeUnused?.(record.vault_id, [record.key_id]);
}

function keyRecordOf({ key_id, key_source, kdf }: VaultRecord): KeyRecord {
  return { key_id, key_source, ...(kdf && { kdf }) };
}
