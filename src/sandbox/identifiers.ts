import { createHash } from "node:crypto";

/** Ids and secrets that are the same in every run with the same seed. */
export interface Identifiers {
  /** A new 16-digit hexadecimal id, as Gmail's. */
  hex(): string;
  /** A new opaque token with a prefix, such as an access token. */
  token(prefix: string, length?: number): string;
  /** A new id of letters and digits in base 32, as Calendar's. */
  base32(): string;
  /** A growing number, as history ids and etags are. */
  next(): number;
}

/** Begins a sequence of identifiers. */
export function createIdentifiers(seed: number): Identifiers {
  let count = 0;
  const digest = (): Buffer => {
    count += 1;
    return createHash("sha256").update(`${seed}:${count}`).digest();
  };
  return {
    hex: () => `19${digest().toString("hex").slice(0, 14)}`,
    token: (prefix, length = 43) => prefix + digest().toString("base64url").slice(0, length),
    base32: () =>
      BigInt(`0x${digest().toString("hex").slice(0, 32)}`)
        .toString(32)
        .padStart(26, "0"),
    next: () => {
      count += 1;
      return 1_000_000 + count;
    },
  };
}
