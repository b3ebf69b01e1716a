import { chmod, lstat } from "node:fs/promises";
import { dirname } from "node:path";
import { integrationError } from "../core/errors.js";
import { warnOfLoosePermissions } from "./made-private.js";

/**
 * Looks at the folders between a root, which is the user's choice, and a file: they are the vault's own. A link in the
 * place of one would lead writes elsewhere; one that others may enter is made private.
 *
 * @throws ConfigurationError `config.invalid_file` for a link
 */
export async function requireOwnFolders(root: string, path: string): Promise<void> {
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) {
    const found = await lstat(folder).catch(() => undefined); // not there yet, or told by the write itself
    if (found?.isSymbolicLink()) {
      throw integrationError("config.invalid_file", {
        message: `${folder} is a link, and nothing is written through it.`,
        hint: "Look at where it leads, and put a folder in its place.",
        details: { file: folder },
      });
    }
    if (found?.isDirectory() && (found.mode & 0o077) !== 0) await makePrivate(folder);
  }
}

async function makePrivate(folder: string): Promise<void> {
  if (process.platform === "win32") return; // there the bits say nothing about who may enter
  try {
    await chmod(folder, 0o700);
    warnOfLoosePermissions(folder);
  } catch {
    // It is somebody else's folder: what is written there is private all the same.
  }
}
