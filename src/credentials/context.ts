import type { IntegrationConfig } from "../config.js";
import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import type { Http } from "../core/http.js";
import { createFileStore } from "./file-store.js";
import { createMemoryStore } from "./memory-store.js";
import type { CredentialStore } from "./store.js";
import type { CredentialSetup, OAuthSetup } from "./types.js";
import { openVault, type Vault } from "./vault.js";

/** What a credential manager is made of. */
export interface ManagerOptions {
  readonly config: IntegrationConfig;
  readonly clock: Clock;
  readonly http: Http;
  /** How a service's credentials are obtained; undefined for a service that nobody provides. */
  readonly setups: (service: string) => CredentialSetup | undefined;
}

/** What every operation on credentials works with. */
export interface CredentialContext extends ManagerOptions {
  readonly store: CredentialStore;
  /** The vault, made if there is none. @throws AuthenticationError `auth.key_unavailable` */
  vault(): Promise<Vault>;
  /** The vault, or undefined when none was made yet. @throws AuthenticationError `auth.key_unavailable` */
  existingVault(): Promise<Vault | undefined>;
}

/** Opens the store that the configuration names. @throws ConfigurationError `config.unsafe`, `config.invalid` */
export async function openContext(options: ManagerOptions): Promise<CredentialContext> {
  if (options.config.environment === "production") {
    const { requireSafe } = await import("./safety.js");
    await requireSafe(options.config);
  }
  const store = openStore(options.config);
  const inMemory = options.config.credentialStorage === "memory";
  const { configDir } = options.config;
  let opened: Promise<Vault | undefined> | undefined;
  const open = async (create: boolean): Promise<Vault | undefined> => {
    const opening = openVault({ store, configDir, clock: options.clock, inMemory }, create);
    const vault = await opening;
    if (vault) opened = opening; // kept only once there is one
    return vault;
  };
  const vaultOr = async (create: boolean): Promise<Vault | undefined> => (await opened) ?? open(create);
  return {
    ...options,
    store,
    existingVault: () => vaultOr(false),
    vault: async () => {
      const vault = await vaultOr(true);
      if (vault) return vault;
      throw integrationError("auth.key_unavailable", { message: "The vault disappeared while it was opened." });
    },
  };
}

/** The OAuth setup of a service. @throws ConfigurationError `config.unknown_service` */
export function requireOAuth(context: ManagerOptions, service: string): OAuthSetup {
  const setup = context.setups(service);
  if (setup?.kind === "oauth") return setup;
  throw integrationError("config.unknown_service", {
    message: setup ? `${service} does not sign in with OAuth.` : `There is no service called "${service}".`,
    hint: setup ? "Store its API key with storeCredentials." : "Use a service that the registry lists.",
    service,
  });
}

function openStore(config: IntegrationConfig): CredentialStore {
  switch (config.credentialStorage) {
    case "file":
      return createFileStore(config.credentialsDir);
    case "memory":
      return createMemoryStore();
    case "postgres":
      throw integrationError("config.invalid", {
        message: "Credential storage in Postgres is not part of this version.",
        hint: "Set MAIGIC_CREDENTIAL_STORAGE to file or memory.",
      });
  }
}
