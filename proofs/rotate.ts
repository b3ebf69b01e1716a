import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { IntegrationConfig, type ConfigOverrides, type CredentialManager } from "maigic-integrations";
import type { RotatorMessage } from "./support/key-rotator.js";
import type { Acknowledged, KeyWriterOrder } from "./support/key-writer.js";
import { notes, notesCredentials } from "./support/notes-provider.js";
import { outcome, type Outcome } from "./support/proof.js";

export const name = "rotate";
export const claim =
  "while a vault's key is replaced, others read and write on, and whoever is killed at it leaves everything readable";

interface Size {
  readonly records: number;
  readonly workers: number;
  readonly kills: number;
  /** How long one that rotates lives at most, beyond its start. */
  readonly longestLifeMs: number;
}

interface Found {
  kills: number;
  rotations: number;
  writes: number;
  /** Whether the key that the vault began with still opens something at the end. */
  opensWithOldKey: boolean;
  readonly problems: string[];
}

/** What a control breaks: the key before is lost halfway, or the end is not looked after. */
type Broken = "loses the old key" | "keeps the old files";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const size = full
    ? { records: 1000, workers: 8, kills: 200, longestLifeMs: 4000 }
    : { records: 24, workers: 2, kills: 3, longestLifeMs: 150 };
  // A control needs no more than one vault whose key is being replaced when somebody is killed.
  const lost = full
    ? { records: 60, workers: 1, kills: 3, longestLifeMs: 600 }
    : { records: 40, workers: 1, kills: 2, longestLifeMs: 400 };
  const kept = full ? lost : { records: 8, workers: 1, kills: 1, longestLifeMs: 100 };
  const found = await rotateUnderKills(size);
  const first = found.problems.slice(0, 3).map((problem) => `; ${problem}`);
  return outcome(
    {
      figure:
        `${found.problems.length} problems with ${size.records} records, ${size.workers} processes working, ${found.kills} kills, ` +
        `${found.rotations} rotations done and ${found.writes} writes meanwhile; the first key opens ` +
        `${found.opensWithOldKey ? "something" : "nothing"} afterwards${first.join("")}`,
      target: `0 problems after ${size.kills} kills; nothing`,
      holds: found.problems.length === 0 && !found.opensWithOldKey && found.writes > 0 && found.rotations > 0,
    },
    {
      "a rotation that forgets the old key too early": await isNoticed(lost, "loses the old key"),
      "files that the old key still opens": (await rotateUnderKills(kept, "keeps the old files")).opensWithOldKey,
    },
  );
}

async function isNoticed(size: Size, broken: Broken): Promise<boolean> {
  for (let trial = 0; trial < 10; trial++) {
    if ((await rotateUnderKills(size, broken)).problems.length > 0) return true;
  }
  return false;
}

async function rotateUnderKills(size: Size, broken?: Broken): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-rotate-"));
  const config = { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") };
  const found: Found = { kills: 0, rotations: 0, writes: 0, opensWithOldKey: false, problems: [] };
  const crew = new Crew(config, found);
  try {
    const profiles = Array.from({ length: size.records }, (_, index) => `record ${index}`);
    const credentials = openCredentials(config);
    for (const profile of profiles) await credentials.storeCredentials(notes, { apiKey: `${profile} 0` }, profile);
    await cp(config.configDir, join(folder, "first config"), { recursive: true });
    if (broken === "keeps the old files") await cp(config.credentialsDir, join(folder, "old"), { recursive: true });
    for (let worker = 0; worker < size.workers; worker++) await crew.work([profiles[worker] ?? ""]);
    while (found.kills < size.kills) {
      await crew.rotateAndKill(Math.random() * size.longestLifeMs);
      if (broken === "loses the old key") await losePrevious(config);
      if (found.kills % 20 === 0 || broken) found.problems.push(...(await problemsOf(config, profiles, crew.done)));
    }
    await crew.end();
    // What the last kill left is gone on with.
    await openCredentials(config)
      .rotateKey()
      .then(() => found.rotations++)
      .catch((error: unknown) => found.problems.push(`the last rotation: ${String(error)}`));
    found.problems.push(...(await problemsOf(config, profiles, crew.done)));
    const files = broken === "keeps the old files" ? join(folder, "old") : config.credentialsDir;
    found.opensWithOldKey = await opensAnything(files, join(folder, "first config"), profiles);
  } finally {
    await crew.end();
    await rm(folder, { recursive: true, force: true });
  }
  return found;
}

/** The processes that work on the vault, and one that gives it new keys until it is killed. */
class Crew {
  /** The last number that each profile's writer had acknowledged. */
  readonly done = new Map<string, number>();
  readonly #config: ConfigOverrides;
  readonly #found: Found;
  #workers: { process: ChildProcess; profiles: readonly string[] }[] = [];
  #next: ChildProcess = standBy("key-rotator");
  #rounds = 0;

  constructor(config: ConfigOverrides, found: Found) {
    this.#config = config;
    this.#found = found;
  }

  /** Starts a worker, and waits for its first write. */
  async work(profiles: readonly string[]): Promise<void> {
    const process = standBy("key-writer");
    process.on("message", ({ profile, number }: Acknowledged) => {
      this.done.set(profile, number);
      this.#found.writes++;
    });
    process.send({
      config: this.#config,
      profiles,
      first: ++this.#rounds * 1_000_000,
      pauseMs: 100,
    } satisfies KeyWriterOrder);
    this.#workers.push({ process, profiles });
    await once(process, "message");
  }

  /** Kills the one that rotates at a random moment, and now and then a worker too, in whose place another comes. */
  async rotateAndKill(afterMs: number): Promise<void> {
    const rotator = this.#next;
    this.#next = standBy("key-rotator");
    rotator.on("message", (message: RotatorMessage) => {
      if (message === "begun") return;
      this.#found.rotations++;
      if (message.unreadable > 0) this.#found.problems.push(`a rotation found ${message.unreadable} unreadable`);
    });
    const begun = once(rotator, "message");
    rotator.send(this.#config);
    await begun;
    await sleep(afterMs);
    await this.#kill(rotator, "who rotates");
    const worker = Math.random() < 0.25 ? this.#workers.shift() : undefined;
    if (!worker) return;
    await this.#kill(worker.process, "a worker");
    await this.work(worker.profiles);
  }

  async end(): Promise<void> {
    const all = [this.#next, ...this.#workers.map(({ process }) => process)].filter(isAlive);
    this.#workers.forEach(({ process }) => isAlive(process) || this.#found.problems.push("a worker ended by itself"));
    this.#workers = [];
    await Promise.all(all.map((process) => (process.kill("SIGKILL"), once(process, "close"))));
  }

  async #kill(process: ChildProcess, who: string): Promise<void> {
    if (!isAlive(process)) this.#found.problems.push(`${who} ended by itself`);
    else {
      process.kill("SIGKILL");
      await once(process, "close");
    }
    this.#found.kills++;
  }
}

function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function standBy(script: string): ChildProcess {
  return fork(new URL(`./support/${script}.js`, import.meta.url), { stdio: ["ignore", "ignore", "ignore", "ipc"] });
}

function openCredentials(config: ConfigOverrides): CredentialManager {
  return notesCredentials(IntegrationConfig.fromEnv(config, { env: {} }));
}

/** What is wrong for a process that opens the vault now. */
async function problemsOf(
  config: ConfigOverrides,
  profiles: readonly string[],
  done: ReadonlyMap<string, number>,
): Promise<string[]> {
  const credentials = openCredentials(config);
  const problems: string[] = [];
  for (const profile of profiles) {
    const least = done.get(profile) ?? 0;
    try {
      const key = (await credentials.getCredentials(notes, profile))?.apiKey;
      const text = typeof key === "object" ? key.reveal() : "";
      if (!text.startsWith(`${profile} `) || Number(text.slice(profile.length)) < least) {
        problems.push(`${profile} has "${text}" after ${least} was done`);
      }
    } catch (error) {
      problems.push(`${profile}: ${String(error)}`);
    }
  }
  return problems;
}

/** Whether the keys of a configuration folder open any record, with a `vault.json` that names them. */
async function opensAnything(credentialsDir: string, configDir: string, profiles: readonly string[]): Promise<boolean> {
  const vaultFile = join(credentialsDir, "vault.json");
  const [keyFile = ""] = await readdir(join(configDir, "keys"));
  const [, keyId] = keyFile.split(".");
  const vault = JSON.parse(await readFile(vaultFile, "utf8")) as object;
  const copy = await mkdtemp(join(tmpdir(), "maigic-rotate-old-"));
  try {
    await cp(credentialsDir, copy, { recursive: true });
    await rm(join(copy, "vault.json"));
    await writeFile(join(copy, "vault.json"), JSON.stringify({ ...vault, key_id: keyId }), { mode: 0o600 });
    const problems = await problemsOf({ credentialsDir: copy, configDir }, profiles, new Map());
    return problems.length < profiles.length;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** What a rotation must not do: the key before goes while it is still needed. */
async function losePrevious({ credentialsDir = "", configDir = "" }: ConfigOverrides): Promise<void> {
  const vault = JSON.parse(await readFile(join(credentialsDir, "vault.json"), "utf8")) as {
    vault_id: string;
    previous?: { key_id: string };
  };
  if (vault.previous)
    await rm(join(configDir, "keys", `${vault.vault_id}.${vault.previous.key_id}.key`), { force: true });
}
