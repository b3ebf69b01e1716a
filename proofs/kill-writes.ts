import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { IntegrationConfig, type ConfigOverrides, type CredentialManager } from "maigic-integrations";
import type { Acknowledged, KeyWriterOrder } from "./support/key-writer.js";
import { notes, notesCredentials } from "./support/notes-provider.js";
import { outcome, type Outcome } from "./support/proof.js";

export const name = "kill-writes";
export const claim =
  "a process that is killed while it writes leaves every vault readable and loses no write that was done";

/** So many write to one vault at once. */
const writers = 4;
const profilesEach = 2;
const longestLifeMs = 60;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const kills = full ? 1000 : 8;
  const size = { killsPerWriter: full ? 10 : 2 };
  const found: Found = { kills: 0, acknowledged: 0, problems: [] };
  while (found.kills < kills) add(found, await killWriters(size));
  const lost = found.problems.slice(0, 3).map((problem) => `; ${problem}`);
  return outcome(
    {
      figure: `${found.problems.length} problems after ${found.kills} kills and ${found.acknowledged} writes that were done${lost.join("")}`,
      target: `0 after ${kills} kills`,
      holds: found.problems.length === 0 && found.acknowledged > found.kills * (full ? 0.5 : 0.25), // few kills, and beside other tests
    },
    {
      "writes that are called done before they are": await isNoticed({ ...size, broken: "acknowledges early" }),
      "a file that is written in its place": await isNoticed({ ...size, breaksPlace: true }),
    },
  );
}

interface Found {
  kills: number;
  acknowledged: number;
  readonly problems: string[];
}

interface Attempt {
  /** So often each writer is killed before the vault is left for a new one. */
  readonly killsPerWriter: number;
  readonly broken?: "acknowledges early";
  readonly breaksPlace?: boolean;
}

function add(sum: Found, { kills, acknowledged, problems }: Found): void {
  sum.kills += kills;
  sum.acknowledged += acknowledged;
  sum.problems.push(...problems);
}

async function isNoticed(attempt: Attempt): Promise<boolean> {
  for (let trial = 0; trial < 10; trial++) {
    if ((await killWriters(attempt)).problems.length > 0) return true;
  }
  return false;
}

/** Makes a vault by several writers at once and kills each of them again and again. */
async function killWriters(attempt: Attempt): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-kills-"));
  const config = { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") };
  const found: Found = { kills: 0, acknowledged: 0, problems: [] };
  try {
    await Promise.all(Array.from({ length: writers }, (_, writer) => killWriter(writer, config, attempt, found)));
    await checkLeftovers(config, found);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return found;
}

async function killWriter(writer: number, config: ConfigOverrides, attempt: Attempt, found: Found): Promise<void> {
  const profiles = Array.from({ length: profilesEach }, (_, index) => `writer ${writer} profile ${index}`);
  const done = new Map<string, number>();
  let next = standBy();
  for (let kill = 0; kill < attempt.killsPerWriter; kill++) {
    const process = next;
    if (kill + 1 < attempt.killsPerWriter) next = standBy();
    const order = { config, profiles, first: kill * 1_000_000, ...brokenBy(attempt, config) };
    const lived = await letWrite(process, order, (acknowledged) => {
      done.set(acknowledged.profile, acknowledged.number);
      found.acknowledged++;
    });
    if (!lived) found.problems.push(`writer ${writer} ended by itself`);
    found.kills++;
    found.problems.push(...(await problemsOf(openCredentials(config), profiles, done)));
  }
}

function brokenBy({ broken, breaksPlace }: Attempt, config: ConfigOverrides): Partial<KeyWriterOrder> {
  if (breaksPlace !== true) return broken ? { broken } : {};
  return { broken: { writesInPlace: join(config.credentialsDir ?? "", "vault.json") } };
}

function standBy(): ChildProcess {
  return fork(new URL("./support/key-writer.js", import.meta.url), { stdio: ["ignore", "ignore", "ignore", "ipc"] });
}

/** Lets a writer work for a random time and kills it. @returns whether it lived until then */
async function letWrite(
  process: ChildProcess,
  order: KeyWriterOrder,
  acknowledged: (write: Acknowledged) => void,
): Promise<boolean> {
  const ended = once(process, "close") as Promise<[number | null, string | null]>;
  process.on("message", acknowledged);
  const first = once(process, "message");
  process.send(order);
  // Some die while they make the vault or load what they need, most while they write.
  if (Math.random() < 0.8) await Promise.race([first, ended]);
  await sleep(Math.random() * longestLifeMs);
  process.kill("SIGKILL");
  return (await ended)[1] === "SIGKILL";
}

function openCredentials(config: ConfigOverrides): CredentialManager {
  return notesCredentials(IntegrationConfig.fromEnv(config, { env: {} }));
}

/** What is wrong for a process that opens the vault now. */
async function problemsOf(
  credentials: CredentialManager,
  profiles: readonly string[],
  done: ReadonlyMap<string, number>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const profile of profiles) {
    try {
      const key = (await credentials.getCredentials(notes, profile))?.apiKey;
      const text = typeof key === "object" ? key.reveal() : (key ?? `${profile} -1`);
      const number = Number(text.slice(profile.length));
      const least = done.get(profile) ?? -1;
      if (!text.startsWith(profile) || number < least)
        problems.push(`${profile} has "${text}" after ${least} was done`);
    } catch (error) {
      problems.push(`${profile}: ${String(error)}`);
    }
  }
  return problems;
}

/** After the last kill, the next opening leaves no unfinished file. */
async function checkLeftovers(config: ConfigOverrides, found: Found): Promise<void> {
  await openCredentials(config).hasCredentials(notes, "anybody");
  // Without a folder nobody lived long enough to leave anything.
  const files = await readdir(config.credentialsDir ?? "", { recursive: true }).catch(() => []);
  const unfinished = files.filter((file) => file.endsWith(".tmp"));
  if (unfinished.length > 0) found.problems.push(`left behind: ${unfinished.join(", ")}`);
}
