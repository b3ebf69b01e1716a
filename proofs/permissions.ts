import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ConfigOverrides } from "maigic-integrations";
import { outcome, type Outcome } from "./support/proof.js";
import type { TourReport } from "./support/vault-tour.js";
import { walkVault } from "./support/vault-walk.js";

export const name = "permissions";
export const claim = "nothing of a vault is ever open to others, and nothing that was planted leads a write elsewhere";

/** Longer than any tour: who waits for the other end of a pipe never ends. */
const tourLimitMs = 30_000;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const found: string[] = [...(await watchedTour()), ...(await loosePermissions())];
  const traps = full ? allTraps() : allTraps().filter((_, index) => index % 8 === 0);
  for (const trap of traps) found.push(...(await tourWith(trap)));
  return outcome(
    {
      figure: `${found.length} problems with a umask of 000, loose files and ${traps.length} traps${found
        .slice(0, 4)
        .map((problem) => `; ${problem}`)
        .join("")}`,
      target: `0 problems with ${full ? "at least 60" : traps.length} traps`,
      holds: found.length === 0 && (!full || traps.length >= 60),
    },
    {
      "a file that is open for a moment":
        (
          await watchedTour((folder) => {
            writeFileSync(join(folder, "open"), "", { mode: 0o644 });
            chmodSync(join(folder, "open"), 0o644);
          })
        ).length > 0,
      "a write that was led elsewhere": (await tourWith(spoiled)).length > 0,
    },
  );
}

interface Place {
  readonly folder: string;
  readonly config: Required<Pick<ConfigOverrides, "credentialsDir" | "configDir">>;
}

async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-permissions-"));
  try {
    return await work({
      folder,
      config: { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Looks at every file and folder, again and again, while a vault is made and used. */
async function watchedTour(meanwhile: (folder: string) => void = () => undefined): Promise<string[]> {
  return inPlace(async ({ folder, config }) => {
    const open = new Set<string>();
    const touring = { over: false };
    const report = tour(config).finally(() => (touring.over = true));
    mkdirSync(join(folder, "beside"));
    meanwhile(folder);
    while (!touring.over) {
      for (const path of openPaths(folder)) open.add(path);
      await nextTurn();
    }
    return [...problemsOf(await report), ...[...open].map((path) => `${path.slice(folder.length)} was open to others`)];
  });
}

function openPaths(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path !== "beside");
  return entries.map((path) => join(folder, path)).filter((path) => (modeOf(path) & 0o077) !== 0);
}

function modeOf(path: string): number {
  try {
    return lstatSync(path).mode;
  } catch {
    return 0; // gone by now
  }
}

/** What others may read from before is made private, and that is said. */
async function loosePermissions(): Promise<string[]> {
  return inPlace(async ({ folder, config }) => {
    await walkVault(config);
    const own = [config.credentialsDir, config.configDir].flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => join(root, path)),
    );
    const loose = own.filter((path) => !path.includes("locks"));
    for (const path of loose) chmodSync(path, lstatSync(path).isDirectory() ? 0o755 : 0o644);
    const { warnings } = await tour(config);
    const left = openPaths(folder).filter((path) => path !== config.credentialsDir && path !== config.configDir);
    const told = loose.filter((path) => warnings.some((warning) => warning.includes(path)));
    return [
      ...left.map((path) => `${path.slice(folder.length)} stayed open`),
      ...(told.length < 4 ? [`only ${told.length} loose files were told of`] : []),
    ];
  });
}

/** Something in the place of a file or folder of the vault. */
interface Trap {
  readonly name: string;
  /** @param outside - a folder that is none of the vault's business, with a file `precious` */
  readonly plant: (place: Place, outside: string) => void;
}

function allTraps(): Trap[] {
  const files = [
    "vault.json",
    "c21f969b_acme_notes.json",
    "67e92c87_acme_notes.json",
    "acme_notes/key.json",
    "acme_notes/67e92c87/key.json",
    "locks/ade2816ae6323c00fb35d83d5989bbea.lock",
    "KEY",
  ];
  const folders = ["acme_notes", "acme_notes/67e92c87", "locks", "locks/unfinished", "consents", "KEYS"];
  return [
    ...files.flatMap((file) => [
      trap(file, "a link to a file", (path, outside) => symlinkSync(join(outside, "precious"), path)),
      trap(file, "a link to a folder", (path, outside) => symlinkSync(outside, path)),
      trap(file, "a link to nothing yet", (path, outside) => symlinkSync(join(outside, "new"), path)),
      trap(file, "a pipe", (path) => execFileSync("mkfifo", [path])),
      trap(file, "a folder", (path) => mkdirSync(path)),
      trap(file, "somebody else's file", (path) => plantForeign(path)),
    ]),
    ...folders.flatMap((folder) => [
      trap(folder, "a link to a folder", (path, outside) => symlinkSync(outside, path)),
      trap(folder, "a link to nothing yet", (path, outside) => symlinkSync(join(outside, "new"), path)),
      trap(folder, "a file", (path) => writeFileSync(path, "in the way")),
    ]),
  ];
}

function trap(where: string, what: string, put: (path: string, outside: string) => void): Trap {
  return {
    name: `${what} at ${where}`,
    plant: (place, outside) => {
      const path = pathOf(place, where);
      rmSync(path, { recursive: true, force: true });
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      put(path, outside);
    },
  };
}

function pathOf({ config }: Place, where: string): string {
  const keys = join(config.configDir, "keys");
  if (where === "KEYS") return keys;
  return where === "KEY" ? join(keys, readdirSync(keys)[0] ?? "") : join(config.credentialsDir, where);
}

/** Only root can give a file away. */
function plantForeign(path: string): void {
  writeFileSync(path, "{}", { mode: 0o644 });
  if (process.getuid?.() === 0) chownSync(path, 65_534, 65_534);
}

const spoiled: Trap = {
  name: "a program that writes where it should not",
  plant: (_, outside) => void setTimeout(() => writeFileSync(join(outside, "new"), "led here"), 1),
};

/** A tour through a vault that somebody prepared. */
async function tourWith({ name: trapName, plant }: Trap): Promise<string[]> {
  return inPlace(async (place) => {
    await walkVault(place.config);
    const outside = join(place.folder, "outside");
    mkdirSync(outside);
    writeFileSync(join(outside, "precious"), "precious", { mode: 0o640 });
    const before = stateOf(outside);
    plant(place, outside);
    const problems = problemsOf(await tour(place.config));
    if (stateOf(outside) !== before) problems.push("something was changed outside");
    return problems.map((problem) => `${trapName}: ${problem}`);
  });
}

function stateOf(outside: string): string {
  const files = readdirSync(outside, { recursive: true, encoding: "utf8" }).sort();
  return JSON.stringify([
    files,
    lstatSync(join(outside, "precious")).mode,
    lstatSync(outside).mode,
    readFileSync(join(outside, "precious"), "utf8"),
  ]);
}

function problemsOf({ steps }: TourReport): string[] {
  return Object.entries(steps)
    .filter(([, end]) => end !== "done" && end !== "typed error")
    .map(([step, end]) => `${step}: ${end}`);
}

async function tour(config: ConfigOverrides): Promise<TourReport> {
  const child = fork(new URL("./support/vault-tour.js", import.meta.url), {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), tourLimitMs);
  try {
    const ended = once(child, "exit").then((): [TourReport] => [
      { steps: { all: "the process hung or ended" }, warnings: [] },
    ]);
    child.send(config);
    const [report] = await Promise.race([once(child, "message") as Promise<[TourReport]>, ended]);
    return report;
  } finally {
    clearTimeout(limit);
    child.kill("SIGKILL");
  }
}
