/** A service that this package does not know: registered, listed and turned into a client like the built-in ones. */
import { getRegistry, type IntegrationConfig, type IntegrationProvider } from "maigic-integrations";

/** What the client of this example can do. */
export interface WeatherClient {
  today(place: string): Promise<string>;
}

/** The provider: what it is called, what its setup asks for, and how a client is made. */
export const weather: IntegrationProvider<WeatherClient> = {
  getName: () => "example_weather",
  kind: "weather",
  capabilities: { forecast: true },
  setup: {
    title: "Example Weather",
    credentials: { kind: "api_key" },
    steps: [{ title: "Get a key", instruction: "Copy the API key from your account page." }],
  },
  isAvailable: () => true,
  createClient: ({ userId }) => ({ today: (place) => Promise.resolve(`${userId}: sunny in ${place}`) }),
};

/** @returns what the client says */
export async function askForWeather(config?: IntegrationConfig): Promise<string> {
  const registry = getRegistry(config);
  if (!registry.hasProvider("example_weather")) registry.registerProvider(weather);
  const client = registry.createClient("example_weather", { userId: "ann" }) as WeatherClient;
  return client.today("Lisbon");
}
