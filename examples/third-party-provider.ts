/**
 * # Adding a provider
 *
 * A service that this package does not know takes its place beside the built-in ones: it is registered, listed, set up
 * and turned into a client in the same way. This page is made from
 * [`examples/third-party-provider.ts`](../examples/third-party-provider.ts), which the tests run.
 *
 * The service here has weather and wants an API key. One that signs people in with OAuth differs in its `setup` alone: its
 * `credentials` are `{ kind: "oauth", endpoints, scopes }`, and its client asks `credentials.getAccessToken` instead.
 */
import {
  getRegistry,
  integrationError,
  Secret,
  type CredentialManager,
  type IntegrationConfig,
  type IntegrationProvider,
  type IntegrationRegistry,
} from "maigic-integrations";

/**
 * ## What the client can do
 *
 * A client of your own kind has whatever methods the service deserves; one of the kind `email` or `calendar` keeps that
 * contract. `connect` and `close` are worth having: the setup and the doctor try a connection out with them.
 */
export interface WeatherClient {
  connect(): Promise<void>;
  today(place: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * ## The provider
 *
 * Light data: importing it must cost nothing, so a client that needs a large package imports it when it is first called.
 * `setup` says what the wizard asks for and explains; `--list` and `doctor` follow from it. The service's address is a part
 * of the definition: a key is sent there and nowhere else. Here a test may name its own.
 */
export function weatherProvider(origin = "https://api.weather.example"): IntegrationProvider<WeatherClient> {
  return {
    getName: () => "example_weather",
    kind: "weather",
    aliases: ["weather"],
    capabilities: { forecast: true },
    setup: {
      title: "Example Weather",
      credentials: { kind: "api_key" },
      steps: [
        {
          id: "key",
          title: "Get a key",
          instruction: "Copy the API key from your account page.",
          url: "https://weather.example/account",
        },
      ],
    },
    isAvailable: () => true,
    createClient: ({ service, userId, credentials }) => weatherClient({ origin, service, userId, credentials }),
  };
}

/** ## The client */
function weatherClient(context: WeatherContext): WeatherClient {
  const today = async (place: string): Promise<string> => {
    const answer = await ask(context, `/today?place=${encodeURIComponent(place)}`);
    return `${place}: ${answer.weather}`;
  };
  return {
    connect: async () => {
      await ask(context, "/today?place=nowhere");
    },
    today,
    close: () => Promise.resolve(),
  };
}

interface WeatherContext {
  readonly origin: string;
  readonly service: string;
  readonly userId: string;
  readonly credentials: CredentialManager;
}

/**
 * ## The key
 *
 * It is kept sealed, like everything secret, and comes back as a `Secret`, which shows itself nowhere. Reveal it where it is
 * put on the wire, and nowhere else. Every failure is an `IntegrationError` with a hint that says what to do.
 */
async function ask(
  { origin, service, userId, credentials }: WeatherContext,
  path: string,
): Promise<{ weather: string }> {
  const facts = { service, profile: userId, hint: `Run npx maigic-integrations-setup --service ${service}.` };
  const apiKey = (await credentials.getCredentials(service, userId))?.apiKey;
  if (!(apiKey instanceof Secret)) throw integrationError("auth.not_connected", facts);
  const response = await fetch(`${origin}${path}`, {
    headers: { "x-api-key": apiKey.reveal() },
    redirect: "error",
  }).catch((cause: unknown) => {
    throw integrationError("connection.network", { ...facts, cause, hint: "Try again later." });
  });
  if (response.status === 401) throw integrationError("auth.invalid_credentials", facts);
  if (!response.ok) throw integrationError("connection.unavailable", { service, profile: userId });
  return (await response.json()) as { weather: string };
}

/**
 * ## Registering it
 *
 * A provider that a program registers is switched on. From then on the registry lists it, makes its clients, and keeps its
 * profiles apart. Hand the registry to `runCli` or `runSetup`, and your program has the wizard, `--list` and `doctor` for
 * your service as well:
 *
 * ```ts
 * import { runCli } from "maigic-integrations";
 *
 * process.exitCode = await runCli(process.argv.slice(2), { registry: withWeather() });
 *
 * declare function withWeather(): import("maigic-integrations").IntegrationRegistry;
 * ```
 */
export function withWeather(config?: IntegrationConfig, origin?: string): IntegrationRegistry {
  const registry = getRegistry(config);
  if (!registry.hasProvider("example_weather")) registry.registerProvider(weatherProvider(origin));
  return registry;
}

/**
 * ## Using it
 *
 * The key may come from the setup, which asks for it without showing it, or from the program, as here.
 */
export async function askForWeather(registry: IntegrationRegistry, apiKey: string): Promise<string> {
  await registry.getCredentialManager().storeCredentials("example_weather", { apiKey }, "ann");
  const client = registry.createClient("example_weather", { userId: "ann" }) as WeatherClient;
  try {
    return await client.today("Lisbon");
  } finally {
    await client.close();
  }
}
