import type { CalendarClient } from "./calendar/client.js";
import { sandboxOrigin, type ClientOptions, type CredentialOptions } from "./client-options.js";
import type { IntegrationConfig } from "./config.js";
import { systemClock } from "./core/clock.js";
import { integrationError, isIntegrationError } from "./core/errors.js";
import { requireAccess } from "./credentials/access-level.js";
import { requireServiceName, requireUserId } from "./credentials/names.js";
import type { CredentialManager, CredentialState } from "./credentials/types.js";
import type { EmailClient } from "./email/client.js";
import type { AccessChecks, Capabilities, IntegrationProvider, ProviderContext } from "./provider.js";

/** What exists under a service's name, whether it can be used, and if not, why. */
export interface IntegrationInfo {
  name: string;
  title: string;
  kind: string;
  aliases: string[];
  capabilities: Capabilities;
  /** Its optional packages are installed. */
  available: boolean;
  enabled: boolean;
  enableVariable?: string;
  /** The variable is set, but to neither true nor false. */
  misset?: true;
  /** Why it cannot be used now, and the exact command or variable that changes that. */
  problem?: string;
}

/** An integration as one profile sees it. */
export interface IntegrationStatus extends IntegrationInfo {
  state: CredentialState;
  reason?: string;
  account?: string;
}

/** What a registry is made of. */
export interface RegistryParts {
  readonly config: IntegrationConfig;
  /** Providers that come with the package: off until their variable switches them on. */
  readonly builtIn?: readonly IntegrationProvider[];
  readonly credentials: (options: CredentialOptions) => CredentialManager;
}

interface Registration {
  readonly provider: IntegrationProvider;
  readonly enabledByDefault: boolean;
}

/** Which services exist, which are switched on, and what makes a client of each. */
export class IntegrationRegistry {
  readonly config: IntegrationConfig;
  readonly #parts: RegistryParts;
  readonly #registrations = new Map<string, Registration>();
  /** One manager for each way of reaching credentials, so that a token is renewed once, whoever asks. */
  readonly #managers: { readonly options: CredentialOptions; readonly manager: CredentialManager }[] = [];

  constructor(parts: RegistryParts) {
    this.config = parts.config;
    this.#parts = parts;
    for (const provider of parts.builtIn ?? []) this.#register({ provider, enabledByDefault: false });
  }

  /** Adds a provider, switched on unless its variable says no. @throws ConfigurationError `config.invalid` for a taken name, `config.unknown_service` for one that is none */
  registerProvider(provider: IntegrationProvider): void {
    this.#register({ provider, enabledByDefault: true });
  }

  /** Names of all services that can be used now: installed and switched on. */
  getAvailableProviders(): string[] {
    return this.#usable(() => true);
  }

  /** Names of the e-mail services that can be used now. */
  getEmailProviders(): string[] {
    return this.#usable((info) => info.kind === "email");
  }

  /** Names of the calendar services that can be used now. */
  getCalendarProviders(): string[] {
    return this.#usable((info) => info.kind === "calendar");
  }

  /** Whether a service of that name or alias is registered. */
  hasProvider(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  /** The provider of a name or alias. @throws ConfigurationError `config.unknown_service` listing what there is */
  getProvider(name: string): IntegrationProvider {
    return this.#get(name).provider;
  }

  /** What is known of a service without its credentials. @throws ConfigurationError `config.unknown_service` */
  getProviderInfo(name: string): IntegrationInfo {
    return this.#info(this.#get(name));
  }

  /** All registered services by name. */
  getAvailableIntegrations(): Record<string, IntegrationInfo> {
    return Object.fromEntries([...this.#registrations].map(([name, entry]) => [name, this.#info(entry)]));
  }

  /** A client for mail. @throws ConfigurationError as `createClient`, and `config.unknown_service` for another kind */
  getEmailClient(name: string, options: ClientOptions = {}): EmailClient {
    this.#requireKind(name, "email");
    return this.createClient(name, options) as EmailClient;
  }

  /** A client for calendars. @throws ConfigurationError as `createClient`, and `config.unknown_service` for another kind */
  getCalendarClient(name: string, options: ClientOptions = {}): CalendarClient {
    this.#requireKind(name, "calendar");
    return this.createClient(name, options) as CalendarClient;
  }

  /**
   * A client of any kind. Nothing is read or loaded before its first call.
   *
   * @throws ConfigurationError `config.unknown_service`, `config.disabled`, `config.missing_dependency`,
   * `config.invalid`, `config.invalid_profile`, `config.untrusted_endpoint`, `config.unsafe`
   */
  createClient(name: string, options: ClientOptions = {}): unknown {
    this.#requireEnabled(this.#get(name));
    return this.createClientForSetup(name, options);
  }

  /** The same for a service that is not switched on yet: setup tests a connection before it suggests to enable it. */
  createClientForSetup(name: string, options: ClientOptions = {}): unknown {
    return this.getProvider(name).createClient(this.#contextOf(name, options));
  }

  /** What tries out the permissions of a profile, or undefined where the service has no such checks. @throws as `createClient` */
  async openAccessChecks(name: string, options: ClientOptions = {}): Promise<AccessChecks | undefined> {
    return this.getProvider(name).openAccessChecks?.(this.#contextOf(name, options));
  }

  #contextOf(name: string, options: ClientOptions): ProviderContext {
    const service = this.getProvider(name).getName();
    this.requirePackages(name);
    const userId = requireUserId(options.userId ?? this.config.defaultUser);
    requireAccess(options.access);
    const endpoints = options.endpoints === undefined ? undefined : sandboxOrigin(options.endpoints, this.config);
    return {
      service,
      userId,
      access: options.access,
      config: this.config,
      credentials: options.credentials ?? this.getCredentialManager(options),
      clock: options.clock ?? systemClock,
      dispatcher: options.dispatcher,
      logger: options.logger,
      endpoints,
    };
  }

  /** @throws ConfigurationError `config.missing_dependency` with the command that installs a service's packages */
  requirePackages(name: string): void {
    requirePackages(this.getProvider(name));
  }

  /** The keeper of this registry's credentials; the same one for the same options. */
  getCredentialManager({ endpoints, clock, dispatcher, store }: CredentialOptions = {}): CredentialManager {
    const origin = endpoints === undefined ? undefined : sandboxOrigin(endpoints, this.config);
    const known = this.#managers.find(
      ({ options }) =>
        options.endpoints === origin &&
        options.clock === clock &&
        options.dispatcher === dispatcher &&
        options.store === store,
    );
    if (known) return known.manager;
    const options: CredentialOptions = {
      ...(origin !== undefined && { endpoints: origin }),
      ...(clock !== undefined && { clock }),
      ...(dispatcher !== undefined && { dispatcher }),
      ...(store !== undefined && { store }),
    };
    const manager = this.#parts.credentials(options);
    this.#managers.push({ options, manager });
    return manager;
  }

  /** Every registered service with the true state of one profile's credentials. @throws ConfigurationError `config.invalid_profile` */
  async listUserIntegrations(userId: string): Promise<Record<string, IntegrationStatus>> {
    const { profileHash } = await import("./credentials/profile-hash.js");
    const damagedFile = `${profileHash(requireUserId(userId), 8)}_`; // who is in a damaged pointer is told by its name only
    const profiles = (await this.getCredentialManager().listProfiles()).filter(
      (profile) => profile.userId === userId || profile.userId.startsWith(damagedFile),
    );
    const status = (name: string, entry: Registration): IntegrationStatus => {
      const profile = profiles.find((candidate) => candidate.service === name);
      return {
        ...this.#info(entry),
        state: profile?.state ?? "needs_setup",
        ...(profile?.reason !== undefined && { reason: profile.reason }),
        ...(profile?.account !== undefined && { account: profile.account }),
      };
    };
    return Object.fromEntries([...this.#registrations].map(([name, entry]) => [name, status(name, entry)]));
  }

  #register(registration: Registration): void {
    const { provider } = registration;
    for (const name of [provider.getName(), ...(provider.aliases ?? [])]) {
      requireServiceName(name);
      if (!this.hasProvider(name)) continue;
      throw integrationError("config.invalid", {
        message: `A provider called "${name}" is registered already.`,
        hint: "Give the provider another name or alias.",
        details: { name },
      });
    }
    this.#registrations.set(provider.getName(), registration);
  }

  #find(name: string): Registration | undefined {
    const exact = this.#registrations.get(name);
    if (exact) return exact;
    return [...this.#registrations.values()].find(({ provider }) => provider.aliases?.includes(name));
  }

  #get(name: string): Registration {
    const registration = this.#find(name);
    if (registration) return registration;
    throw this.#unknown(name, "There is no service");
  }

  #requireKind(name: string, kind: string): void {
    if (this.#get(name).provider.kind !== kind) throw this.#unknown(name, `There is no ${kind} service`, kind);
  }

  #unknown(name: string, message: string, kind?: string): Error {
    const infos = Object.values(this.getAvailableIntegrations()).filter(
      (info) => kind === undefined || info.kind === kind,
    );
    const listed = infos.map((info) => (info.problem === undefined ? info.name : `${info.name} (${info.problem})`));
    return integrationError("config.unknown_service", {
      message: `${message} called "${name}".`,
      hint: `Use one of: ${listed.join(", ") || "none is registered"}.`,
      service: name,
      details: { known: infos.map((info) => info.name) },
    });
  }

  #info({ provider, enabledByDefault }: Registration): IntegrationInfo {
    const variable = provider.enableVariable;
    const available = provider.isAvailable();
    const { enabled, problem, misset } = this.#switch(provider, enabledByDefault);
    const why = available ? problem : needs(provider);
    return {
      name: provider.getName(),
      title: provider.setup.title,
      kind: provider.kind,
      aliases: [...(provider.aliases ?? [])],
      capabilities: provider.capabilities,
      available,
      enabled,
      ...(variable !== undefined && { enableVariable: variable }),
      ...(misset && { misset }),
      ...(why !== undefined && { problem: why }),
    };
  }

  #switch(
    provider: IntegrationProvider,
    enabledByDefault: boolean,
  ): { enabled: boolean; problem?: string; misset?: true } {
    const variable = provider.enableVariable;
    try {
      const enabled = (variable === undefined ? undefined : this.config.isEnabled(variable)) ?? enabledByDefault;
      return enabled ? { enabled } : { enabled, problem: `disabled: set ${variable ?? "its variable"}=true` };
    } catch (error) {
      if (isIntegrationError(error, "config.invalid")) return { enabled: false, problem: error.message, misset: true };
      throw error;
    }
  }

  #requireEnabled({ provider, enabledByDefault }: Registration): void {
    const variable = provider.enableVariable;
    const enabled = (variable === undefined ? undefined : this.config.isEnabled(variable)) ?? enabledByDefault;
    if (enabled) return;
    throw integrationError("config.disabled", {
      message: `${provider.setup.title} (${provider.getName()}) is not switched on.`,
      hint: `Run npx maigic-integrations-setup --service ${provider.getName()}, which connects an account and switches it on, or set ${variable ?? "its enabling variable"}=true in .env or in the environment.`,
      service: provider.getName(),
      ...(variable !== undefined && { details: { variable } }),
    });
  }

  #usable(wanted: (info: IntegrationInfo) => boolean): string[] {
    return Object.values(this.getAvailableIntegrations())
      .filter((info) => info.available && info.enabled && wanted(info))
      .map((info) => info.name);
  }
}

function needs(provider: IntegrationProvider): string {
  return provider.packages?.length ? `needs: ${installCommand(provider)}` : "its packages are not installed";
}

/** The npm command that makes a provider available. */
export function installCommand(provider: IntegrationProvider): string {
  return `npm install ${(provider.packages ?? []).join(" ")}`;
}

function requirePackages(provider: IntegrationProvider): void {
  if (provider.isAvailable()) return;
  throw integrationError("config.missing_dependency", {
    message: `${provider.setup.title} (${provider.getName()}) needs packages that are not installed.`,
    hint: provider.packages?.length ? `Run: ${installCommand(provider)}` : undefined,
    service: provider.getName(),
    details: { packages: provider.packages ?? [] },
  });
}
