import { randomBytes } from "node:crypto";
import type { AsyncEntry } from "@napi-rs/keyring";
import { systemClock } from "../core/clock.js";
import { isInstalled, requireInstalled } from "../core/packages.js";
import { keyBytes, keyIdOf, keyUnavailable, type KeySource } from "./key-source.js";

const packageName = "@napi-rs/keyring";
const keychainName = "maigic-integrations";
/** A keychain that is locked or has no daemon may never answer. */
const timeoutMs = 3_000;

/** Whether the package is there that reaches the system's keychain. */
export function hasKeychain(): boolean {
  return isInstalled(packageName);
}

/**
 * Keys in the system's keychain: they protect against whoever has all the files, and on some systems against other
 * programs of the same user. One key of 32 bytes is kept there, never a token.
 */
export function keychainKeys(): KeySource {
  return {
    async create(vaultId) {
      const key = randomBytes(keyBytes);
      const keyId = keyIdOf(key);
      const entry = await entryOf(vaultId, keyId);
      const text = key.toString("base64");
      await inTime((signal) => entry.setPassword(text, signal));
      // Some keychains take what they do not keep.
      const kept = await inTime((signal) => entry.getPassword(signal));
      if (kept !== text) throw keyUnavailable("The system's keychain does not give back what was put there.");
      return { key, record: { key_id: keyId, key_source: "keychain" } };
    },
    async read(vaultId, { key_id: keyId }) {
      const entry = await entryOf(vaultId, keyId);
      const text = await inTime((signal) => entry.getPassword(signal));
      const key = Buffer.from(text ?? "", "base64");
      if (key.length === keyBytes && keyIdOf(key) === keyId) return key;
      throw keyUnavailable(
        `The system's keychain has no key for this vault (${keychainName}, ${vaultId}.${keyId}).`,
        "Unlock or restore the keychain that this vault was made with; nothing was changed.",
      );
    },
    async remove(vaultId, { key_id: keyId }) {
      const entry = await entryOf(vaultId, keyId);
      await inTime((signal) => entry.deletePassword(signal));
    },
  };
}

async function entryOf(vaultId: string, keyId: string): Promise<AsyncEntry> {
  requireInstalled("The system's keychain", [packageName]);
  const keyring = await import("@napi-rs/keyring");
  try {
    // The other keychain of Linux, in the kernel, loses its keys when the machine starts anew.
    return new keyring.AsyncEntry(keychainName, `${vaultId}.${keyId}`, { linux: { store: "secret-service" } });
  } catch (cause) {
    throw unreachable(cause);
  }
}

async function inTime<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const watch = new AbortController();
  const tooLate = systemClock.sleep(timeoutMs, watch.signal).then(() => {
    late.abort();
    throw keyUnavailable(
      `The system's keychain did not answer within ${timeoutMs / 1000} s.`,
      "Unlock it, and try again.",
    );
  });
  try {
    return await Promise.race([call(late.signal), tooLate]);
  } catch (error) {
    throw error instanceof Error && "hint" in error ? error : unreachable(error);
  } finally {
    watch.abort();
    tooLate.catch(() => undefined); // the keychain was in time
  }
}

function unreachable(cause: unknown): Error {
  return keyUnavailable(
    "The system's keychain cannot be used.",
    "Sign in to a desktop session with a keychain, or keep the vault's key elsewhere: MAIGIC_VAULT_KEY_SOURCE=key_file.",
    cause,
  );
}
