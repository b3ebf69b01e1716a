import { closeSync, fchmodSync, fstatSync, openSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { integrationError } from "../core/errors.js";
import { isCode } from "./file-errors.js";
import { warnOfLoosePermissions } from "./made-private.js";
import { readSafely } from "./open-flags.js";

const maxFileBytes = 1024 * 1024;

/**
 * A record's text, or undefined when there is no such file. One that others may read is made private at the first look.
 * It is read at once: a file of this size takes some microseconds, and the detour through Node's threads ten times that.
 *
 * @throws ConfigurationError `config.invalid_file` for what is no regular file, is larger than any record, or may not be
 * read
 */
export function readRecordFile(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, readSafely);
    const found = fstatSync(file);
    if (!found.isFile() || found.size > maxFileBytes) throw unreadable(path);
    if ((found.mode & 0o077) !== 0) makePrivate(file, path);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return undefined;
    throw error instanceof Error && "hint" in error ? error : unreadable(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function makePrivate(file: number, path: string): void {
  if (process.platform === "win32") return; // there the bits say nothing about who may read
  try {
    fchmodSync(file, 0o600);
    warnOfLoosePermissions(path);
  } catch {
    // It is somebody else's file: reading may still work.
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

function unreadable(path: string, cause?: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `${path} cannot be read.`,
    hint: "Make it a regular file or folder that you may read.",
    details: { file: path },
    cause,
  });
}
