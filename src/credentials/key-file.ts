import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { integrationError } from "../core/errors.js";
import { keyBytes, keyIdOf, type KeySource } from "./key-source.js";
import { listFolder, readRecordFile } from "./record-files.js";

/**
 * Keys as files in the user's own configuration folder, readable by their owner alone. They protect against copying the
 * credentials folder, for a backup or by mistake; not against programs that run as the same user.
 */
export function keyFiles(configDir: string): KeySource {
  const pathOf = (vaultId: string, keyId: string): string => join(configDir, "keys", `${vaultId}.${keyId}.key`);
  return {
    async create(vaultId) {
      const key = randomBytes(keyBytes);
      const keyId = keyIdOf(key);
      const [{ createDurably }, { requireOwnFolders }] = await Promise.all([
        import("./atomic-write.js"),
        import("./own-folders.js"),
      ]);
      await requireOwnFolders(configDir, pathOf(vaultId, keyId));
      // Nothing names the file yet: one that was not finished is nobody's key.
      await createDurably(pathOf(vaultId, keyId), `${key.toString("base64")}\n`);
      return { key, record: { key_id: keyId, key_source: "key_file" } };
    },
    read: async (vaultId, { key_id: keyId }) => {
      const path = pathOf(vaultId, keyId);
      const key = Buffer.from(textOf(path).trim(), "base64");
      if (key.length !== keyBytes) throw unavailable(`The vault's key file ${path} is missing or holds no key.`, path);
      if (keyIdOf(key) !== keyId) throw unavailable(`${path} holds another key than the vault's.`, path);
      return key;
    },
    remove: (vaultId, { key_id: keyId }) => rm(pathOf(vaultId, keyId), { force: true }),
    async removeUnused(vaultId, used) {
      for (const name of await listFolder(join(configDir, "keys"))) {
        const [vault, keyId, end] = name.split(".");
        if (vault !== vaultId || keyId === undefined || end !== "key" || used.includes(keyId)) continue;
        await rm(join(configDir, "keys", name), { force: true });
      }
    },
  };
}

function textOf(path: string): string {
  try {
    return readRecordFile(path) ?? "";
  } catch (cause) {
    throw unavailable(`The vault's key file ${path} cannot be read.`, path, cause);
  }
}

function unavailable(message: string, file: string, cause?: unknown): Error {
  return integrationError("auth.key_unavailable", { message, details: { file }, cause });
}
