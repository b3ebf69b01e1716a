import { basename, join } from "node:path";
import { integrationError } from "../core/errors.js";
import { defaultProfile } from "./names.js";
import { profileHash, pythonHash } from "./profile-hash.js";
import { listFolder, readRecordFile } from "./record-files.js";
import type { RecordKey, RecordKind } from "./store.js";

const pointerName = /^([0-9a-f]{8,32})_([a-z0-9][a-z0-9_-]*)\.json$/;
/** A profile's hash is as short as it can be; a longer one is used where another profile has the short one. */
const hashLengths = [8, 16, 32] as const;

/** The file that a record stands in. @throws ConfigurationError `config.invalid_profile` when no name is free for it */
export function pathOf(root: string, key: RecordKey): string {
  switch (key.kind) {
    case "vault":
      return join(root, "vault.json");
    case "app":
      return join(root, key.service, "credentials.json");
    case "consent":
    case "send":
      return join(root, `${key.kind}s`, `${key.userId}.json`);
    case "pointer":
      return join(root, `${hashOf(root, key)}_${key.service}.json`);
    case "token":
    case "key": {
      const folder = key.userId === defaultProfile ? "" : hashOf(root, key);
      return join(root, key.service, folder, `${key.kind}.json`);
    }
  }
}

/** The pointers' files, of one service or of all, by name. */
export async function pointerFiles(root: string, service?: string): Promise<{ service: string; path: string }[]> {
  return (await listFolder(root)).sort().flatMap((name) => {
    const owner = pointerName.exec(name)?.[2];
    return owner === undefined || (service !== undefined && owner !== service)
      ? []
      : [{ service: owner, path: join(root, name) }];
  });
}

/** Whether a profile has a pointer under today's name beside one that the original Python package named: that one counts. */
export function isSuperseded(
  root: string,
  { service, path }: { service: string; path: string },
  owner: string | undefined,
): boolean {
  if (owner === undefined || pointerName.exec(basename(path))?.[1] !== pythonHash(owner)) return false;
  return hashLengths.some((length) => ownerOf(join(root, `${profileHash(owner, length)}_${service}.json`)) === owner);
}

/** The file beside a pointer's that holds what is sealed for its profile. */
export function fileOfSealed(
  root: string,
  { service, path }: { service: string; path: string },
  owner: string | undefined,
  kind: "token" | "key",
): string {
  const hash = owner === defaultProfile ? "" : (pointerName.exec(basename(path))?.[1] ?? "");
  return join(root, service, hash, `${kind}.json`);
}

/** Every file of a sealed record, and whose it is; without a key where no pointer tells. */
export async function sealedFiles(root: string, kind?: RecordKind): Promise<SealedFile[]> {
  const found: SealedFile[] = [];
  for (const named of ["consent", "send"] as const) {
    if (kind === undefined || kind === named) found.push(...(await hashNamedFiles(root, named)));
  }
  for (const sealed of ["token", "key"] as const) {
    if (kind === undefined || kind === sealed) found.push(...(await profileFiles(root, sealed)));
  }
  return found;
}

interface SealedFile {
  readonly key: RecordKey | undefined;
  readonly path: string;
}

async function hashNamedFiles(root: string, kind: "consent" | "send"): Promise<SealedFile[]> {
  const folder = join(root, `${kind}s`);
  const names = (await listFolder(folder)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
  return names.map((name) => ({
    key: { kind, service: "", userId: name.slice(0, -".json".length) },
    path: join(folder, name),
  }));
}

async function profileFiles(root: string, kind: "token" | "key"): Promise<SealedFile[]> {
  const found: SealedFile[] = [];
  for (const service of await listFolder(root)) {
    const names = await listFolder(join(root, service));
    for (const folder of ["", ...names.filter((name) => /^[0-9a-f]{8,32}$/.test(name))]) {
      const userId = folder === "" ? defaultProfile : ownerOf(join(root, `${folder}_${service}.json`));
      const path = join(root, service, folder, `${kind}.json`);
      if (isSealed(path)) found.push({ key: userId === undefined ? undefined : { kind, service, userId }, path });
    }
  }
  return found;
}

/** The hash that a profile's pointer stands under; for a new one the shortest that no other's does. */
function hashOf(root: string, { service, userId }: RecordKey): string {
  let free: string | undefined;
  for (const length of hashLengths) {
    const hash = profileHash(userId, length);
    const owner = ownerOf(join(root, `${hash}_${service}.json`));
    if (owner === userId) return hash;
    if (owner === undefined) free ??= hash;
  }
  const old = pythonHash(userId);
  if (ownerOf(join(root, `${old}_${service}.json`)) === userId) return old;
  if (free !== undefined) return free;
  throw integrationError("config.invalid_profile", { message: "That profile name collides with another one." });
}

/** Whose pointer it is; undefined when it is damaged, so that its profile can be set up anew in its place. */
function ownerOf(path: string): string | undefined {
  try {
    return ownerIn(readRecordFile(path) ?? "null");
  } catch {
    return undefined; // unreadable
  }
}

/** Whose a pointer says it is. */
export function ownerIn(pointer: string): string | undefined {
  try {
    const value: unknown = JSON.parse(pointer);
    const owner = typeof value === "object" && value !== null && "user_id" in value ? value.user_id : undefined;
    return typeof owner === "string" ? owner : undefined;
  } catch {
    return undefined; // damaged
  }
}

/** Damaged ones count; only what is plainly not ours does not, such as the open tokens of the Python program. */
function isSealed(path: string): boolean {
  const text = readRecordFile(path);
  if (text === undefined) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== "object" || value === null || "wrappedKey" in value;
  } catch {
    return true; // damaged
  }
}
