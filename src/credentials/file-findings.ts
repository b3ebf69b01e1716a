import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { IntegrationConfig } from "../config.js";
import { isSuperseded, ownerIn, pointerFiles } from "./file-layout.js";
import { readRecordFile } from "./record-files.js";
import { isExposedToGit } from "./safety.js";
import { isOpenToken } from "./token-records.js";
import type { VaultFinding } from "./types.js";

/** What is wrong with a vault's files: who may read them, and what the original Python package left. */
export async function fileFindings({ credentialsDir, configDir }: IntegrationConfig): Promise<VaultFinding[]> {
  const findings: VaultFinding[] = [];
  const loose = [...(await looseBelow(credentialsDir)), ...(await looseBelow(join(configDir, "keys")))];
  if (loose.length > 0) {
    findings.push({
      kind: "loose_permissions",
      message: `${loose.length === 1 ? "One path is" : `${loose.length} paths are`} open to other users of this machine.`,
      next: `chmod -R go= "${credentialsDir}"`,
      files: loose,
    });
  }
  if (await isExposedToGit(credentialsDir)) {
    findings.push({
      kind: "exposed_to_git",
      message: `${credentialsDir} lies in a git work tree that does not ignore it: a commit could take secrets along.`,
      next: `Add it to .gitignore, or move it: MAIGIC_CREDENTIALS_DIR.`,
    });
  }
  return [...findings, ...(await leftBehind(credentialsDir))];
}

async function leftBehind(root: string): Promise<VaultFinding[]> {
  const findings: VaultFinding[] = [];
  const services = new Set<string>();
  for (const pointer of await pointerFiles(root)) {
    services.add(pointer.service);
    const text = textOf(pointer.path);
    if (text === undefined || !isSuperseded(root, pointer, ownerIn(text))) continue;
    const message = `${pointer.path} is of the original Python package, and a newer file has taken its place.`;
    findings.push({ kind: "superseded_pointer", message, next: "Remove the file.", files: [pointer.path] });
  }
  for (const service of services) {
    const file = join(root, service, "token.json");
    if (!isOpenToken(textOf(file) ?? "")) continue;
    const message = `${file} holds a token in clear, as the original Python package kept it.`;
    findings.push({ kind: "token_in_clear", message, next: "Nothing: its next renewal seals it.", files: [file] });
  }
  return findings;
}

function textOf(path: string): string | undefined {
  try {
    return readRecordFile(path);
  } catch {
    return undefined; // its profile's state tells
  }
}

async function looseBelow(folder: string): Promise<string[]> {
  if (process.platform === "win32") return []; // there the bits say nothing about who may read
  const entries = await readdir(folder, { recursive: true }).catch(() => undefined); // there is no such folder yet
  if (!entries) return [];
  const loose: string[] = [];
  for (const path of [folder, ...entries.map((entry) => join(folder, entry))]) {
    const found = await lstat(path).catch(() => undefined); // removed meanwhile
    if (found && !found.isSymbolicLink() && (found.mode & 0o077) !== 0) loose.push(path);
  }
  return loose;
}
