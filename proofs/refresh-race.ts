import type { Outcome } from "./support/proof.js";
import { copyOf, raceForTokens, raceSeed } from "./support/refresh-race.js";
import { openWorld } from "./support/world.js";

export const name = "refresh-race";
export const claim = "processes that find a token expired renew it once, and every one of their calls gets the new one";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  await using world = await openWorld(raceSeed, "alice@example.com");
  const { credentialsDir, configDir } = world.config;
  const config = { credentialsDir, configDir, googleGmailEnabled: true };
  const size = full
    ? { processes: 16, calls: 200, rounds: 20, p95Ms: 500 }
    : { processes: 4, calls: 50, rounds: 2, apart: 2 };
  const track = { sandbox: world.sandbox, config, env: {} };
  return await raceForTokens(track, size, (racer) => copyOf(track, credentialsDir, racer));
}
