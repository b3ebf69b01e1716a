import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createCredentialManager,
  IntegrationConfig,
  type AccessLevel,
  type ClientOptions,
  type Clock,
  type CredentialManager,
  type CredentialOptions,
  type ConfigSources,
} from "maigic-integrations";
import {
  createGoogleSandbox,
  type GoogleSandbox,
  type SandboxOptions,
  type SandboxSeed,
} from "maigic-integrations/sandbox";

/** A sandbox with an account signed in to every service, and a folder of its own for all that is stored. */
export interface World extends AsyncDisposable {
  readonly sandbox: GoogleSandbox;
  readonly folder: string;
  readonly config: IntegrationConfig;
  readonly credentials: CredentialManager;
  /** What clients are made with, so that they act for the account. */
  readonly options: ClientOptions;
}

/** Every service of this package. */
export const services = ["google_gmail", "google_calendar"] as const;

/** Where sign-ins of a program without a browser come back to; nothing listens there. */
export const redirectUri = "http://127.0.0.1:8976/callback";

/** How a world is opened. */
export interface WorldOptions {
  readonly env?: ConfigSources["env"];
  readonly clock?: Clock;
  readonly latencyMs?: number;
  /** Default: none, for what is not about quota. */
  readonly limits?: SandboxOptions["limits"];
  readonly access?: AccessLevel;
  /** Who signs in as which profile. Default: the account as `default`. */
  readonly profiles?: Readonly<Record<string, string>>;
  /** What the sign-ins go through. */
  readonly dispatcher?: CredentialOptions["dispatcher"];
}

/** Starts a sandbox and signs `user` in, by the same flow as with Google. */
export async function openWorld(seed: SandboxSeed, user: string, options: WorldOptions = {}): Promise<World> {
  const { env = {}, clock, latencyMs, limits = "none", access = "write", dispatcher } = options;
  const sandbox = await createGoogleSandbox({
    seed,
    limits,
    ...(clock && { clock }),
    ...(latencyMs !== undefined && { latencyMs }),
  });
  const folder = await mkdtemp(join(tmpdir(), "maigic-world-"));
  const config = configIn(folder, env);
  const credentials = createCredentialManager(config, {
    endpoints: sandbox.url,
    ...(clock && { clock }),
    ...(dispatcher && { dispatcher }),
  });
  const clientFile = join(folder, "client.json");
  await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
  for (const [userId, address] of Object.entries(options.profiles ?? { default: user })) {
    for (const service of services) {
      const { url } = await credentials.beginConsent(service, { userId, access, redirectUri, clientFile });
      await credentials.completeConsent(await sandbox.approve(url, { user: address }), { userId });
    }
  }
  return {
    sandbox,
    folder,
    config,
    credentials,
    options: { config, credentials, endpoints: sandbox.url },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The configuration of a world, as every process in its folder has it. */
export function configIn(folder: string, env: ConfigSources["env"] = {}): IntegrationConfig {
  return IntegrationConfig.fromEnv(
    {
      credentialsDir: join(folder, "credentials"),
      configDir: join(folder, "config"),
      googleGmailEnabled: true,
      googleCalendarEnabled: true,
    },
    { env, workingDir: folder },
  );
}
