import { createHash } from "node:crypto";
import { constants, type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemClock } from "../core/clock.js";
import { Mutex } from "../core/mutex.js";
import { fileMode, makeFolder, requireOwnFile } from "./atomic-write.js";
import { cannotWrite } from "./file-errors.js";
import { noTraps } from "./open-flags.js";
import { requireOwnFolders } from "./own-folders.js";
import type { Turn } from "./store.js";
import { takeTurn } from "./turn.js";

/** Turns that processes of one machine take with files of one folder. */
export interface FileLocks {
  /** As `CredentialStore.exclusively`. */
  exclusively<T>(name: string, turn: Turn, work: () => Promise<T>): Promise<T>;
}

const pollMs = 10;

/**
 * Locks of the system on empty files in the folder `locks` below a root. The kernel frees a lock when its holder dies,
 * however it dies, and nobody takes one from a holder who is merely suspended: no ages are compared, as lock files that
 * hold a time do. On Linux a lock belongs to the open file, so it does not end when another part of the process closes
 * the same file.
 *
 * @see https://www.gnu.org/software/libc/manual/html_node/Open-File-Description-Locks.html
 */
export function createFileLocks(root: string): FileLocks {
  // Within the process a queue is enough, and fairer than many who ask again and again.
  const queue = new Mutex();
  return {
    exclusively: (name, turn, work) =>
      takeTurn(name, turn, (waiting, begun) =>
        queue.run(
          name,
          async () => {
            const path = join(root, "locks", fileNameOf(name));
            await requireOwnFolders(root, path);
            const lock = await acquire(path, waiting);
            begun();
            try {
              return await work();
            } finally {
              await lock.close();
            }
          },
          waiting,
        ),
      ),
  };
}

/** Asks again until the lock is there: the kernel's own waiting would hold one of the process's few threads for files. */
async function acquire(path: string, waiting: AbortSignal): Promise<FileHandle> {
  const { tryLock } = await import("fs-native-extensions");
  const file = await openLockFile(path);
  try {
    while (!tryLock(file.fd)) await systemClock.sleep(pollMs * (0.75 + Math.random() / 2), waiting);
    return file;
  } catch (error) {
    await file.close();
    throw waiting.aborted ? error : cannotWrite(path, error);
  }
}

async function openLockFile(path: string): Promise<FileHandle> {
  await makeFolder(dirname(path));
  await requireOwnFile(path);
  const { O_CREAT, O_RDWR } = constants;
  try {
    return await open(path, O_CREAT | O_RDWR | noTraps, fileMode);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function fileNameOf(name: string): string {
  return `${createHash("sha256").update(name).digest("hex").slice(0, 32)}.lock`;
}
