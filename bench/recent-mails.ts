import { endSandboxProcess, openAccount, type Account } from "./support/account.js";
import { peers, readOurs, requireNewest, type Reading } from "./support/reading.js";
import { compare, type Contestant, type Row } from "./support/row.js";

export const name = "recent-mails";

const latencyMs = 50;
const caps = [10, 25, 50];
/** So many mails, read before, teach the largest of the caps and leave units for the rest. */
const taughtBy = 150;
const sizes = [
  { count: 50, limits: { gmailUnits: "2026", gmailPerUser: 6_000 } },
  { count: 100, limits: { gmailUnits: "2026", gmailPerUser: 6_000 } },
  { count: 500, limits: { gmailUnits: "before-2026", gmailPerUser: 15_000 } },
] as const;

/** Reading the newest mails with their bodies, from a service of 50 ms an answer whose limits nobody is told. */
export async function measure(): Promise<Row[]> {
  const rows: Row[] = [];
  try {
    for (const size of sizes) for (const cap of caps) rows.push(await row(size, cap));
    return rows;
  } finally {
    endSandboxProcess();
  }
}

async function row({ count, limits }: (typeof sizes)[number], cap: number): Promise<Row> {
  const mails = Math.max(count, taughtBy) + 50;
  const open = (): Promise<Account> => openAccount({ mails, latencyMs, limits: { ...limits, concurrent: cap } });
  const contestant = (read: Reading, runs: number, taught = false): Contestant => ({
    runs,
    run: async () => {
      await using account = await open();
      if (taught) await readOurs(account, account.options, taughtBy);
      const start = performance.now();
      const subjects = await read(account, account.options, count);
      const tookMs = performance.now() - start;
      requireNewest(subjects, count, mails);
      return tookMs;
    },
  });
  const slow = count > 100 ? 1 : 2;
  const others = Object.entries(peers).map(([peer, read]): [string, Contestant] => [
    peer,
    contestant(read, peer.endsWith("one by one") ? slow : 3),
  ]);
  return compare(
    {
      name: `${name}-${count}-cap-${cap}`,
      unit: "ms",
      limit: latencyMs + Math.ceil(count / cap) * latencyMs,
      limitIs: `one list and ${Math.ceil(count / cap)} rounds of ${cap} mails at ${latencyMs} ms each; ours meets the cap for the first time`,
    },
    {
      ours: contestant(readOurs, 5),
      // A reading before it teaches the cap; the client that is measured has read nothing.
      "ours once the cap is known": contestant(readOurs, 5, true),
      ...Object.fromEntries(others),
    },
  );
}
