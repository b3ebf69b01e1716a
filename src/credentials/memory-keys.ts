import { randomBytes } from "node:crypto";
import { integrationError } from "../core/errors.js";
import { keyBytes, keyIdOf, type KeySource } from "./key-source.js";

/** Keys that live as long as the process, for records that do the same. */
export function memoryKeys(): KeySource {
  const keys = new Map<string, Buffer>();
  return {
    create() {
      const key = randomBytes(keyBytes);
      keys.set(keyIdOf(key), key);
      return Promise.resolve({ key, record: { key_id: keyIdOf(key), key_source: "memory" } });
    },
    async read(_, { key_id: keyId }) {
      const key = keys.get(keyId);
      if (key) return Promise.resolve(key);
      throw integrationError("auth.key_unavailable", {
        message: "The vault's key was in the memory of another process.",
      });
    },
    remove(_, { key_id: keyId }) {
      keys.delete(keyId);
      return Promise.resolve();
    },
  };
}
