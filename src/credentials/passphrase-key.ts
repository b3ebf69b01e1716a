import { integrationError } from "../core/errors.js";
import type { Secret } from "../core/secret.js";
import { keyIdOf, keyUnavailable, type KeySource } from "./key-source.js";
import { deriveKey, isBearable, newDerivation } from "./scrypt-key.js";

const leastCharacters = 12;

/**
 * Keys that are derived from a passphrase: they protect against whoever has all the files, as well as the passphrase is
 * hard to guess.
 */
export function passphraseKeys(passphrase: Secret | undefined): KeySource {
  return {
    async create() {
      const text = required(passphrase);
      if (Array.from(text).length < leastCharacters) {
        throw integrationError("config.invalid", {
          message: `The vault's passphrase has fewer than ${leastCharacters} characters.`,
          hint: "Take five or six random words, or a longer sentence that nobody else has written.",
        });
      }
      const kdf = newDerivation();
      const key = await deriveKey(text, kdf);
      return { key, record: { key_id: keyIdOf(key), key_source: "passphrase", kdf } };
    },
    async read(_, { key_id: keyId, kdf }) {
      if (!kdf || !isBearable(kdf)) {
        throw keyUnavailable(
          "vault.json derives the key in a weaker or far dearer way than vaults are made with.",
          "Restore vault.json from a backup: it was changed.",
        );
      }
      const key = await deriveKey(required(passphrase), kdf);
      if (keyIdOf(key) === keyId) return key;
      throw keyUnavailable("The passphrase is not the vault's.", "Give the passphrase that this vault was made with.");
    },
    remove: () => Promise.resolve(), // nothing of it is kept
  };
}

function required(passphrase: Secret | undefined): string {
  if (passphrase) return passphrase.reveal().normalize("NFC");
  throw keyUnavailable(
    "The vault's key is derived from a passphrase, and none was given.",
    "Set MAIGIC_VAULT_PASSPHRASE in the environment.",
  );
}
