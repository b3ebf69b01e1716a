import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileOfSealed, isSuperseded, ownerIn, pathOf, pointerFiles, sealedFiles } from "./file-layout.js";
import type { FileWriter } from "./file-writer.js";
import { readRecordFile } from "./record-files.js";
import type { CredentialStore, FoundPointer, Generation, PointerQuery, StoredRecord } from "./store.js";

/** So many files are read before others get a turn. */
const filesAtOnce = 16;

/** Records as files in one folder, laid out as the documentation draws it. */
export function createFileStore(root: string): CredentialStore {
  let writer: Promise<FileWriter> | undefined;
  /** Most programs only read: what writes is loaded when something is written. */
  const writing = (): Promise<FileWriter> =>
    (writer ??= import("./file-writer.js").then(({ createFileWriter }) => createFileWriter(root, generationOf)));
  let swept = false;
  return {
    openToPeople: true,
    async read(key) {
      if (!swept && hasUnfinished(root)) await (await writing()).removeUnfinished();
      swept = true;
      return toStored(readRecordFile(pathOf(root, key)));
    },
    write: async (key, text, condition) => (await writing()).write(key, text, condition),
    remove: async (key, generation) => (await writing()).remove(key, generation),
    exclusively: async (name, turn, work) => (await writing()).exclusively(name, turn, work),
    pointers: (query) => findPointers(root, query),
    sealed: async (kind) => (await sealedFiles(root, kind)).map(({ key, path }) => ({ key, location: path })),
    locate: (key) => Promise.resolve(pathOf(root, key)),
    close: () => Promise.resolve(), // each lock is closed at its end, and no file stays open
  };
}

async function findPointers(root: string, { service, sealed }: PointerQuery = {}): Promise<FoundPointer[]> {
  const found: FoundPointer[] = [];
  const files = await pointerFiles(root, service);
  for (const [index, pointer] of files.entries()) {
    if (index % filesAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    const stored = toStored(textOrNothing(pointer.path));
    const owner = stored && ownerIn(stored.text);
    if (!stored || isSuperseded(root, pointer, owner)) continue;
    const kind = sealed?.(pointer.service);
    const beside = kind && toStored(textOrNothing(fileOfSealed(root, pointer, owner, kind)));
    found.push({ service: pointer.service, location: pointer.path, stored, ...(beside && { sealed: beside }) });
  }
  return found;
}

/** An empty text is reported as a damaged record, where its state is asked for. */
function textOrNothing(path: string): string | undefined {
  try {
    return readRecordFile(path);
  } catch {
    return "";
  }
}

/** The content itself tells its state: people and backups change files too, and no number inside one would notice. */
function generationOf(text: string): Generation {
  return createHash("sha256").update(text).digest("base64url");
}

function toStored(text: string | undefined): StoredRecord | undefined {
  if (text === undefined) return undefined;
  return {
    text,
    get generation() {
      return generationOf(text); // mostly nobody asks
    },
  };
}

/** Whether writers left something who were killed. */
function hasUnfinished(root: string): boolean {
  try {
    return readdirSync(join(root, "locks", "unfinished")).length > 0;
  } catch {
    return false; // there is no such folder yet, or it is not for us to change
  }
}
