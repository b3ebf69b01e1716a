import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { integrationError } from "../core/errors.js";
import type { Secret } from "../core/secret.js";
import { keyBytes, keyIdOf, keyUnavailable, type KeySource } from "./key-source.js";
import type { KdfRecord } from "./records.js";

const derive: (passphrase: string, salt: Buffer, length: number, options: object) => Promise<Buffer> =
  promisify(scrypt);

const cost = { n: 2 ** 17, r: 8, p: 1 };
/** What nobody who made a vault here asked for, and what would take the machine's memory. */
const most = { n: 2 ** 20, r: 16, p: 4 };
const leastCharacters = 12;
const saltBytes = 16;

/**
 * Keys that are derived from a passphrase: they protect against whoever has all the files, as well as the passphrase is
 * hard to guess.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7914
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
      const kdf: KdfRecord = { name: "scrypt", ...cost, salt: randomBytes(saltBytes).toString("base64url") };
      const key = await keyFrom(text, kdf);
      return { key, record: { key_id: keyIdOf(key), key_source: "passphrase", kdf } };
    },
    async read(_, { key_id: keyId, kdf }) {
      if (!kdf || !isBearable(kdf)) {
        throw keyUnavailable(
          "vault.json derives the key in a weaker or far dearer way than vaults are made with.",
          "Restore vault.json from a backup: it was changed.",
        );
      }
      const key = await keyFrom(required(passphrase), kdf);
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

function isBearable({ n, r, p, salt }: KdfRecord): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(n));
  const strong = n >= cost.n && r >= cost.r && p >= cost.p && Buffer.from(salt, "base64url").length >= saltBytes;
  return isPowerOfTwo && strong && n <= most.n && r <= most.r && p <= most.p;
}

async function keyFrom(passphrase: string, { n, r, p, salt }: KdfRecord): Promise<Buffer> {
  const options = { cost: n, blockSize: r, parallelization: p, maxmem: 256 * n * r };
  return derive(passphrase, Buffer.from(salt, "base64url"), keyBytes, options);
}
