import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../core/clock.js";

/** A client file in the downloads folder. */
export interface Download {
  readonly path: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

const pollMs = 500;
const recentMs = 10 * 60_000;

/** The client files that are in a folder, the newest first; none where the folder cannot be read. */
export async function listDownloads(folder: string): Promise<Download[]> {
  const names = await readdir(folder).catch(() => []); // no downloads folder: then nothing is downloaded
  const found: Download[] = [];
  for (const name of names.filter((each) => /^client_secret.*\.json$/.test(each))) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined); // moved away meanwhile
    if (facts?.isFile() && facts.size > 0) found.push({ path, name, changedAt: facts.mtimeMs });
  }
  return found.sort((one, other) => other.changedAt - one.changedAt);
}

/** Those that are a few minutes old. @param now - milliseconds since the epoch */
export function recentDownloads(downloads: readonly Download[], now: number): Download[] {
  return downloads.filter(({ changedAt }) => now - changedAt < recentMs);
}

/**
 * Waits for a client file that is new.
 *
 * @param known - what was there before
 * @throws the signal's reason when it aborts
 */
export async function nextDownload(
  folder: string,
  known: readonly Download[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Download> {
  const isNew = ({ path, changedAt }: Download): boolean =>
    !known.some((old) => old.path === path && old.changedAt === changedAt);
  for (;;) {
    await clock.sleep(pollMs, signal);
    const found = (await listDownloads(folder)).find(isNew);
    signal.throwIfAborted();
    if (found) return found;
  }
}
