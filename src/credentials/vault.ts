import { createHash, createHmac, hkdfSync, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { seal, unseal, type SealContext } from "./envelope.js";
import { keyFile } from "./key-file.js";
import { parseRecord, type VaultRecord } from "./records.js";
import type { CredentialStore, RecordKey } from "./store.js";

/** Which OAuth client and authorization server a token belongs to. */
export interface TokenBinding {
  readonly clientId: string;
  readonly tokenOrigin: string;
}

/** Whether two tokens come from the same authorization server through the same OAuth client. */
export function sameBinding(one: TokenBinding, other: TokenBinding): boolean {
  return one.clientId === other.clientId && one.tokenOrigin === other.tokenOrigin;
}

/** Seals and opens records with the vault's key. */
export interface Vault {
  /** @returns the record's text for the store */
  seal(key: RecordKey, plaintext: string, binding?: TokenBinding): string;
  /**
   * The sealed text and what it is bound to.
   *
   * @throws AuthenticationError `auth.unreadable` when it was damaged, moved, or sealed by another key
   */
  open(key: RecordKey, text: string): { plaintext: string; binding: TokenBinding };
  /** Proves that a text was written by whoever holds the key. */
  mac(text: string): string;
  verifyMac(text: string, mac: string): boolean;
}

/** What a vault is opened with. */
export interface VaultOptions {
  readonly store: CredentialStore;
  readonly configDir: string;
  readonly clock: Clock;
  /** Keep the key in memory only, as the records are. */
  readonly inMemory: boolean;
}

const vaultKey: RecordKey = { kind: "vault", service: "", userId: "" };
const unbound: TokenBinding = { clientId: "", tokenOrigin: "" };

/**
 * Opens the vault; makes it when there is none and `create` is set.
 *
 * @returns undefined when there is none and it is not to be made
 * @throws AuthenticationError `auth.key_unavailable` when its key is missing or another one; nothing is changed then
 */
export async function openVault(options: VaultOptions, create: boolean): Promise<Vault | undefined> {
  const text = await options.store.read(vaultKey);
  if (text === undefined) return create ? createVault(options) : undefined;
  const record = parseRecord.vault(text);
  if (!record)
    throw unavailable("vault.json is damaged, so the key cannot be told.", await options.store.locate(vaultKey));
  const file = keyFile(options.configDir, record.vault_id);
  const key = await file.read();
  if (!key) throw unavailable(`The vault's key file ${file.path} is missing or holds no key.`, file.path);
  if (keyIdOf(key) !== record.key_id) throw unavailable(`${file.path} holds another key than the vault's.`, file.path);
  return vaultWith(record, key);
}

async function createVault(options: VaultOptions): Promise<Vault | undefined> {
  const { store, configDir, clock, inMemory } = options;
  if (await store.hasSealedRecords()) {
    throw unavailable(
      "There are sealed records, but vault.json is missing: no new key is made over them.",
      await store.locate(vaultKey),
    );
  }
  const vaultId = randomUUID();
  const file = keyFile(configDir, vaultId);
  const key = inMemory ? randomBytes(32) : await file.create();
  if (!key) throw unavailable(`${file.path} exists already.`, file.path);
  const record: VaultRecord = {
    version: 1,
    vault_id: vaultId,
    key_id: keyIdOf(key),
    key_source: inMemory ? "memory" : "key_file",
    created_at: new Date(clock.now()).toISOString(),
  };
  try {
    if (await store.create(vaultKey, `${JSON.stringify(record, undefined, 2)}\n`)) return vaultWith(record, key);
  } catch (error) {
    await file.remove(); // nothing was sealed with it
    throw error;
  }
  await file.remove(); // another process made the vault first: its key counts
  return openVault(options, false);
}

function vaultWith(record: VaultRecord, key: Buffer): Vault {
  const macKey = Buffer.from(hkdfSync("sha256", key, record.vault_id, "pointer-mac", 32));
  const contextOf = ({ service, userId, kind }: RecordKey, binding: TokenBinding): SealContext => ({
    vaultId: record.vault_id,
    keyId: record.key_id,
    service,
    userId,
    kind,
    clientId: binding.clientId,
    tokenOrigin: binding.tokenOrigin,
  });
  const mac = (text: string): string => createHmac("sha256", macKey).update(text).digest("base64url");
  return {
    seal: (at, plaintext, binding = unbound) =>
      `${JSON.stringify(seal(plaintext, key, contextOf(at, binding)), undefined, 2)}\n`,
    open(at, text) {
      const envelope = parseRecord.envelope(text);
      if (!envelope) throw unreadable(at, "is damaged");
      if (envelope.keyId !== record.key_id) throw unreadable(at, "was sealed by another key");
      const { clientId, tokenOrigin } = envelope;
      const plaintext = unseal(envelope, key, contextOf(at, { clientId, tokenOrigin }));
      if (plaintext === undefined) throw unreadable(at, "was changed or moved since it was sealed");
      return { plaintext, binding: { clientId, tokenOrigin } };
    },
    mac,
    verifyMac: (text, given) => {
      const [expected, found] = [Buffer.from(mac(text)), Buffer.from(given)];
      return expected.length === found.length && timingSafeEqual(expected, found);
    },
  };
}

/** Tells keys apart without telling anything about them. */
function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("maigic key id").update(key).digest("hex").slice(0, 16);
}

function unavailable(message: string, file: string): Error {
  return integrationError("auth.key_unavailable", { message, details: { file } });
}

function unreadable({ kind, service, userId }: RecordKey, problem: string): Error {
  return integrationError("auth.unreadable", {
    message: `The stored ${kind} of ${service}, profile "${userId}", ${problem}; it was left as it is.`,
    service,
    profile: userId,
  });
}
