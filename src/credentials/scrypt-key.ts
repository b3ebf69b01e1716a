import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { keyBytes } from "./key-source.js";
import type { KdfRecord } from "./records.js";

const derive: (passphrase: string, salt: Buffer, length: number, options: object) => Promise<Buffer> =
  promisify(scrypt);

const cost = { n: 2 ** 17, r: 8, p: 1 };
/** What nobody who made a vault here asked for, and what would take the machine's memory. */
const most = { n: 2 ** 20, r: 16, p: 4 };
const saltBytes = 16;

/** How a new key is derived: with a salt of its own. */
export function newDerivation(): KdfRecord {
  return { name: "scrypt", ...cost, salt: randomBytes(saltBytes).toString("base64url") };
}

/** Whether a derivation is no weaker than a new one, and not so dear that it stops the machine. */
export function isBearable({ n, r, p, salt }: KdfRecord): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(n));
  const strong = n >= cost.n && r >= cost.r && p >= cost.p && Buffer.from(salt, "base64url").length >= saltBytes;
  return isPowerOfTwo && strong && n <= most.n && r <= most.r && p <= most.p;
}

/** The key that is derived from a passphrase; takes some tenths of a second. @see https://www.rfc-editor.org/rfc/rfc7914 */
export async function deriveKey(passphrase: string, { n, r, p, salt }: KdfRecord): Promise<Buffer> {
  const options = { cost: n, blockSize: r, parallelization: p, maxmem: 256 * n * r };
  return derive(passphrase, Buffer.from(salt, "base64url"), keyBytes, options);
}
