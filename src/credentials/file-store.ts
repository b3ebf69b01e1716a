import { createHash } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "./atomic-write.js";
import { pathOf, pointerFiles, sealedFiles } from "./file-layout.js";
import { createFileLocks } from "./file-locks.js";
import { readRecordFile, removeRecordFile, requireOwnFolders } from "./record-files.js";
import type { CredentialStore, FoundPointer, Generation, StoredRecord, Turn } from "./store.js";

const writeTurn: Turn = { timeoutMs: 30_000 };
/** What is only tidied up may wait for another time. */
const sweepTurn: Turn = { timeoutMs: 100 };

/** Records as files in one folder, laid out as the documentation draws it. */
export function createFileStore(root: string): CredentialStore {
  const temporaryFolder = join(root, "locks", "unfinished");
  const locks = createFileLocks(join(root, "locks"), temporaryFolder);
  /** One writer at a time, for as long as a write takes: what it found is still there when it replaces it. */
  const writing = <T>(work: () => Promise<T>, turn: Turn = writeTurn): Promise<T> =>
    locks.exclusively("writing to the credentials folder", turn, work);
  let swept: Promise<void> | undefined;
  return {
    openToPeople: true,
    async read(key) {
      await (swept ??= removeUnfinished(temporaryFolder, (work) => writing(work, sweepTurn)));
      return toStored(await readRecordFile(await pathOf(root, key)));
    },
    write: (key, text, { replaces, vault }) =>
      writing(async () => {
        const path = await pathOf(root, key);
        await requireOwnFolders(root, path);
        if (generationOf(await readRecordFile(path)) !== replaces) return undefined;
        if (vault !== undefined && generationOf(await readRecordFile(join(root, "vault.json"))) !== vault)
          return undefined;
        await writeAtomically(path, text, { temporaryFolder });
        return generationOf(text);
      }),
    remove: (key, generation) =>
      writing(async () => {
        const path = await pathOf(root, key);
        await requireOwnFolders(root, path);
        return generationOf(await readRecordFile(path)) === generation && (await removeRecordFile(path));
      }),
    pointers: (service) => findPointers(root, service),
    sealed: async (kind) => (await sealedFiles(root, kind)).map(({ key, path }) => ({ key, location: path })),
    exclusively: (name, turn, work) => locks.exclusively(name, turn, work),
    locate: (key) => pathOf(root, key),
    close: () => Promise.resolve(), // each lock is closed at its end, and no file stays open
  };
}

async function findPointers(root: string, service: string | undefined): Promise<FoundPointer[]> {
  const found: FoundPointer[] = [];
  for (const pointer of await pointerFiles(root, service)) {
    const text = await readRecordFile(pointer.path).catch(() => ""); // an empty text is reported as a damaged pointer
    const stored = toStored(text);
    if (stored) found.push({ service: pointer.service, location: pointer.path, ...stored });
  }
  return found;
}

/** The content itself tells its state: people and backups change files too, and no number inside one would notice. */
function generationOf(text: string | undefined): Generation | undefined {
  return text === undefined ? undefined : createHash("sha256").update(text).digest("base64url");
}

function toStored(text: string | undefined): StoredRecord | undefined {
  const generation = generationOf(text);
  return text === undefined || generation === undefined ? undefined : { text, generation };
}

/** Removes what writers left who were killed: nobody else writes while the turn is ours. */
async function removeUnfinished(
  folder: string,
  whileNobodyWrites: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  try {
    if ((await readdir(folder)).length === 0) return;
    await whileNobodyWrites(async () => {
      for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
    });
  } catch {
    // There is no such folder yet, or it is not for us to change: reading works all the same.
  }
}
