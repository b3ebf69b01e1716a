import type { IntegrationConfig } from "../config.js";
import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import type { Http } from "../core/http.js";
import { createFileStore } from "./file-store.js";
import { createMemoryStore } from "./memory-store.js";
import { requireSafe } from "./safety.js";
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
  /** A service's own name, for its name or one of its aliases. */
  readonly nameOf: (service: string) => string;
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
  await requireSafe(options.config);
  const store = openStore(options.config);
  const inMemory = options.config.credentialStorage === "memory";
  const { configDir } = options.config;
  let opened: Vault | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, so that of several first calls one makes the vault and the others find it. */
  const vaultOr = (create: boolean): Promise<Vault | undefined> => {
    if (opened) return Promise.resolve(opened);
    const opening = last.then(async () => {
      opened ??= await openVault({ store, configDir, clock: options.clock, inMemory }, create);
      return opened;
    });
    last = opening.catch(() => undefined); // told to whoever asked; the next one tries anew
    return opening;
  };
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

/** How a service's credentials are obtained. @throws ConfigurationError `config.unknown_service` */
export function requireSetup(context: ManagerOptions, service: string): CredentialSetup {
  const setup = context.setups(service);
  if (setup) return setup;
  throw integrationError("config.unknown_service", {
    message: `There is no service called "${service}".`,
    hint: "Use a service that the registry lists.",
    service,
  });
}

/** The OAuth setup of a service. @throws ConfigurationError `config.unknown_service`; RequestError `request.unsupported` */
export function requireOAuth(context: ManagerOptions, service: string): OAuthSetup {
  const setup = requireSetup(context, service);
  if (setup.kind === "oauth") return setup;
  throw integrationError("request.unsupported", {
    message: `${service} does not sign in with OAuth.`,
    hint: "Store its API key with storeCredentials.",
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
