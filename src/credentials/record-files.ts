import { constants } from "node:fs";
import { lstat, open, readdir, unlink, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { integrationError } from "../core/errors.js";
import { cannotWrite, isCode } from "./atomic-write.js";

const maxFileBytes = 1024 * 1024;
/** Neither follows a link nor waits for the other end of a pipe. On Windows, which has neither, the flags are undefined. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * A record's text, or undefined when there is no such file. One that others may read is made private at the first look.
 *
 * @throws ConfigurationError `config.invalid_file` for what is no regular file, is larger than any record, or may not be
 * read
 */
export async function readRecordFile(path: string): Promise<string | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, readOnly);
    const found = await file.stat();
    if (!found.isFile() || found.size > maxFileBytes) throw unreadable(path);
    if ((found.mode & 0o077) !== 0) await file.chmod(0o600).catch(() => undefined); // not ours: reading may still work
    return await file.readFile("utf8");
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return undefined;
    throw error instanceof Error && "hint" in error ? error : unreadable(path, error);
  } finally {
    await file?.close();
  }
}

/** @returns whether there was such a file @throws ConfigurationError `config.invalid_file` */
export async function removeRecordFile(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return false;
    throw cannotWrite(path, error);
  }
}

/** The names in a folder; none when there is no such folder. @throws ConfigurationError `config.invalid_file` */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return [];
    throw unreadable(folder, error);
  }
}

/**
 * The folders between a root and a file are the vault's own: a link in the place of one would lead writes elsewhere.
 *
 * @throws ConfigurationError `config.invalid_file`
 */
export async function requireOwnFolders(root: string, path: string): Promise<void> {
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

function unreadable(path: string, cause?: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `${path} cannot be read.`,
    hint: "Make it a regular file or folder that you may read.",
    details: { file: path },
    cause,
  });
}
