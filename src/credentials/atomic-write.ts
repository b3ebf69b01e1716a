import { randomBytes } from "node:crypto";
import { chmod, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { integrationError } from "../core/errors.js";
import { cannotWrite, isCode } from "./file-errors.js";

/** Readable by the owner alone. */
export const fileMode = 0o600;
const folderMode = 0o700;

/**
 * Replaces a file as a whole: readers see the old content or the new, also after a crash. Files are readable by their
 * owner alone whatever the umask, and are never written through links.
 *
 * @param temporaryFolder - where the new content is prepared, on the same drive
 * @param mode - who may read it, for a file that is not only ours
 * @throws ConfigurationError `config.invalid_file` when the folder cannot be written or something else stands in the way
 */
export async function writeAtomically(
  path: string,
  text: string,
  temporaryFolder: string,
  mode: number = fileMode,
): Promise<void> {
  await makeFolder(dirname(path));
  await makeFolder(temporaryFolder);
  await requireOwnFile(path);
  const temporary = join(temporaryFolder, `.${randomBytes(8).toString("hex")}.tmp`);
  try {
    await writeNewFile(temporary, text, mode);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    throw cannotWrite(path, cause);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined); // mostly renamed away already
  }
}

/**
 * Makes a file that nobody looks for before this has returned, readable by its owner alone.
 *
 * @throws ConfigurationError `config.invalid_file` when it cannot be made, or is there already
 */
export async function createDurably(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  try {
    await writeNewFile(path, text);
    await syncFolder(dirname(path));
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** Makes a folder and those above it that are missing, for their owner alone. @throws ConfigurationError `config.invalid_file` */
export async function makeFolder(folder: string): Promise<void> {
  try {
    const first = await mkdir(folder, { recursive: true, mode: folderMode });
    if (first !== undefined) await chmod(folder, folderMode);
  } catch (cause) {
    throw cannotWrite(folder, cause);
  }
}

async function writeNewFile(path: string, text: string, mode: number = fileMode): Promise<void> {
  const file = await open(path, "wx", fileMode);
  try {
    await file.chmod(mode);
    await file.writeFile(text, "utf8");
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Looks at a file before it is written: a link, a pipe or somebody else's file may be a trap, and is nothing of ours.
 *
 * @returns whether there is a file
 * @throws ConfigurationError `config.invalid_file` when there is something else
 */
export async function requireOwnFile(path: string): Promise<boolean> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isCode(error, "ENOENT")) return undefined;
    throw cannotWrite(path, error);
  });
  const own = process.getuid?.();
  if (!found) return false;
  if (found.isFile() && (own === undefined || found.uid === own)) return true;
  throw integrationError("config.invalid_file", {
    message: `${path} is a link or somebody else's file, and is not written to.`,
    hint: "Look at what it is, and remove it if it should not be there.",
    details: { file: path },
  });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Windows and some network drives cannot do this for folders; the file itself is durable.
    if (!["EPERM", "EINVAL", "EISDIR", "ENOTSUP"].some((code) => isCode(error, code))) throw error;
  } finally {
    await handle.close();
  }
}
