import { readdir, rm, unlink } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "./atomic-write.js";
import { cannotWrite, isCode } from "./file-errors.js";
import { pathOf } from "./file-layout.js";
import { createFileLocks } from "./file-locks.js";
import { requireOwnFolders } from "./own-folders.js";
import { readRecordFile } from "./record-files.js";
import type { CredentialStore, Generation, Turn } from "./store.js";

/** The part of a file store that changes files. */
export interface FileWriter extends Pick<CredentialStore, "write" | "remove" | "exclusively"> {
  /** Removes what writers left who were killed, unless somebody writes just now. */
  removeUnfinished(): Promise<void>;
}

const writeTurn: Turn = { timeoutMs: 30_000 };
/** What is only tidied up may wait for another time. */
const sweepTurn: Turn = { timeoutMs: 100 };

/** @param generationOf - the state that a record's text tells */
export function createFileWriter(root: string, generationOf: (text: string) => Generation): FileWriter {
  const temporaryFolder = join(root, "locks", "unfinished");
  const locks = createFileLocks(root);
  /** One writer at a time, for as long as a write takes: what it found is still there when it replaces it. */
  const writing = <T>(work: () => Promise<T>, turn: Turn = writeTurn): Promise<T> =>
    locks.exclusively("writing to the credentials folder", turn, async () => {
      await requireOwnFolders(root, join(temporaryFolder, "any"));
      return work();
    });
  const stateOf = (path: string): Generation | undefined => {
    const text = readRecordFile(path);
    return text === undefined ? undefined : generationOf(text);
  };
  return {
    write: (key, text, { replaces, vault }) =>
      writing(async () => {
        const path = pathOf(root, key);
        await requireOwnFolders(root, path);
        if (stateOf(path) !== replaces) return undefined;
        if (vault !== undefined && stateOf(join(root, "vault.json")) !== vault) return undefined;
        await writeAtomically(path, text, temporaryFolder);
        return generationOf(text);
      }),
    remove: (key, generation) =>
      writing(async () => {
        const path = pathOf(root, key);
        await requireOwnFolders(root, path);
        return stateOf(path) === generation && (await removeFile(path));
      }),
    exclusively: (name, turn, work) => locks.exclusively(name, turn, work),
    async removeUnfinished() {
      try {
        await writing(async () => {
          for (const name of await readdir(temporaryFolder)) await rm(join(temporaryFolder, name), { force: true });
        }, sweepTurn);
      } catch {
        // The folder is not for us to change, or somebody writes: reading works all the same.
      }
    },
  };
}

async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return false;
    throw cannotWrite(path, error);
  }
}
