import type { IntegrationConfig, KeySourceName } from "../config.js";
import { isIntegrationError } from "../core/errors.js";
import { keyUnavailable, type KeySource, type VaultKey } from "./key-source.js";

/**
 * The keys of vaults, wherever each is kept. A new vault's key goes where the configuration says; else the first of
 * these has it: the environment, a command, a passphrase, each if it is set; the system's keychain, if its package is
 * installed, it answers, and nobody named another configuration folder; a file in the configuration folder. For a vault
 * in Postgres only the environment and a command are taken. What was chosen stands in `vault.json`, and no other is ever tried for that vault.
 */
export function keySources(config: IntegrationConfig): KeySource {
  return {
    async create(vaultId, wish = {}) {
      const { vaultKey } = config;
      const chosen = wish.source ?? vaultKey.source ?? whatIsSet(config);
      if (config.credentialStorage === "postgres") requireCommon(chosen);
      if (chosen !== undefined) return (await open(config, chosen)).create(vaultId, wish);
      return (await tryKeychain(config, vaultId)) ?? (await open(config, "key_file")).create(vaultId, wish);
    },
    async read(vaultId, record) {
      if (config.credentialStorage === "postgres") requireCommon(record.key_source);
      return (await open(config, record.key_source)).read(vaultId, record);
    },
    remove: async (vaultId, record) => (await open(config, record.key_source)).remove(vaultId, record),
    removeUnused: async (vaultId, used) => (await open(config, "key_file")).removeUnused?.(vaultId, used),
  };
}

/** A vault in a database belongs to many machines: its key comes from a source that all of them can have. */
function requireCommon(source: KeySourceName | "memory" | undefined): void {
  if (source === "environment" || source === "command") return;
  throw keyUnavailable(
    source === undefined
      ? "A vault in Postgres needs a key, and none is given."
      : `A vault in Postgres cannot take its key from "${source}", which other machines do not have.`,
    "Set MAIGIC_VAULT_KEY or MAIGIC_VAULT_KEY_COMMAND in the environment of every program that uses the vault.",
  );
}

function whatIsSet({ vaultKey }: IntegrationConfig): KeySourceName | undefined {
  if (vaultKey.keys) return "environment";
  if (vaultKey.command !== undefined) return "command";
  return vaultKey.passphrase ? "passphrase" : undefined;
}

async function tryKeychain(config: IntegrationConfig, vaultId: string): Promise<VaultKey | undefined> {
  if (!config.hasPlatformConfigDir) return undefined;
  const { hasKeychain, keychainKeys } = await import("./keychain-key.js");
  if (!hasKeychain()) return undefined;
  try {
    return await keychainKeys().create(vaultId);
  } catch (error) {
    if (isIntegrationError(error, "auth.key_unavailable")) return undefined; // nothing was sealed yet: another may do
    throw error;
  }
}

/** Each is loaded when it is used. */
async function open({ configDir, vaultKey }: IntegrationConfig, source: KeySourceName | "memory"): Promise<KeySource> {
  switch (source) {
    case "environment": {
      const { givenKeys } = await import("./given-keys.js");
      const name = "MAIGIC_VAULT_KEY";
      return givenKeys({ source, name, text: () => Promise.resolve(required(vaultKey.keys?.reveal(), name)) });
    }
    case "command": {
      const [{ givenKeys }, { outputOf }] = await Promise.all([import("./given-keys.js"), import("./command-key.js")]);
      const name = "MAIGIC_VAULT_KEY_COMMAND";
      return givenKeys({ source, name, text: async () => outputOf(required(vaultKey.command, name)) });
    }
    case "passphrase":
      return (await import("./passphrase-key.js")).passphraseKeys(vaultKey.passphrase);
    case "keychain":
      return (await import("./keychain-key.js")).keychainKeys();
    case "key_file":
      return (await import("./key-file.js")).keyFiles(configDir);
    case "memory":
      throw keyUnavailable("The vault's key was in the memory of another process.");
  }
}

function required(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw keyUnavailable(
    `The vault's key comes from ${name}, which is not set.`,
    `Set ${name} in the environment, as it was when the vault was made; nothing was changed.`,
  );
}
