import { fork, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientOrder, ClientReport } from "./support/big-mail-client.js";
import { fileOf, type ServiceReady, type ServiceRequest } from "./support/big-mail-service.js";
import { outcome, type Outcome } from "./support/proof.js";

export const name = "big-attachment";
export const claim =
  "a file of 50 MB comes down and a mail of 35 MB goes up whole, in at most 64 MB of memory more than the idle client has";

const megabyte = 1024 * 1024;
const mostBytes = 64 * megabyte;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  // A file is a third larger in a mail, with its lines.
  const size = full
    ? { down: 50 * megabyte, up: Math.floor((34.9 * megabyte * 57) / 78) }
    : { down: megabyte, up: megabyte };
  const folder = await mkdtemp(join(tmpdir(), "maigic-big-"));
  const service = fork(new URL("./support/big-mail-service.js", import.meta.url));
  try {
    const ready = (await ask(service, { open: { downBytes: size.down } })) as ServiceReady;
    await ask(service, { breakOff: 1 });
    const down = await perform({ service: ready, task: "down" });
    const content = fileOf(size.up);
    const path = join(folder, "up.bin");
    await writeFile(path, content);
    const up = await perform({ service: ready, task: { up: path } });
    const received = await ask(service, { receivedHash: true });
    const sentHash = createHash("sha256").update(content).digest("hex");
    const atOnce = await perform({ service: ready, task: "down at once" });
    await ask(service, { breakOff: 99 });
    const broken = await perform({ service: ready, task: "down" });
    const isWhole = down.hash === ready.hash && up.hash === "sent" && received === sentHash;
    const isSmall = Math.max(overIdle(down), overIdle(up)) <= mostBytes;
    // How much memory a process takes says the full run alone.
    return outcome(
      {
        figure: `${shown(size.down)} down, its first answer broken off, with ${shown(overIdle(down))} more, ${shown(size.up)} up with ${shown(overIdle(up))} more, ${isWhole ? "hashes equal" : "hashes differ"}`,
        target: full ? "at most 64 MB more, hashes equal" : "hashes equal",
        holds: isWhole && (isSmall || !full),
      },
      {
        "a file that never comes whole": broken.hash !== ready.hash,
        "a file that is held whole": full ? overIdle(atOnce) > mostBytes : atOnce.hash === ready.hash,
      },
    );
  } finally {
    service.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

function overIdle({ idleBytes, peakBytes }: ClientReport): number {
  return peakBytes - idleBytes;
}

function shown(bytes: number): string {
  return `${(bytes / megabyte).toFixed(1)} MB`;
}

/** In a process of its own, whose memory is nobody else's. */
async function perform(order: ClientOrder): Promise<ClientReport> {
  const client = fork(new URL("./support/big-mail-client.js", import.meta.url));
  try {
    client.send(order);
    const ended = once(client, "exit").then(() => Promise.reject(new Error("The client's process ended.")));
    const [report] = (await Promise.race([once(client, "message"), ended])) as [ClientReport];
    ended.catch(() => undefined); // it ends below
    return report;
  } finally {
    if (client.connected) client.disconnect();
  }
}

async function ask(service: ChildProcess, request: ServiceRequest): Promise<unknown> {
  service.send(request);
  const [{ reply }] = (await once(service, "message")) as [{ reply: unknown }];
  return reply;
}
