import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createCredentialManager, IntegrationConfig, type Clock, type CredentialManager } from "maigic-integrations";
import { createGoogleSandbox } from "maigic-integrations/sandbox";
import { ProfileModel } from "./support/profile-model.js";
import { tryProfiles, type ProfileScene } from "./support/profile-sequence.js";
import { outcome, type Outcome } from "./support/proof.js";
import { redirectUri, services } from "./support/world.js";

export const name = "profiles";
export const claim =
  "whatever is linked, unlinked, renamed, shared and renewed, a profile gets tokens of its own sign-in and of no other, and no other account takes its place";

const people = ["alice@example.com", "bob@example.com", "carol@example.com"];

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const sequences = full ? 10_000 : 12;
  const problems = await withScene([], (scene) => repeat(scene, sequences));
  return outcome(
    {
      figure: [`${problems.length} problems in ${sequences} sequences`, ...problems.slice(0, 4)].join("; "),
      target: `0 problems in ${sequences} sequences`,
      holds: problems.length === 0,
    },
    {
      "a manager that mixes profiles up": (await withScene([mixesUp], (scene) => repeat(scene, 20, 1))).length > 0,
      "a manager that forgets whose a profile is":
        (await withScene([forgets], (scene) => repeat(scene, 20, 1))).length > 0,
    },
  );
}

/** @param most - so many problems are enough */
async function repeat(scene: ProfileScene, sequences: number, most: number = 10): Promise<string[]> {
  const problems: string[] = [];
  for (let done = 0; done < sequences && problems.length < most; done++) problems.push(...(await tryProfiles(scene)));
  return problems;
}

type Flaw = (manager: CredentialManager) => CredentialManager;

/** @param flaws - what makes the claim false */
async function withScene<T>(flaws: readonly Flaw[], work: (scene: ProfileScene) => Promise<T>): Promise<T> {
  let aheadMs = 0;
  const clock: Clock = {
    now: () => Date.now() + aheadMs,
    sleep: async (delayMs, signal) => sleep(delayMs, undefined, { ...(signal && { signal }) }),
  };
  const seed = { users: people.map((email) => ({ email })) };
  const sandbox = await createGoogleSandbox({ seed, clock, limits: "none" });
  const folder = await mkdtemp(join(tmpdir(), "maigic-profiles-"));
  const open = (): CredentialManager => {
    const places = { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") };
    const config = IntegrationConfig.fromEnv(places, { env: {}, workingDir: folder });
    return flaws.reduce(
      (manager, flaw) => flaw(manager),
      createCredentialManager(config, { endpoints: sandbox.url, clock }),
    );
  };
  try {
    const clientFile = join(folder, "client.json");
    await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
    const managers = [open(), open()];
    for (const service of services)
      await managers[0]?.storeCredentials(service, { credentialsPath: clientFile }, "client");
    const settle = (): void => void (aheadMs += 5_000); // so long one process may not notice what another did
    return await work({ managers, sandbox, settle, model: new ProfileModel(), people });
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const mixesUp: Flaw = (manager) => ({
  ...manager,
  getAccessToken: async (service, userId, options) => {
    const given = await manager.getAccessToken(service, userId, options);
    return Math.random() < 0.9 ? given : manager.getAccessToken(service, "work", options).catch(() => given);
  },
});

const forgets: Flaw = (manager) => ({
  ...manager,
  beginConsent: async (service, options) => {
    if (await manager.hasCredentials(service, options.userId)) await manager.deleteCredentials(service, options.userId);
    return manager.beginConsent(service, { ...options, redirectUri });
  },
});
