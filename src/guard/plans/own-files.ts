import { closeSync, fstatSync, lstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { join } from "node:path";
import { integrationError, isIntegrationError } from "../../core/errors.js";
import { isCode } from "../../credentials/file-errors.js";
import { readSafely } from "../../credentials/open-flags.js";

/**
 * The text of a file that only this user can have written: a regular one of their own, open to nobody else, in a folder
 * of which the same is true. Unlike a credential, one that others could write is not taken and made private: it may be
 * theirs.
 *
 * @returns undefined when there is no such file
 * @throws ConfigurationError `config.unsafe` for a link, for what belongs to somebody else or is open to others;
 * `config.invalid_file` for what is larger than `mostBytes` or cannot be read
 */
export function readOwnFile(folder: string, name: string, mostBytes: number): string | undefined {
  if (!requireOwnFolder(folder)) return undefined;
  const path = join(folder, name);
  let file: number | undefined;
  try {
    file = openSync(path, readSafely);
    const facts = fstatSync(file);
    if (!facts.isFile() || !isOurs(facts)) throw notOurs(path);
    if (facts.size > mostBytes) throw unreadable(path);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    if (isCode(error, "ELOOP")) throw notOurs(path); // it is a link
    throw isIntegrationError(error) ? error : unreadable(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * Looks at a folder that is to be this user's own.
 *
 * @returns whether it is there
 * @throws ConfigurationError `config.unsafe` for a link, for somebody else's, and for one that others may enter
 */
export function requireOwnFolder(folder: string): boolean {
  const facts = factsOf(folder);
  if (facts && (!facts.isDirectory() || !isOurs(facts))) throw notOurs(folder);
  return facts !== undefined;
}

function factsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function isOurs({ uid, mode }: Stats): boolean {
  const own = process.getuid?.(); // on Windows neither says who may do what
  return own === undefined || (uid === own && (mode & 0o077) === 0);
}

function notOurs(path: string): Error {
  return integrationError("config.unsafe", {
    message: `${path} is a link, belongs to somebody else, or is open to other users, and is not trusted.`,
    hint: "Look at what it is, and remove it if it should not be there.",
    details: { file: path },
  });
}

function unreadable(path: string, cause?: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `${path} cannot be read.`,
    hint: "Remove it if it should not be there.",
    details: { file: path },
    cause,
  });
}
