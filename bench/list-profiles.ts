import { monitorEventLoopDelay } from "node:perf_hooks";
import { createCredentialManager } from "maigic-integrations";
import { endSandboxProcess, openAccount, type Account } from "./support/account.js";
import { addProfiles } from "./support/many-profiles.js";
import { compare, type Row } from "./support/row.js";

export const name = "list-profiles";

const runs = 7;
const profiles = 10_000;
const longestBlockMs = 50;

/** What it costs to tell the true state of 10,000 profiles, each with a sealed token in a file of its own. */
export async function measure(): Promise<Row> {
  try {
    await using account = await openAccount({ mails: 0, latencyMs: 0 });
    await addProfiles(account, profiles - 1);
    return await compare(
      {
        name,
        unit: "ms",
        limit: 150,
        limitIs: "opening 10,000 records at 15 us; the goal is under 600 ms, no block over 50 ms",
      },
      { ours: { runs, run: () => listedMs(account) } },
    );
  } finally {
    endSandboxProcess();
  }
}

/** Lists with a manager that knows nothing yet. @throws when a profile is not ready, or others had to wait too long */
async function listedMs({ options, url }: Account): Promise<number> {
  const credentials = createCredentialManager(options.config, { endpoints: url });
  await credentials.hasCredentials("google_gmail");
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const start = performance.now();
  const listed = await credentials.listProfiles("google_gmail");
  const took = performance.now() - start;
  delays.disable();
  const ready = listed.filter(({ state }) => state === "ready").length;
  if (ready !== profiles) throw new Error(`${ready} of ${profiles} profiles were ready.`);
  const blockedMs = delays.max / 1e6;
  if (blockedMs > longestBlockMs) throw new Error(`The event loop was blocked for ${Math.round(blockedMs)} ms.`);
  return took;
}
