import { integrationError, isIntegrationError } from "../core/errors.js";
import type { AccessLevel, CredentialManager, ProfileSummary } from "../credentials/types.js";
import type { IntegrationRegistry } from "../registry.js";
import type { Prompter } from "./prompter.js";
import { signIn, type SignInWay } from "./sign-in.js";
import { listStatus, type StatusLine } from "./status.js";

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
  readonly way?: SignInWay;
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
  const { registry } = options;
  const manager = registry.getCredentialManager(sandboxOf(options));
  const services = await chooseServices(options);
  for (const service of services) requireUsable(registry, service);
  const connected = [];
  for (const service of services) {
    const profile = await setUp(service, options, manager);
    const { enabled, enableVariable } = registry.getProviderInfo(service);
    connected.push({ ...profile, enabled, ...(enableVariable !== undefined && { enableVariable }) });
  }
  return { connected };
}

/** What cannot be used afterwards is told before anybody signs in. @throws ConfigurationError, `request.unsupported` */
function requireUsable(registry: IntegrationRegistry, service: string): void {
  const { enableVariable, setup } = registry.getProvider(service);
  if (enableVariable !== undefined) registry.config.isEnabled(enableVariable); // neither true nor false: says so
  registry.requirePackages(service);
  if (setup.credentials.kind === "oauth") return;
  throw integrationError("request.unsupported", {
    message: `${setup.title} is used with an API key: nobody signs in.`,
    hint: `Store the key with storeCredentials("${service}", { api_key }).`,
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

async function setUp(service: string, options: SetupOptions, manager: CredentialManager): Promise<ProfileSummary> {
  const { registry, prompter } = options;
  const userId = options.userId ?? registry.config.defaultUser;
  const { title } = registry.getProvider(service).setup;
  prompter.say(`${title}, profile "${userId}"`);
  const profile = await withClientFile(service, options, (clientFile) =>
    signIn(manager, prompter, {
      service,
      userId,
      way: options.way ?? "loopback",
      openBrowser: options.openBrowser ?? true,
      ...(options.access && { access: options.access }),
      ...(clientFile !== undefined && { clientFile }),
      ...(options.signal && { signal: options.signal }),
    }),
  );
  await prompter.during(`Testing the connection to ${title}`, () => testConnection(service, userId, options, manager));
  return profile;
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
    const { prompter, registry } = options;
    for (const [index, step] of registry.getProvider(service).setup.steps.entries()) {
      prompter.say(
        `${index + 1}. ${step.title}: ${step.instruction}${step.url === undefined ? "" : `\n   ${step.url}`}`,
      );
    }
    return run(
      (
        await prompter.ask("Path of the downloaded client file", { placeholder: "~/Downloads/client_secret_….json" })
      ).trim(),
    );
  }
}

async function testConnection(
  service: string,
  userId: string,
  options: SetupOptions,
  credentials: CredentialManager,
): Promise<void> {
  const client = options.registry.createClientForSetup(service, { userId, credentials, ...sandboxOf(options) });
  if (!isConnectable(client)) return;
  try {
    await client.connect({ timeoutMs: 30_000, ...(options.signal && { signal: options.signal }) });
  } finally {
    await client.close();
  }
}

interface Connectable {
  connect(options: { timeoutMs: number; signal?: AbortSignal }): Promise<void>;
  close(): Promise<void>;
}

/** Clients of third parties may have neither method; then the sign-in itself was the test. */
function isConnectable(client: unknown): client is Connectable {
  return typeof client === "object" && client !== null && "connect" in client && "close" in client;
}

function sandboxOf({ sandbox }: SetupOptions): { endpoints?: string } {
  return sandbox === undefined ? {} : { endpoints: sandbox };
}
