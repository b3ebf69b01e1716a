import { createHash } from "node:crypto"; // why this is a file of its own: the package's root loads names.ts, without crypto

/** What names a profile's files: the name itself never becomes a path. */
export function profileHash(userId: string, length: number): string {
  return createHash("md5").update(userId).digest("hex").slice(0, length);
}

/** How the original Python package named a profile's pointer. */
export function pythonHash(userId: string): string {
  return createHash("sha256").update(userId).digest("hex").slice(0, 8);
}
