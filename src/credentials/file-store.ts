import { chmod, lstat, readdir, readFile, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { integrationError } from "../core/errors.js";
import { cannotWrite, isCode, writeAtomically } from "./atomic-write.js";
import { defaultProfile } from "./names.js";
import { profileHash } from "./profile-hash.js";
import type { CredentialStore, FoundPointer, RecordKey } from "./store.js";

const pointerName = /^([0-9a-f]{8,32})_([a-z0-9][a-z0-9_-]*)\.json$/;
/** A profile's hash is as short as it can be; a longer one is used where another profile has the short one. */
const hashLengths = [8, 16, 32] as const;
const maxFileBytes = 1024 * 1024;

/** Records as files in one folder, laid out as the documentation draws it. */
export function createFileStore(root: string): CredentialStore {
  const pathOf = async (key: RecordKey): Promise<string> => {
    switch (key.kind) {
      case "vault":
        return join(root, "vault.json");
      case "app":
        return join(root, key.service, "credentials.json");
      case "consent":
        return join(root, "consents", `${key.userId}.json`);
      case "pointer":
        return join(root, `${await hashOf(root, key)}_${key.service}.json`);
      case "token":
      case "key": {
        const folder = key.userId === defaultProfile ? "" : await hashOf(root, key);
        return join(root, key.service, folder, `${key.kind}.json`);
      }
    }
  };
  return {
    read: async (key) => readRecord(await pathOf(key)),
    write: async (key, text) => {
      const path = await pathOf(key);
      await requireOwnFolders(root, path);
      await writeAtomically(path, text, false);
    },
    create: async (key, text) => {
      const path = await pathOf(key);
      await requireOwnFolders(root, path);
      return writeAtomically(path, text, true);
    },
    remove: async (key) => removeFile(await pathOf(key)),
    pointers: (service) => findPointers(root, service),
    hasSealedRecords: () => hasSealedRecords(root),
    locate: pathOf,
  };
}

/** The hash that a profile's pointer stands under; for a new one the shortest that no other's does. */
async function hashOf(root: string, { service, userId }: RecordKey): Promise<string> {
  let free: string | undefined;
  for (const length of hashLengths) {
    const hash = profileHash(userId, length);
    const text = await readRecord(join(root, `${hash}_${service}.json`)).catch(() => undefined);
    const owner = text === undefined ? undefined : ownerOf(text);
    if (owner === userId) return hash;
    if (owner === undefined) free ??= hash;
  }
  if (free !== undefined) return free;
  throw integrationError("config.invalid_profile", { message: "That profile name collides with another one." });
}

/** Whose pointer it is; undefined when it is damaged, so that its profile can be set up anew in its place. */
function ownerOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const owner = typeof value === "object" && value !== null && "user_id" in value ? value.user_id : undefined;
    return typeof owner === "string" ? owner : undefined;
  } catch {
    return undefined; // damaged
  }
}

async function readRecord(path: string): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    if (!found.isFile() || found.size > maxFileBytes) throw unreadable(path);
    // Files from before, or copied with the wrong mode, are made private at the first look.
    if ((found.mode & 0o077) !== 0) await chmod(path, 0o600).catch(() => undefined); // not ours: reading may still work
    return await readFile(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return undefined;
    throw error instanceof Error && "hint" in error ? error : unreadable(path, error);
  }
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

/** The folders below the root are the vault's own: a link in the place of one would lead writes elsewhere. */
async function requireOwnFolders(root: string, path: string): Promise<void> {
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
    const found = await lstat(folder).catch(() => undefined); // not there yet, or told by the write itself
    if (!found?.isSymbolicLink()) continue;
    throw integrationError("config.invalid_file", {
      message: `${folder} is a link, and nothing is written through it.`,
      hint: "Look at where it leads, and put a folder in its place.",
      details: { file: folder },
    });
  }
}

async function findPointers(root: string, service: string | undefined): Promise<FoundPointer[]> {
  const found: FoundPointer[] = [];
  for (const name of (await listFolder(root)).sort()) {
    const owner = pointerName.exec(name)?.[2];
    if (owner === undefined || (service !== undefined && owner !== service)) continue;
    const location = join(root, name);
    const text = await readRecord(location).catch(() => ""); // an empty text is reported as a damaged pointer
    if (text !== undefined) found.push({ service: owner, location, text });
  }
  return found;
}

async function hasSealedRecords(root: string): Promise<boolean> {
  for (const service of await listFolder(root)) {
    const names = await listFolder(join(root, service));
    const profiles = names.filter((name) => /^[0-9a-f]{8,32}$/.test(name));
    for (const folder of ["", ...profiles]) {
      for (const record of ["token.json", "key.json"]) {
        if (await isSealed(join(root, service, folder, record))) return true;
      }
    }
  }
  return false;
}

/** Damaged ones count; only what is plainly not ours does not, such as the open tokens of the Python program. */
async function isSealed(path: string): Promise<boolean> {
  const text = await readRecord(path);
  if (text === undefined) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== "object" || value === null || "wrappedKey" in value;
  } catch {
    return true; // damaged
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return [];
    throw unreadable(folder, error);
  }
}

function unreadable(path: string, cause?: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `${path} cannot be read.`,
    hint: "Make it a regular file or folder that you may read.",
    details: { file: path },
    cause,
  });
}
