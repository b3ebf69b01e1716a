import { createHash } from "node:crypto";
import { join } from "node:path";
import type { DatabaseSync } from "@photostructure/sqlite";
import { systemClock } from "../core/clock.js";
import { Mutex } from "../core/mutex.js";
import { requireOwnFile, writeAtomically } from "./atomic-write.js";
import { cannotWrite, isCode } from "./file-errors.js";
import { requireOwnFolders } from "./own-folders.js";
import type { Turn } from "./store.js";
import { takeTurn } from "./turn.js";

/** Turns that processes of one machine take with files of one folder. */
export interface FileLocks {
  /** As `CredentialStore.exclusively`. */
  exclusively<T>(name: string, turn: Turn, work: () => Promise<T>): Promise<T>;
}

type Lock = InstanceType<typeof DatabaseSync>;

const pollMs = 10;
const sqliteBusy = 5;

/**
 * Locks that SQLite takes on empty files of a folder below a root. The kernel frees a lock when its holder dies, however it dies, and
 * nobody takes one from a holder who is merely suspended: no ages are compared, as lock files that hold a time do.
 *
 * @param temporaryFolder - where new files are prepared
 * @see https://www.sqlite.org/lockingv3.html
 */
export function createFileLocks(root: string, temporaryFolder: string): FileLocks {
  // Within the process a queue is enough, and fairer than many who ask again and again.
  const queue = new Mutex();
  return {
    exclusively: (name, turn, work) =>
      takeTurn(name, turn, (waiting, begun) =>
        queue.run(
          name,
          async () => {
            const path = join(root, "locks", fileNameOf(name));
            await requireOwnFolders(root, join(temporaryFolder, "any"));
            await makeLockFile(path, temporaryFolder);
            const lock = await acquire(path, waiting);
            begun();
            try {
              return await work();
            } finally {
              lock.close();
            }
          },
          waiting,
        ),
      ),
  };
}

/** The file is put there ready: closing a descriptor of it here would drop a lock that another thread has on it. */
async function makeLockFile(path: string, temporaryFolder: string): Promise<void> {
  for (let attempt = 1; !(await requireOwnFile(path)); attempt++) {
    try {
      await writeAtomically(path, "", { exclusive: true, temporaryFolder });
    } catch (error) {
      // Whoever tidies up may have taken the prepared file for a dead writer's.
      const taken = error instanceof Error && isCode(error.cause, "ENOENT");
      if (!taken || attempt === 5) throw error;
    }
  }
}

/** Asks again until the lock is there. SQLite's own waiting would stop the whole process meanwhile. */
async function acquire(path: string, waiting: AbortSignal): Promise<Lock> {
  const { DatabaseSync } = await import("@photostructure/sqlite");
  const lock = orCannotWrite(path, () => new DatabaseSync(path, { timeout: 0 }));
  try {
    while (!orCannotWrite(path, () => tryToTake(lock))) {
      await systemClock.sleep(pollMs * (0.75 + Math.random() / 2), waiting);
    }
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

function tryToTake(lock: Lock): boolean {
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE"); // in memory: no second file beside the lock's
    return true;
  } catch (error) {
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return false;
    throw error;
  }
}

function orCannotWrite<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function fileNameOf(name: string): string {
  return `${createHash("sha256").update(name).digest("hex").slice(0, 32)}.lock`;
}
