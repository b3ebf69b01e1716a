import { setTimeout as sleep } from "node:timers/promises";
import { parseMail } from "maigic-integrations/email";

/** How much memory reading a mail took at most, beyond what the process had before, in bytes. */
export interface MemoryReport {
  readonly overIdleBytes: number;
}

// Run by itself, so that what is measured is the reading's own.
process.once("message", (raw: string) => void read(Buffer.from(raw, "base64")));
process.once("disconnect", () => process.exit());

async function read(raw: Buffer): Promise<void> {
  await parseMail("Subject: small\r\n\r\nHi");
  await sleep(50);
  const peakBefore = process.resourceUsage().maxRSS * 1024;
  const idleBytes = process.memoryUsage().rss;
  await parseMail(raw);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  // Where the peak was before, the most that it can have been is what there is now.
  const most = peakBytes > peakBefore ? peakBytes : process.memoryUsage().rss;
  process.send?.({ overIdleBytes: most - idleBytes } satisfies MemoryReport);
}
