import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { IntegrationConfig } from "../config.js";
import { integrationError } from "../core/errors.js";

/**
 * Refuses what is fine on a developer's machine and not in production.
 *
 * @throws ConfigurationError `config.unsafe`
 */
export async function requireSafe(config: IntegrationConfig): Promise<void> {
  const { credentialsDir, credentialStorage } = config;
  if (credentialStorage === "memory") throw unsafe("Credentials in memory are lost with the process.");
  if (credentialStorage !== "file") return;
  const folder = await lstat(credentialsDir).catch(() => undefined); // not there yet: it will be made private
  if (folder && (folder.mode & 0o077) !== 0) throw unsafe(`${credentialsDir} can be entered by other users.`);
  if (await isExposedToGit(credentialsDir)) {
    throw unsafe(`${credentialsDir} lies in a git work tree that does not ignore it.`);
  }
}

/** Whether a commit could take a folder along: it lies in a git work tree whose rules do not exclude it. */
export async function isExposedToGit(folder: string): Promise<boolean> {
  let top = dirname(folder);
  while (!existsSync(join(top, ".git"))) {
    if (dirname(top) === top) return false;
    top = dirname(top);
  }
  try {
    await promisify(execFile)("git", ["-C", top, "check-ignore", "--quiet", join(folder, "token.json")]);
    return false;
  } catch {
    return true; // not ignored, or git cannot say: then nobody knows
  }
}

function unsafe(message: string): Error {
  return integrationError("config.unsafe", { message });
}
