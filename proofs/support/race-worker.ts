import {
  createCredentialManager,
  IntegrationConfig,
  isIntegrationError,
  type ConfigOverrides,
} from "maigic-integrations";

/** What a worker is started with. */
export interface RaceSetting {
  readonly config: ConfigOverrides;
  readonly env: Readonly<Record<string, string>>;
  /** The sandbox's address. */
  readonly url: string;
  readonly service: string;
}

/** What it is told to do. */
export interface RaceOrder {
  readonly calls: number;
  /** Whether each asks for a new token, as if the service had refused the one that is there. */
  readonly forceRefresh?: boolean;
}

/** What its calls came to. */
export interface RaceResult {
  readonly tookMs: readonly number[];
  readonly tokens: readonly string[];
  readonly failures: readonly string[];
}

// One of many processes: it makes its manager, says that it is ready, and calls as often as it is told, all at once.
process.once("message", ({ config, env, url, service }: RaceSetting) => {
  const credentials = createCredentialManager(IntegrationConfig.fromEnv(config, { env }), { endpoints: url });
  process.on("message", (order: RaceOrder) => void race(order));
  process.send?.("ready");

  async function race({ calls, forceRefresh = false }: RaceOrder): Promise<void> {
    const tookMs: number[] = [];
    const tokens = new Set<string>();
    const failures: string[] = [];
    const call = async (): Promise<void> => {
      const start = performance.now();
      try {
        tokens.add((await credentials.getAccessToken(service, undefined, { forceRefresh })).reveal());
      } catch (error) {
        failures.push(isIntegrationError(error) ? `${error.code}: ${error.message} ${error.hint}` : String(error));
      }
      tookMs.push(performance.now() - start);
    };
    await Promise.all(Array.from({ length: calls }, call));
    const result: RaceResult = { tookMs, tokens: [...tokens], failures };
    process.send?.(result);
  }
});
process.once("disconnect", () => process.exit());
