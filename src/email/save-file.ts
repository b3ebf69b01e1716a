import { randomBytes } from "node:crypto";
import { constants, copyFile, link, open, realpath, unlink } from "node:fs/promises";
import { join } from "node:path";
import { integrationError } from "../core/errors.js";
import { safeFilename, withNumber } from "./safe-filename.js";

const mostNumbers = 10_000;

/**
 * Writes a file into a folder, under a harmless form of its name. It appears when it is complete; a file of that name
 * stays as it is, and the new one gets a number.
 *
 * @returns its absolute path
 * @throws ConfigurationError `config.invalid_file` when there is no such folder, or it cannot be written to; what the
 * content throws, and nothing is left of the file then
 */
export async function saveFile(
  directory: string,
  filename: string,
  content: AsyncIterable<Uint8Array>,
): Promise<string> {
  const folder = await realpath(directory).catch((cause: unknown) => {
    throw cannotWrite(directory, cause);
  });
  const unfinished = join(folder, `.unfinished-${randomBytes(8).toString("hex")}`);
  const file = await open(unfinished, "wx", 0o600).catch((cause: unknown) => {
    throw cannotWrite(directory, cause);
  });
  try {
    try {
      for await (const chunk of content) await writeAll(file, chunk, directory);
      await file.sync();
    } finally {
      await file.close();
    }
    return await giveName(unfinished, folder, safeFilename(filename));
  } finally {
    await unlink(unfinished).catch(() => undefined); // its content has a name of its own by now, or failed
  }
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, chunk: Uint8Array, directory: string): Promise<void> {
  try {
    await file.writeFile(chunk); // goes on where the last one ended
  } catch (cause) {
    throw cannotWrite(directory, cause);
  }
}

/** Gives a file the first name that is free, in one step: what another program makes meanwhile is not written over. */
async function giveName(path: string, folder: string, filename: string): Promise<string> {
  for (let number = 1; number <= mostNumbers; number += 1) {
    const named = join(folder, number === 1 ? filename : withNumber(filename, number));
    try {
      await claim(path, named);
      return named;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cannotWrite(folder, cause);
    }
  }
  throw cannotWrite(folder, undefined);
}

async function claim(path: string, named: string): Promise<void> {
  try {
    await link(path, named);
  } catch (cause) {
    if (!withoutLinks.has((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
    await copyFile(path, named, constants.COPYFILE_EXCL);
  }
}

/** What file systems say that know one name for each file only. */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

function cannotWrite(directory: string, cause: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `Nothing can be saved in ${directory}.`,
    hint: "Name a folder that exists and may be written to, on a disk with room.",
    details: { directory },
    cause,
  });
}
