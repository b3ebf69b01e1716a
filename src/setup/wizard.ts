import { integrationError, isIntegrationError } from "../core/errors.js";
import type { AccessLevel, CredentialManager, ProfileSummary } from "../credentials/types.js";
import type { IntegrationRegistry } from "../registry.js";
import type { Prompter } from "./prompter.js";
import { finishSignIn, signIn, type SignInWay } from "./sign-in.js";
import { listStatus, type StatusLine } from "./status.js";
import { testConnection } from "./test-connection.js";

/** What the setup is to do; what is missing is asked for when somebody is there to answer. */
export interface SetupOptions {
  readonly registry: IntegrationRegistry;
  readonly prompter: Prompter;
  /** Names or aliases. */
  readonly services?: readonly string[];
  /** Default: the configuration's default user. */
  readonly userId?: string;
  readonly access?: AccessLevel;
  /** Path of the OAuth client file as downloaded from the service's console. */
  readonly clientFile?: string;
  /** Its key file, and in whose name it acts: nobody signs in then. */
  readonly serviceAccount?: { readonly keyFile: string; readonly subject?: string | undefined };
  /** One sign-in for all of the services, which they share from then on; else each has its own. */
  readonly together?: boolean;
  readonly way?: SignInWay;
  /** The address that a sign-in begun with `paste` ended at: finishes that one, and nothing else is set up. */
  readonly pasted?: string;
  readonly openBrowser?: boolean;
  /** Origin of a sandbox to rehearse with. */
  readonly sandbox?: string;
  readonly signal?: AbortSignal;
}

/** What the setup did, service by service. */
export interface SetupResult {
  readonly connected: readonly (ProfileSummary & { readonly enableVariable?: string; readonly enabled: boolean })[];
}

/**
 * Brings services from nothing to a tested connection.
 *
 * @throws ConfigurationError `config.missing_variable` naming the flag when an answer is needed and nobody can give it;
 * and what `beginConsent`, `completeConsent` and the first call of a client throw
 */
export async function runSetup(options: SetupOptions): Promise<SetupResult> {
  const { registry, pasted } = options;
  const manager = registry.getCredentialManager(sandboxOf(options));
  const userId = options.userId ?? registry.config.defaultUser;
  if (pasted !== undefined)
    return resultOf(options, [await finish(await finishSignIn(manager, pasted, userId), options)]);
  const services = await chooseServices(options);
  for (const service of services) requireUsable(registry, service);
  if (options.together) for (const service of services) requireSignIn(registry, service);
  const steps = options.together ? [services] : services.map((service) => [service]);
  const connected: ProfileSummary[] = [];
  for (const [service, ...others] of steps) {
    if (service !== undefined) connected.push(...(await setUp(service, others, options, manager)));
  }
  return resultOf(options, connected);
}

function resultOf({ registry }: SetupOptions, profiles: readonly ProfileSummary[]): SetupResult {
  const connected = profiles.map((profile) => {
    const { enabled, enableVariable } = registry.getProviderInfo(profile.service);
    return { ...profile, enabled, ...(enableVariable !== undefined && { enableVariable }) };
  });
  return { connected };
}

/** What cannot be used afterwards is told before anybody signs in. @throws ConfigurationError */
function requireUsable(registry: IntegrationRegistry, service: string): void {
  const { enableVariable } = registry.getProvider(service);
  if (enableVariable !== undefined) registry.config.isEnabled(enableVariable); // neither true nor false: says so
  registry.requirePackages(service);
}

/** @throws ConfigurationError `config.invalid` for a service that nobody signs in to */
function requireSignIn(registry: IntegrationRegistry, service: string): void {
  const { title, credentials } = registry.getProvider(service).setup;
  if (credentials.kind === "oauth") return;
  throw integrationError("config.invalid", {
    message: `${title} has no sign-in that it could share: it is used with an API key.`,
    hint: "Set it up by itself, without together.",
    service,
  });
}

async function chooseServices({ registry, prompter, services }: SetupOptions): Promise<string[]> {
  if (services && services.length > 0) return services.map((name) => registry.getProvider(name).getName());
  if (!prompter.interactive) {
    throw integrationError("config.missing_variable", {
      message: "Which service is to be set up is not said, and nobody is there to ask.",
      hint: `Add --service with one of: ${Object.keys(registry.getAvailableIntegrations()).join(", ")}.`,
      details: { flag: "--service" },
    });
  }
  const lines = await listStatus(registry);
  const firstOf = new Map(lines.map((line): [string, StatusLine] => [line.service, line]));
  return prompter.chooseSeveral(
    "Which services do you want to set up?",
    [...firstOf.values()].map(({ service, title, state }) => ({
      value: service,
      label: title,
      hint: state.replace("_", " "),
    })),
  );
}

/** @param others - services that share the sign-in of this one */
async function setUp(
  service: string,
  others: readonly string[],
  options: SetupOptions,
  manager: CredentialManager,
): Promise<ProfileSummary[]> {
  const { registry, prompter } = options;
  const userId = options.userId ?? registry.config.defaultUser;
  const { title, credentials } = registry.getProvider(service).setup;
  prompter.say(
    `${[service, ...others].map((name) => registry.getProvider(name).setup.title).join(" and ")}, profile "${userId}"`,
  );
  if (credentials.kind === "api_key") await storeKey(service, userId, options, manager);
  else if (options.serviceAccount) {
    const { serviceAccount, access } = options;
    for (const each of [service, ...others]) {
      await manager.linkServiceAccount(each, { userId, ...serviceAccount, ...(access && { access }) });
    }
  } else {
    await withClientFile(service, options, (clientFile) =>
      signIn(manager, prompter, {
        service,
        title,
        userId,
        way: options.way ?? "loopback",
        openBrowser: options.openBrowser ?? true,
        ...(others.length > 0 && { alsoFor: others }),
        ...(options.access && { access: options.access }),
        ...(clientFile !== undefined && { clientFile }),
        ...(options.signal && { signal: options.signal }),
      }),
    );
  }
  const profiles: ProfileSummary[] = [];
  for (const name of [service, ...others]) {
    const profile = (await manager.listProfiles(name)).find((each) => each.userId === userId);
    if (profile) profiles.push(await finish(profile, options));
  }
  return profiles;
}

/** Tests what was connected. */
async function finish(profile: ProfileSummary, options: SetupOptions): Promise<ProfileSummary> {
  const { title } = options.registry.getProvider(profile.service).setup;
  await options.prompter.during(`Testing the connection to ${title}`, () =>
    testConnection(options.registry, profile, {
      ...sandboxOf(options),
      ...(options.signal && { signal: options.signal }),
    }),
  );
  return profile;
}

/** Asks for the key of a service that uses one; it is not shown while it is typed. */
async function storeKey(
  service: string,
  userId: string,
  options: SetupOptions,
  manager: CredentialManager,
): Promise<void> {
  const { prompter } = options;
  const { title } = options.registry.getProvider(service).setup;
  if (prompter.interactive) explainSteps(service, options);
  const apiKey = (
    await prompter.ask(`API key of ${title}`, { secret: true, piped: true, flag: "an API key on standard input" })
  ).trim();
  if (apiKey === "") {
    throw integrationError("config.invalid", {
      message: `No API key was given for ${title}; nothing was stored.`,
      hint: "Run the setup again and paste the key, or pipe it in on standard input.",
      service,
    });
  }
  await manager.storeCredentials(service, { apiKey }, userId);
}

/** Runs a sign-in; when the vault has no client file for the service yet, explains how to get one and asks for it. */
async function withClientFile<T>(
  service: string,
  options: SetupOptions,
  run: (clientFile: string | undefined) => Promise<T>,
): Promise<T> {
  try {
    return await run(options.clientFile);
  } catch (error) {
    const missing = isIntegrationError(error, "config.invalid_file") && error.details?.["missing"] === true;
    if (!missing || options.clientFile !== undefined || !options.prompter.interactive) throw error;
    explainSteps(service, options);
    const placeholder = "~/Downloads/client_secret_….json";
    return run((await options.prompter.ask("Path of the downloaded client file", { placeholder })).trim());
  }
}

function explainSteps(service: string, { registry, prompter }: SetupOptions): void {
  for (const [index, { title, instruction, url }] of registry.getProvider(service).setup.steps.entries()) {
    prompter.say(`${index + 1}. ${title}: ${instruction}${url === undefined ? "" : `\n   ${url}`}`);
  }
}

function sandboxOf({ sandbox }: SetupOptions): { endpoints?: string } {
  return sandbox === undefined ? {} : { endpoints: sandbox };
}
