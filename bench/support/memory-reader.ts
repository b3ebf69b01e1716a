import { setTimeout as sleep } from "node:timers/promises";
import { IntegrationConfig } from "maigic-integrations";
import { peers, readOurs, requireNewest, type ReadingAccount } from "./reading.js";

/** Who reads how much. */
export interface MemoryOrder {
  readonly account: ReadingAccount;
  /** One of the peers; ours without. */
  readonly peer?: string | undefined;
  readonly count: number;
  readonly mails: number;
}

// Run by itself, so that the memory is nobody else's.
process.once("message", (order: MemoryOrder) => void read(order));
process.once("disconnect", () => process.exit());

async function read({ account, peer, count, mails }: MemoryOrder): Promise<void> {
  const config = IntegrationConfig.fromEnv({ ...account.folders, googleGmailEnabled: true }, { env: {} });
  const options = { config, endpoints: account.url };
  const reading = peer === undefined ? readOurs : peers[peer];
  if (!reading) throw new Error(`There is no ${peer}.`);
  await sleep(100);
  const before = process.memoryUsage().rss;
  const error = await reading(account, options, count).then(
    (subjects) => requireNewest(subjects, count, mails),
    (failure: unknown) => String(failure),
  );
  process.send?.({ megabytes: (process.resourceUsage().maxRSS * 1024 - before) / 1024 / 1024, error });
}
