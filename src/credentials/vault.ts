import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from "node:crypto";
import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { seal, unseal, type SealContext } from "./envelope.js";
import type { KeySource } from "./key-source.js";
import { parseRecord, type VaultRecord } from "./records.js";
import type { CredentialStore, Generation, RecordKey } from "./store.js";

/** Which OAuth client and authorization server a token belongs to. */
export interface TokenBinding {
  readonly clientId: string;
  readonly tokenOrigin: string;
}

/** Whether two tokens come from the same authorization server through the same OAuth client. */
export function sameBinding(one: TokenBinding, other: TokenBinding): boolean {
  return one.clientId === other.clientId && one.tokenOrigin === other.tokenOrigin;
}

/** Seals and opens records with the vault's key. What is here is the vault as it was read: its key may have changed since. */
export interface Vault {
  readonly record: VaultRecord;
  /** The state of the vault record, which everything that is sealed here must find unchanged when it is written. */
  readonly generation: Generation;
  /** @returns the record's text for the store */
  seal(key: RecordKey, plaintext: string, binding?: TokenBinding): string;
  /**
   * The sealed text and what it is bound to; undefined when it was sealed by a key that this vault does not know.
   *
   * @throws AuthenticationError `auth.unreadable` when it was damaged or moved
   */
  open(key: RecordKey, text: string): { plaintext: string; binding: TokenBinding } | undefined;
  /** Proves that a text was written by whoever holds the key. */
  mac(text: string): string;
  /** The id of the key whose holder wrote a text; undefined when nobody who holds one did. */
  signer(text: string, mac: string): string | undefined;
}

/** What a vault is opened with. */
export interface VaultOptions {
  readonly store: CredentialStore;
  readonly keys: KeySource;
  readonly clock: Clock;
}

/** Which record the vault's own is. */
export const vaultKey: RecordKey = { kind: "vault", service: "", userId: "" };

const unbound: TokenBinding = { clientId: "", tokenOrigin: "" };

/**
 * Opens the vault; makes it when there is none and `create` is set.
 *
 * @returns undefined when there is none and it is not to be made
 * @throws AuthenticationError `auth.key_unavailable` when its key is missing or another one; nothing is changed then
 */
export async function openVault(options: VaultOptions, create: boolean): Promise<Vault | undefined> {
  const { store, keys } = options;
  const stored = await store.read(vaultKey);
  if (!stored) return create ? createVault(options) : undefined;
  const record = parseRecord.vault(stored.text);
  if (!record) throw unavailable("vault.json is damaged, so the key cannot be told.", await store.locate(vaultKey));
  const { vault_id: vaultId, previous } = record;
  const key = await keys.read(vaultId, record);
  // Without the key before, what it sealed cannot be read; the rest can.
  const before = previous && (await keys.read(vaultId, previous).catch(() => undefined));
  const known = new Map([[record.key_id, key]]);
  if (previous && before) known.set(previous.key_id, before);
  return vaultWith({ record, generation: stored.generation }, key, known);
}

/** Of several processes that make the vault at once, one does, and the others open it. */
async function createVault(options: VaultOptions): Promise<Vault | undefined> {
  const { store, keys, clock } = options;
  const [sealed] = await store.sealed();
  if (sealed) {
    throw unavailable(
      `${sealed.location} is sealed, but vault.json is missing: no new key is made over it.`,
      await store.locate(vaultKey),
    );
  }
  const vaultId = randomUUID();
  const created = await keys.create(vaultId);
  const record: VaultRecord = {
    version: 1,
    vault_id: vaultId,
    ...created.record,
    created_at: new Date(clock.now()).toISOString(),
  };
  let generation: Generation | undefined;
  try {
    generation = await store.write(vaultKey, vaultText(record), { replaces: undefined });
  } finally {
    if (generation === undefined) await keys.remove(vaultId, created.record); // nothing was sealed with it
  }
  if (generation === undefined) return openVault(options, false);
  return vaultWith({ record, generation }, created.key, new Map([[record.key_id, created.key]]));
}

/** A vault record as it is stored. */
export function vaultText(record: VaultRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/**
 * @param key - seals
 * @param known - open, by their ids
 */
function vaultWith(
  { record, generation }: Pick<Vault, "record" | "generation">,
  key: Buffer,
  known: ReadonlyMap<string, Buffer>,
): Vault {
  const contextOf = ({ service, userId, kind }: RecordKey, keyId: string, binding: TokenBinding): SealContext => ({
    vaultId: record.vault_id,
    keyId,
    service,
    userId,
    kind,
    clientId: binding.clientId,
    tokenOrigin: binding.tokenOrigin,
  });
  const macWith = (macKey: Buffer, text: string): string => {
    const derived = Buffer.from(hkdfSync("sha256", macKey, record.vault_id, "pointer-mac", 32));
    return createHmac("sha256", derived).update(text).digest("base64url");
  };
  return {
    record,
    generation,
    seal: (at, plaintext, binding = unbound) =>
      `${JSON.stringify(seal(plaintext, key, contextOf(at, record.key_id, binding)), undefined, 2)}\n`,
    open(at, text) {
      const envelope = parseRecord.envelope(text);
      if (!envelope) throw unreadableRecord(at, "is damaged");
      const opening = known.get(envelope.keyId);
      if (!opening) return undefined;
      const { keyId, clientId, tokenOrigin } = envelope;
      const plaintext = unseal(envelope, opening, contextOf(at, keyId, { clientId, tokenOrigin }));
      if (plaintext === undefined) throw unreadableRecord(at, "was changed or moved since it was sealed");
      return { plaintext, binding: { clientId, tokenOrigin } };
    },
    mac: (text) => macWith(key, text),
    signer: (text, mac) => [...known].find(([, each]) => isSame(macWith(each, text), mac))?.[0],
  };
}

function isSame(one: string, other: string): boolean {
  const [expected, found] = [Buffer.from(one), Buffer.from(other)];
  return expected.length === found.length && timingSafeEqual(expected, found);
}

function unavailable(message: string, file: string): Error {
  return integrationError("auth.key_unavailable", { message, details: { file } });
}

/** What is said of a sealed record that does not open. */
export function unreadableRecord({ kind, service, userId }: RecordKey, problem: string): Error {
  return integrationError("auth.unreadable", {
    message: `The stored ${kind} of ${service}, profile "${userId}", ${problem}; it was left as it is.`,
    service,
    profile: userId,
  });
}
