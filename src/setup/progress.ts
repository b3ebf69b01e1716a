import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../credentials/atomic-write.js";

/** Which steps somebody has done by hand, by the place that they serve. No secrets are in it. */
export interface SetupProgress {
  doneAt(place: string): Promise<ReadonlySet<string>>;
  add(place: string, step: string): Promise<void>;
  /** Begins a place anew. */
  clear(place: string): Promise<void>;
}

type Done = Readonly<Record<string, readonly string[]>>;

/** The progress that is kept in the user's configuration folder. @throws ConfigurationError `config.invalid_file` when it cannot be written */
export function openProgress(configDir: string): SetupProgress {
  const file = join(configDir, "setup-progress.json");
  const read = async (): Promise<Done> => doneOf(await readFile(file, "utf8").catch(() => "{}"));
  const write = async (done: Done): Promise<void> =>
    writeAtomically(file, `${JSON.stringify({ version: 1, done }, undefined, 2)}\n`, configDir);
  return {
    doneAt: async (place) => new Set((await read())[place] ?? []),
    async add(place, step) {
      const done = await read();
      await write({ ...done, [place]: [...new Set([...(done[place] ?? []), step])] });
    },
    async clear(place) {
      const done = await read();
      if (done[place]) await write({ ...done, [place]: [] });
    },
  };
}

/** What cannot be understood counts as nothing done: the steps are only explained once more then. */
function doneOf(text: string): Done {
  try {
    const value: unknown = JSON.parse(text);
    const done: unknown = typeof value === "object" && value !== null && "done" in value ? value.done : undefined;
    if (typeof done !== "object" || done === null) return {};
    return Object.fromEntries(
      Object.entries(done).map(([place, steps]: [string, unknown]) => [
        place,
        Array.isArray(steps) ? steps.filter((step) => typeof step === "string") : [],
      ]),
    );
  } catch {
    return {};
  }
}
