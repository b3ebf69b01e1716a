import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IntegrationConfig, type ConfigOverrides } from "../../src/config.js";
import type { Clock } from "../../src/core/clock.js";
import type { CredentialManager } from "../../src/credentials/types.js";
import { getRegistry } from "../../src/integrations.js";
import type { ClientOptions } from "../../src/client-options.js";
import type { IntegrationRegistry } from "../../src/registry.js";
import {
  createGoogleSandbox,
  type GoogleSandbox,
  type SandboxOptions,
  type SandboxSeed,
} from "../../src/sandbox/index.js";

/** A sandbox and a place of its own for credentials, with nobody signed in. */
export interface World extends AsyncDisposable {
  readonly sandbox: GoogleSandbox;
  readonly folder: string;
  readonly config: IntegrationConfig;
  readonly registry: IntegrationRegistry;
  readonly credentials: CredentialManager;
  /** Path of the sandbox's client file. */
  readonly clientFile: string;
  /** A manager as another process would have it. */
  anotherProcess(): CredentialManager;
  /** Signs an account in, by the same flow as with Google. @returns what clients are made with */
  signIn(service: string, user: string, options?: SignInChoices): Promise<ClientOptions>;
}

interface SignInChoices {
  readonly userId?: string;
  readonly access?: "read" | "write" | "full";
  readonly scopes?: readonly string[];
}

/** Where sign-ins come back to; nothing listens there. */
export const redirectUri = "http://127.0.0.1:8976/callback";

/** Opens a world. */
export async function openWorld(
  options: {
    seed?: SandboxSeed;
    clock?: Clock;
    latencyMs?: number;
    limits?: SandboxOptions["limits"];
    config?: ConfigOverrides;
  } = {},
): Promise<World> {
  const { clock, latencyMs, limits } = options;
  const sandbox = await createGoogleSandbox({
    ...(options.seed && { seed: options.seed }),
    ...(clock && { clock }),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(limits !== undefined && { limits }),
  });
  const folder = await mkdtemp(join(tmpdir(), "maigic-test-"));
  const makeConfig = (): IntegrationConfig =>
    IntegrationConfig.fromEnv(
      {
        credentialsDir: join(folder, "credentials"),
        configDir: join(folder, "config"),
        googleGmailEnabled: true,
        googleCalendarEnabled: true,
        ...options.config,
      },
      { env: {}, workingDir: folder },
    );
  const config = makeConfig();
  const clientFile = join(folder, "client.json");
  await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
  const registry = getRegistry(config);
  const open = (of: IntegrationConfig): CredentialManager =>
    getRegistry(of).getCredentialManager({ endpoints: sandbox.url, ...(clock && { clock }) });
  const credentials = open(config);
  return {
    sandbox,
    folder,
    config,
    registry,
    credentials,
    clientFile,
    anotherProcess: () => open(makeConfig()),
    async signIn(service, user, { userId = "default", access = "write", scopes } = {}) {
      const { url } = await credentials.beginConsent(service, { userId, access, redirectUri, clientFile });
      const callbackUrl = await sandbox.approve(url, { user, ...(scopes && { scopes }) });
      await credentials.completeConsent(callbackUrl, { userId });
      return { config, registry, credentials, endpoints: sandbox.url, userId, ...(clock && { clock }) };
    },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A world and what a test adds to it, with a client of it that is closed before the world ends. */
export function withClient<Extra extends object>(world: World, client: AsyncDisposable, extra: Extra): World & Extra {
  return {
    ...world,
    ...extra,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}
