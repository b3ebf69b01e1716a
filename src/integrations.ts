import type { CalendarClient } from "./calendar/client.js";
import type { ClientOptions, CredentialOptions } from "./client-options.js";
import { IntegrationConfig } from "./config.js";
import { systemClock } from "./core/clock.js";
import { createHttp } from "./core/http.js";
import { createManager } from "./credentials/manager.js";
import type { CredentialManager, CredentialSetup } from "./credentials/types.js";
import type { EmailClient } from "./email/client.js";
import { atOrigin } from "./oauth/endpoints.js";
import { builtInProviders } from "./providers/index.js";
import { IntegrationRegistry, type IntegrationInfo } from "./registry.js";

let processDefault: IntegrationRegistry | undefined;
const registries = new WeakMap<IntegrationConfig, IntegrationRegistry>();

/**
 * The registry that the whole process shares, made from the environment at the first call. With a configuration, that
 * configuration's own; it never replaces the default.
 *
 * @throws ConfigurationError `config.invalid`, `config.invalid_file`
 */
export function getRegistry(config?: IntegrationConfig): IntegrationRegistry {
  if (config) {
    const registry = registries.get(config) ?? makeRegistry(config);
    registries.set(config, registry);
    return registry;
  }
  processDefault ??= makeRegistry(IntegrationConfig.fromEnv());
  return processDefault;
}

/** All registered services by name, each with whether it can be used and, if not, why. */
export function getAvailableIntegrations(config?: IntegrationConfig): Record<string, IntegrationInfo> {
  return getRegistry(config).getAvailableIntegrations();
}

/**
 * A client for mail. Nothing is read or loaded before its first call.
 *
 * @throws ConfigurationError `config.unknown_service`, `config.disabled`, `config.missing_dependency`,
 * `config.invalid`, `config.invalid_profile`, `config.untrusted_endpoint`, `config.unsafe`
 */
export function createEmailClient(service: string, options: ClientOptions = {}): EmailClient {
  return registryOf(options).getEmailClient(service, options);
}

/** A client for calendars. Nothing is read or loaded before its first call. @throws as `createEmailClient` */
export function createCalendarClient(service: string, options: ClientOptions = {}): CalendarClient {
  return registryOf(options).getCalendarClient(service, options);
}

/** The keeper of all credentials of a configuration. Nothing is read before its first call. */
export function createCredentialManager(
  config?: IntegrationConfig,
  options: CredentialOptions = {},
): CredentialManager {
  return getRegistry(config).getCredentialManager(options);
}

function registryOf({ registry, config }: ClientOptions): IntegrationRegistry {
  return registry ?? getRegistry(config);
}

function makeRegistry(config: IntegrationConfig): IntegrationRegistry {
  const registry: IntegrationRegistry = new IntegrationRegistry({
    config,
    builtIn: builtInProviders,
    credentials: ({ endpoints, clock = systemClock, dispatcher, store }) =>
      createManager({
        config,
        clock,
        store,
        http: createHttp({ dispatcher, proxy: config.proxy }),
        nameOf: (service) => (registry.hasProvider(service) ? registry.getProvider(service).getName() : service),
        setups: (service) => setupOf(registry, service, endpoints),
      }),
  });
  return registry;
}

function setupOf(
  registry: IntegrationRegistry,
  service: string,
  endpoints: string | undefined,
): CredentialSetup | undefined {
  if (!registry.hasProvider(service)) return undefined;
  const { credentials } = registry.getProvider(service).setup;
  if (credentials.kind !== "oauth" || endpoints === undefined) return credentials;
  return { ...credentials, endpoints: atOrigin(credentials.endpoints, endpoints) };
}
