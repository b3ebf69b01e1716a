import type { Stats } from "node:fs";
import { lstat, open, realpath, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { integrationError } from "../../core/errors.js";
import { isCode } from "../../credentials/file-errors.js";
import { shellWord } from "../../credentials/names.js";
import { readSafely } from "../../credentials/open-flags.js";

const maxBytes = 256 * 1024;
const sticky = 0o1000;

/**
 * The text of a file that nobody but its owner can have written: a regular file of this user's own, which no one else may
 * read or write, in folders that no one else may change.
 *
 * @returns undefined where there is no such file
 * @throws ConfigurationError `config.unsafe` naming what to do, `config.invalid_file` when it cannot be read as text
 */
export async function readPolicyFile(file: string): Promise<string | undefined> {
  const found = await orNotThere(file, lstat(file));
  if (!found) return undefined;
  requireOwn(file, found);
  await requireUnchangeable(dirname(file));
  // What was looked at may have been replaced since: what is opened is looked at again, and no link is followed to it.
  const opened = await orNotThere(file, open(file, readSafely));
  if (!opened) return undefined;
  try {
    requireOwn(file, await opened.stat());
    return await textOf(file, opened);
  } finally {
    await opened.close();
  }
}

function requireOwn(file: string, found: Stats): void {
  if (!found.isFile()) {
    const message = `${file} is ${found.isSymbolicLink() ? "a link" : "no regular file"}, and is not read.`;
    throw unsafe(file, message, "Put the file itself in its place.");
  }
  if (process.platform === "win32") return; // there the bits say nothing about who may read and write
  if (found.uid !== process.getuid?.()) {
    throw unsafe(file, `${file} belongs to somebody else, and is not read.`, "Put a file of your own in its place.");
  }
  if ((found.mode & 0o077) === 0) return;
  throw unsafe(file, `${file} is open to other users of this machine.`, `Run: chmod 600 ${shellWord(file)}`);
}

/** Whoever may write a folder on the way could put another one, with a file in it, in the place of the next. */
async function requireUnchangeable(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const real = await orNotThere(folder, realpath(folder));
  for (const each of new Set([...upFrom(folder), ...upFrom(real ?? folder)])) {
    const found = await orNotThere(each, lstat(each));
    if (found) requireUnchangeableFolder(each, found);
  }
}

function requireUnchangeableFolder(folder: string, found: Stats): void {
  if (found.uid !== 0 && found.uid !== process.getuid?.()) {
    const hint = "Keep it in a folder of your own: set MAIGIC_CONFIG_DIR.";
    throw unsafe(folder, `${folder} belongs to somebody else, who could replace the policy in it.`, hint);
  }
  if (found.isSymbolicLink() || (found.mode & 0o022) === 0) return;
  if ((found.mode & sticky) !== 0) return; // as in /tmp, where only owners rename and remove what is theirs
  const message = `${folder} can be written by other users of this machine, who could replace the policy in it.`;
  throw unsafe(folder, message, `Run: chmod go-w ${shellWord(folder)}`);
}

function upFrom(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upFrom(above)];
}

async function textOf(file: string, opened: FileHandle): Promise<string> {
  const buffer = Buffer.alloc(maxBytes + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await opened.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length > maxBytes) throw unreadable(file, "is larger than 256 KB", "Write a smaller policy.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, length));
  } catch (cause) {
    throw unreadable(file, "is not UTF-8", "Save it as UTF-8 text.", cause);
  }
}

/** What a look at a path gives; undefined where there is nothing. */
async function orNotThere<T>(path: string, look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (cause) {
    if (isCode(cause, "ENOENT")) return undefined;
    throw unreadable(path, "cannot be read", "Make it readable for yourself.", cause);
  }
}

function unreadable(file: string, problem: string, hint: string, cause?: unknown): Error {
  return integrationError("config.invalid_file", { message: `${file} ${problem}.`, hint, details: { file }, cause });
}

function unsafe(path: string, message: string, hint: string): Error {
  return integrationError("config.unsafe", { message, hint, details: { file: path } });
}
