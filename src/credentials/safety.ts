import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { IntegrationConfig } from "../config.js";
import { integrationError } from "../core/errors.js";

/**
 * In production, refuses what is fine on a developer's machine only.
 *
 * @throws ConfigurationError `config.unsafe`
 */
export async function requireSafe(config: IntegrationConfig): Promise<void> {
  if (config.environment !== "production") return;
  const { configDir, credentialsDir, credentialStorage } = config;
  if (credentialStorage === "memory") throw unsafe("Credentials in memory are lost with the process.");
  if (credentialStorage !== "file") return;
  for (const folder of [credentialsDir, join(configDir, "keys")]) {
    const found = await stat(folder).catch(() => undefined); // not there yet: it will be made private
    if (found && (found.mode & 0o077) !== 0) throw unsafe(`${folder} can be entered by other users.`);
  }
  if (await isExposedToGit(credentialsDir)) {
    throw unsafe(`${credentialsDir} lies in a git work tree that does not ignore it.`);
  }
}

/** Whether a commit could take secrets along: the folder lies in a git work tree whose rules do not exclude all of it. */
export async function isExposedToGit(folder: string): Promise<boolean> {
  let top = folder;
  while (!existsSync(join(top, ".git"))) {
    if (dirname(top) === top) return false;
    top = dirname(top);
  }
  const [{ execFile }, { promisify }] = await Promise.all([import("node:child_process"), import("node:util")]);
  // One file of each kind and at each depth: a rule may cover one and not the others.
  const records = ["token.json", "key.json", "credentials.json"].map((file) => join("service", file));
  const samples = ["vault.json", "00000000_service.json", ...records, join("service", "00000000", "token.json")];
  try {
    for (const sample of samples) {
      await promisify(execFile)("git", ["-C", top, "check-ignore", "--quiet", "--", join(folder, sample)]);
    }
    return false;
  } catch {
    return true; // not ignored, or git cannot say: then nobody knows
  }
}

function unsafe(message: string): Error {
  return integrationError("config.unsafe", { message });
}
