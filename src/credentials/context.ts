import type { IntegrationConfig } from "../config.js";
import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import type { Http } from "../core/http.js";
import { Mutex } from "../core/mutex.js";
import type { Secret } from "../core/secret.js";
import type { OAuthClient, OAuthContext } from "../oauth/types.js";
import type { CredentialStore } from "./store.js";
import type { CredentialSetup, OAuthSetup } from "./types.js";
import type { KeySource } from "./key-source.js";
import { openVault, vaultKey, type Vault } from "./vault.js";

/** What a credential manager is made of. */
export interface ManagerOptions {
  readonly config: IntegrationConfig;
  readonly clock: Clock;
  readonly http: Http;
  /** In the place of the one that the configuration names. */
  readonly store?: CredentialStore | undefined;
  /** How a service's credentials are obtained; undefined for a service that nobody provides. */
  readonly setups: (service: string) => CredentialSetup | undefined;
  /** A service's own name, for its name or one of its aliases. */
  readonly nameOf: (service: string) => string;
}

/** What every operation on credentials works with. */
export interface CredentialContext extends ManagerOptions {
  readonly store: CredentialStore;
  /** Where the vault's key is kept. */
  readonly keys: KeySource;
  /** The vault, made if there is none. @throws AuthenticationError `auth.key_unavailable` */
  vault(): Promise<Vault>;
  /** The vault, or undefined when none was made yet. @throws AuthenticationError `auth.key_unavailable` */
  existingVault(): Promise<Vault | undefined>;
  /** Looks whether the vault is another one by now than that which is held. @returns whether it is */
  reloadVault(held: Vault): Promise<boolean>;
}

/** Opens the store that the configuration names. @throws ConfigurationError `config.unsafe`, `config.invalid` */
export async function openContext(options: ManagerOptions): Promise<CredentialContext> {
  const { config } = options;
  if (config.environment === "production") await (await import("./safety.js")).requireSafe(config);
  const [store, keys] = await Promise.all([options.store ?? openStore(config), openKeys(options)]);
  let opened: Vault | undefined;
  const turns = new Mutex();
  /** One after the other, so that of several first calls one makes the vault and the others find it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => turns.run("vault", work);
  const vaultOr = async (create: boolean): Promise<Vault | undefined> =>
    opened ?? inTurn(async () => (opened ??= await openVault({ store, keys, clock: options.clock }, create)));
  return {
    ...options,
    store,
    keys,
    existingVault: () => vaultOr(false),
    vault: async () => {
      const vault = await vaultOr(true);
      if (vault) return vault;
      throw integrationError("auth.key_unavailable", { message: "The vault disappeared while it was opened." });
    },
    reloadVault: (held) =>
      inTurn(async () => {
        if (opened !== held) return true; // somebody else looked already
        const stored = await store.read(vaultKey);
        if (stored?.generation === held.generation) return false;
        opened = undefined;
        opened = await openVault({ store, keys, clock: options.clock }, false);
        if (opened) return true;
        const message = "vault.json is missing, so the key cannot be told.";
        throw integrationError("auth.key_unavailable", { message, details: { file: await store.locate(vaultKey) } });
      }),
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

/** What calls of a service's authorization server are made with, as one client. */
export function oauthContext(
  { http, clock }: CredentialContext,
  { endpoints }: OAuthSetup,
  client: OAuthClient,
): OAuthContext {
  return { http, clock, endpoints, client };
}

async function openStore(config: IntegrationConfig): Promise<CredentialStore> {
  switch (config.credentialStorage) {
    case "file":
      return (await import("./file-store.js")).createFileStore(config.credentialsDir);
    case "memory":
      return (await import("./memory-store.js")).createMemoryStore();
    case "postgres": {
      const { createPostgresStore } = await import("./postgres-store.js");
      return createPostgresStore(requireDatabase(config));
    }
  }
}

async function openKeys({ config, store }: ManagerOptions): Promise<KeySource> {
  if (config.credentialStorage === "memory" && !store) return (await import("./memory-keys.js")).memoryKeys();
  return (await import("./key-sources.js")).keySources(config);
}

function requireDatabase({ databaseUrl }: IntegrationConfig): Secret {
  if (databaseUrl) return databaseUrl;
  throw integrationError("config.missing_variable", {
    message: "Credentials are to be kept in Postgres, and no database is named.",
    hint: "Set MAIGIC_DATABASE_URL in the environment, such as postgresql://USER:PASSWORD@HOST:5432/DATABASE; .env files may not.",
    details: { variable: "MAIGIC_DATABASE_URL" },
  });
}
