import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { KeySourceName } from "../../config.js";
import { integrationError } from "../../core/errors.js";
import { createDurably } from "../../credentials/atomic-write.js";
import { isCode } from "../../credentials/file-errors.js";
import type { ProfileExport } from "../../credentials/types.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { credentialsOf, type CredentialFlags } from "./credential-flags.js";
import { printJson } from "../terminal/print.js";
import { printView } from "../terminal/print-view.js";
import { progress } from "../terminal/progress.js";
import { terminalPrompter } from "../terminal/terminal-prompter.js";
import { movedView, rotationView, vaultView } from "../views/vault.js";

/** Which profiles an export takes, and where it goes. */
export interface ExportFlags extends CredentialFlags {
  readonly service?: string;
  readonly profile?: string;
  readonly out?: string;
  readonly remove?: boolean;
}

const largestImportBytes = 64 * 1024 * 1024;

/** `vault status`: where the vault is and what seals it. */
export async function vaultStatusCommand(
  given: IntegrationRegistry | undefined,
  flags: CredentialFlags,
): Promise<void> {
  const registry = given ?? getRegistry();
  const status = await credentialsOf(registry, flags).vaultStatus();
  const { credentialsDir } = registry.config;
  if (flags.json) {
    printJson({ credentialsDir, vault: status ?? null });
    return;
  }
  printView(vaultView(status, credentialsDir));
}

/** `vault rotate`: a new key for everything. */
export async function vaultRotateCommand(
  given: IntegrationRegistry | undefined,
  flags: CredentialFlags & { readonly to?: KeySourceName },
): Promise<void> {
  const bar = progress("Sealing with the new key");
  const result = await credentialsOf(given, flags).rotateKey({ to: flags.to, onProgress: bar.update }).finally(bar.end);
  if (flags.json) {
    printJson(result);
    return;
  }
  printView(rotationView(result));
}

/** `vault export`: profiles for another machine. */
export async function vaultExportCommand(given: IntegrationRegistry | undefined, flags: ExportFlags): Promise<void> {
  const credentials = credentialsOf(given, flags);
  if (flags.remove && flags.out === undefined) {
    throw integrationError("config.invalid", {
      message: "--remove takes the profiles out of this vault, so they must be safe in a file first.",
      hint: "Add --out FILE.",
    });
  }
  const exported = await credentials.exportProfiles({ service: flags.service, userId: flags.profile });
  const file = flags.out === undefined ? undefined : resolve(flags.out);
  if (file !== undefined) await writeNew(file, exported.document);
  if (flags.remove) {
    for (const { service, userId } of exported.profiles) await credentials.deleteCredentials(service, userId);
  }
  if (flags.json) {
    const passphrase = exported.passphrase.reveal(); // shown once, here: it opens nothing but this file
    printJson({
      ...(file === undefined ? { document: exported.document } : { file }),
      passphrase,
      profiles: exported.profiles,
    });
    return;
  }
  if (file === undefined) process.stdout.write(exported.document);
  else printView(movedView(exported.profiles, `Sealed into ${file}.`));
  tellPassphrase(exported, file ?? "FILE", flags.remove === true);
}

/** `vault import`: profiles from another machine. */
export async function vaultImportCommand(
  given: IntegrationRegistry | undefined,
  file: string,
  flags: CredentialFlags & { readonly replace?: boolean },
): Promise<void> {
  const credentials = credentialsOf(given, flags);
  const document = await readDocument(resolve(file));
  const passphrase = await terminalPrompter().ask("The passphrase that the export showed", {
    secret: true,
    piped: true,
  });
  const profiles = await credentials.importProfiles(document, { passphrase, replace: flags.replace });
  if (flags.json) {
    printJson({ profiles });
    return;
  }
  printView(movedView(profiles, `Taken into the vault. Remove ${resolve(file)} now: it is of no more use.`));
}

/** On standard error: standard output may be the sealed text. */
function tellPassphrase({ passphrase }: ProfileExport, file: string, removed: boolean): void {
  console.error(`\nIts passphrase, shown this once:\n\n  ${passphrase.reveal()}\n`);
  console.error(`On the other machine: npx maigic-integrations vault import ${file}`);
  console.error("Take the passphrase there by another way than the file.");
  if (!removed) console.error("The profiles are still in this vault as well; with --remove they are only in the file.");
}

async function writeNew(file: string, text: string): Promise<void> {
  const taken = await stat(file).then(
    () => true,
    (error: unknown) => !isCode(error, "ENOENT"),
  );
  if (!taken) return createDurably(file, text);
  throw integrationError("config.invalid_file", {
    message: `${file} exists already and is not written over.`,
    hint: "Give --out the name of a new file.",
    details: { file },
  });
}

async function readDocument(file: string): Promise<string> {
  try {
    const facts = await stat(file);
    if (facts.isFile() && facts.size <= largestImportBytes) return await readFile(file, "utf8");
  } catch (cause) {
    throw unreadable(file, cause);
  }
  throw unreadable(file);
}

function unreadable(file: string, cause?: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `${file} cannot be read as a file of exported profiles.`,
    hint: "Give the path of the file that vault export --out made.",
    details: { file },
    cause,
  });
}
