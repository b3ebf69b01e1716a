import { randomBytes } from "node:crypto";
import { chmod, lstat, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isCode, writeAtomically } from "./atomic-write.js";

/**
 * A vault's key as a file in the user's own configuration folder, readable by its owner alone. It protects against
 * copying the credentials folder, for a backup or by mistake; not against programs that run as the same user.
 */
export interface KeyFile {
  readonly path: string;
  /** The key's 32 bytes, or undefined when there is no such file or it holds no key. */
  read(): Promise<Buffer | undefined>;
  /** Makes a new key; never over an existing one. @returns undefined when there is one already */
  create(): Promise<Buffer | undefined>;
  remove(): Promise<void>;
}

const keyBytes = 32;

/** The key file of a vault. */
export function keyFile(configDir: string, vaultId: string): KeyFile {
  const path = join(configDir, "keys", `${vaultId}.key`);
  return {
    path,
    async read() {
      try {
        const found = await lstat(path);
        if (!found.isFile()) return undefined;
        if ((found.mode & 0o077) !== 0) await chmod(path, 0o600).catch(() => undefined); // not ours: reading may still work
        const key = Buffer.from((await readFile(path, "utf8")).trim(), "base64");
        return key.length === keyBytes ? key : undefined;
      } catch (error) {
        if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR") || isCode(error, "EACCES")) return undefined;
        throw error;
      }
    },
    async create() {
      const key = randomBytes(keyBytes);
      return (await writeAtomically(path, `${key.toString("base64")}\n`, true)) ? key : undefined;
    },
    remove: () => rm(path, { force: true }),
  };
}
