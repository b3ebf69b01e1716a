import { randomBytes } from "node:crypto";
import { createCredentialManager, IntegrationConfig } from "maigic-integrations";
import { startPostgres } from "./support/postgres-server.js";
import type { Outcome } from "./support/proof.js";
import { raceForTokens, raceSeed, type RaceTrack } from "./support/refresh-race.js";
import { openWorld } from "./support/world.js";

export const name = "refresh-race-postgres";
export const claim =
  "processes with one Postgres database renew a token that ran out once, and every one of their calls gets the new one";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  await using server = await startPostgres();
  const environment = async (): Promise<RaceTrack["env"]> => ({
    MAIGIC_CREDENTIAL_STORAGE: "postgres",
    MAIGIC_DATABASE_URL: await server.newDatabase(),
    MAIGIC_VAULT_KEY: randomBytes(32).toString("hex"),
  });
  const env = await environment();
  await using world = await openWorld(raceSeed, "alice@example.com", { env });
  const { sandbox, folder } = world;
  const track: RaceTrack = { sandbox, config: { credentialsDir: folder, googleGmailEnabled: true }, env };
  const size = full
    ? { processes: 16, calls: 200, rounds: 20, p95Ms: 500 }
    : { processes: 4, calls: 50, rounds: 2, apart: 2 };
  let exported: ReturnType<typeof world.credentials.exportProfiles> | undefined;
  /** The same sign-in in a database for a process alone. */
  const apart = async (): Promise<RaceTrack> => {
    const own = { ...track, env: await environment() };
    const { document, passphrase } = await (exported ??= world.credentials.exportProfiles());
    const manager = createCredentialManager(IntegrationConfig.fromEnv(own.config, own), { endpoints: sandbox.url });
    await manager.importProfiles(document, { passphrase });
    return own;
  };
  return await raceForTokens(track, size, apart);
}
