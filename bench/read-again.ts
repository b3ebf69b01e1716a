import { createEmailClient } from "maigic-integrations";
import { endSandboxProcess, openAccount, type Account } from "./support/account.js";
import { readTheirs } from "./support/reading.js";
import { compare, type Row } from "./support/row.js";

export const name = "read-again";

const count = 50;
const arrived = 3;
const latencyMs = 50;
const mostRequests = 6;
const limits = { gmailUnits: "2026", gmailPerUser: 6_000, concurrent: 25 } as const;

/** Reading the 50 newest mails once more, after three have arrived: time, and requests. */
export async function measure(): Promise<Row[]> {
  const peers = { "@googleapis/gmail one by one": 1, "20 at a time": 20, unbounded: Infinity };
  const facts = { limit: 2 * latencyMs, limitIs: `one list beside what has changed, and ${arrived} mails together` };
  try {
    const time = await compare(
      { name, unit: "ms", ...facts },
      {
        ours: { runs: 5, run: async () => (await again(readOurs)).tookMs },
        ...Object.fromEntries(
          Object.entries(peers).map(([peer, atOnce]) => [
            peer,
            { runs: 3, run: async () => (await again(theirs(atOnce))).tookMs },
          ]),
        ),
      },
    );
    const requests = await compare(
      { name: `${name}-requests`, unit: "requests", limit: mostRequests, limitIs: "the goal: at most 6 requests" },
      {
        ours: { runs: 1, run: async () => (await again(readOurs)).requests },
        "20 at a time": { runs: 1, run: async () => (await again(theirs(20))).requests },
      },
    );
    return [time, requests];
  } finally {
    endSandboxProcess();
  }
}

/** What reads the newest mails of an account, as often as it is called. */
type Reader = (account: Account) => { readonly read: () => Promise<string[]>; readonly close: () => Promise<void> };

const readOurs: Reader = ({ options }) => {
  const client = createEmailClient("google_gmail", options);
  return {
    read: async () => (await client.getRecentEmails({ count, includeBody: true })).map(({ subject }) => subject),
    close: () => client.close(),
  };
};

function theirs(atOnce: number): Reader {
  return (account) => ({
    read: () => readTheirs(atOnce)(account, account.options, count),
    close: () => Promise.resolve(),
  });
}

/** Reads, lets mails arrive, and measures the second reading. */
async function again(open: Reader): Promise<{ tookMs: number; requests: number }> {
  await using account = await openAccount({ mails: count + 50, latencyMs, limits });
  const { read, close } = open(account);
  try {
    await read();
    for (let index = 0; index < arrived; index++) await account.receive(`New ${index}`);
    const before = await account.requestCount();
    const start = performance.now();
    const subjects = await read();
    const tookMs = performance.now() - start;
    if (subjects.length !== count || subjects[0] !== `New ${arrived - 1}`) throw new Error(`read ${subjects.join()}`);
    return { tookMs, requests: (await account.requestCount()) - before };
  } finally {
    await close();
  }
}
