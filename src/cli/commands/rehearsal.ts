import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IntegrationConfig } from "../../config.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { createGoogleSandbox, lifelikeWorld } from "../../sandbox/index.js";

/** A place in which the whole setup can be tried, and of which nothing is left afterwards. */
export interface Rehearsal extends AsyncDisposable {
  readonly registry: IntegrationRegistry;
  /** Origin of its sandbox. */
  readonly sandbox: string;
  /** Where the sandbox's client file lies, as if it had just been downloaded. */
  readonly downloadsDir: string;
  readonly clientFile: string;
  /** The folder that holds all of it. */
  readonly folder: string;
}

/** Starts a sandbox with a lifelike world, and makes a folder for what is stored meanwhile. */
export async function openRehearsal(): Promise<Rehearsal> {
  const sandbox = await createGoogleSandbox({ seed: lifelikeWorld() });
  const folder = await mkdtemp(join(tmpdir(), "maigic-rehearsal-"));
  const downloadsDir = join(folder, "Downloads");
  const clientFile = join(downloadsDir, "client_secret_rehearsal.json");
  await mkdir(downloadsDir);
  await writeFile(clientFile, JSON.stringify(sandbox.clientFile()), { mode: 0o600 });
  const config = IntegrationConfig.fromEnv({
    credentialsDir: join(folder, "credentials"),
    configDir: join(folder, "config"),
    credentialStorage: "file",
    vaultKey: { source: "key_file" },
  });
  return {
    ...{ registry: getRegistry(config), sandbox: sandbox.url, downloadsDir, clientFile, folder },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
