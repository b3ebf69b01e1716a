import { fork } from "node:child_process";
import { once } from "node:events";
import { endSandboxProcess, openAccount } from "./support/account.js";
import type { MemoryOrder } from "./support/memory-reader.js";
import { peers } from "./support/reading.js";
import { compare, type Contestant, type Row } from "./support/row.js";

export const name = "reading-memory";

const count = 500;
const mails = count + 50;
const limits = { gmailUnits: "before-2026", gmailPerUser: 15_000, concurrent: 50 } as const;

/** The most memory that reading 500 mails takes, each contestant in a process of its own. */
export async function measure(): Promise<Row> {
  const contestant = (peer?: string): Contestant => ({ runs: 3, run: () => megabytes(peer) });
  try {
    return await compare(
      { name, unit: "MB", limit: 3, limitIs: "the texts of the mails alone" },
      {
        ours: contestant(),
        ...Object.fromEntries(Object.keys(peers).map((peer) => [peer, contestant(peer)])),
      },
    );
  } finally {
    endSandboxProcess();
  }
}

async function megabytes(peer: string | undefined): Promise<number> {
  await using account = await openAccount({ mails, latencyMs: 5, limits });
  const { url, accessToken, folders } = account;
  const reader = fork(new URL("./support/memory-reader.js", import.meta.url));
  try {
    reader.send({ account: { url, accessToken, folders }, peer, count, mails } satisfies MemoryOrder);
    const [report] = (await once(reader, "message")) as [{ megabytes: number; error?: string }];
    if (report.error !== undefined) throw new Error(report.error);
    return report.megabytes;
  } finally {
    reader.disconnect();
  }
}
