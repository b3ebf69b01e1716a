import { isAbsolute, relative, resolve } from "node:path";
import { integrationError } from "../core/errors.js";
import type { CredentialContext } from "./context.js";
import { setupCommand } from "./names.js";
import { parseRecord, type PointerRecord } from "./records.js";
import type { RecordKey } from "./store.js";
import type { Vault } from "./vault.js";

/** A profile of a service. */
export interface ProfileName {
  readonly service: string;
  readonly userId: string;
}

/** Whose pointer it is. */
export function nameOf({ service, user_id: userId }: PointerRecord): ProfileName {
  return { service, userId };
}

/** Whether both name the same profile. */
export function isSameProfile(one: ProfileName, other: ProfileName): boolean {
  return one.service === other.service && one.userId === other.userId;
}

/** Reads a profile's pointer, or undefined when there is none. @throws AuthenticationError `auth.unreadable` for a damaged one */
export async function readProfile(
  { store }: CredentialContext,
  service: string,
  userId: string,
): Promise<PointerRecord | undefined> {
  const key = pointerKey(service, userId);
  const stored = await store.read(key);
  if (!stored) return undefined;
  const pointer = parseRecord.pointer(stored.text);
  if (pointer?.service !== service) {
    throw integrationError("auth.unreadable", {
      message: `${await store.locate(key)} is damaged; it was left as it is.`,
      hint: "Correct or remove the file, then run the setup again.",
      service,
      profile: userId,
    });
  }
  return pointer.user_id === userId ? pointer : undefined;
}

/** The same, where there must be one. @throws ConfigurationError `config.profile_not_found` */
export async function requireProfile(
  context: CredentialContext,
  service: string,
  userId: string,
): Promise<PointerRecord> {
  const pointer = await readProfile(context, service, userId);
  if (pointer) return pointer;
  const others = (await context.store.pointers({ service })).flatMap(
    ({ stored }) => parseRecord.pointer(stored.text)?.user_id ?? [],
  );
  const known = others.length === 0 ? "" : ` Profiles there are: ${others.join(", ")}.`;
  throw integrationError("config.profile_not_found", {
    message: `${service} has no profile "${userId}" in ${context.config.credentialsDir}.`,
    hint: `Run ${setupCommand(service, userId)} to connect it.${known}`,
    service,
    profile: userId,
    details: { profiles: others },
  });
}

/**
 * Changes a profile's pointer, or makes it, and signs it.
 *
 * @param change - gets the pointer as it is, if there is one; called again when another process changed it meanwhile
 */
export async function changeProfile(
  context: CredentialContext,
  service: string,
  userId: string,
  change: (old: PointerRecord | undefined) => Partial<PointerRecord>,
): Promise<void> {
  const key = pointerKey(service, userId);
  for (;;) {
    const replaces = (await context.store.read(key))?.generation;
    const found = await readProfile(context, service, userId);
    const now = new Date(context.clock.now()).toISOString();
    const vault = await context.vault();
    // Signing an edited pointer must not make true what it says of others.
    const old = found && !isGenuine(found, vault) ? { ...found, grant: undefined, moved_to: undefined } : found;
    const { created_at: createdAt = old?.created_at ?? now, ...changed } = change(old);
    const pointer = { ...changed, user_id: userId, service, created_at: createdAt, updated_at: now };
    const condition = { replaces, vault: vault.generation };
    if (await context.store.write(key, signedText(pointer, vault), condition)) return;
    await context.reloadVault(vault);
  }
}

/** Whether a pointer was written by whoever holds the vault's key, and not edited since. */
export function isGenuine(pointer: PointerRecord, vault: Vault): boolean {
  return signerOf(pointer, vault) !== undefined;
}

/** Signs a pointer with the vault's present key, where it was signed with the one before. */
export async function resignPointer(context: CredentialContext, service: string, userId: string): Promise<void> {
  const key = pointerKey(service, userId);
  for (;;) {
    const stored = await context.store.read(key);
    const pointer = stored && parseRecord.pointer(stored.text);
    if (!pointer) return;
    const vault = await context.vault();
    const signer = signerOf(pointer, vault);
    if (signer === undefined || signer === vault.record.key_id) return;
    const condition = { replaces: stored.generation, vault: vault.generation };
    if (await context.store.write(key, signedText(pointer, vault), condition)) return;
    await context.reloadVault(vault);
  }
}

function signerOf(pointer: PointerRecord, vault: Vault): string | undefined {
  return pointer.mac === undefined ? undefined : vault.signer(macText(pointer), pointer.mac);
}

function signedText(pointer: PointerRecord, vault: Vault): string {
  return `${JSON.stringify({ ...pointer, mac: vault.mac(macText(pointer)) }, undefined, 2)}\n`;
}

/**
 * The file that a pointer names, inside the credentials folder.
 *
 * @throws ConfigurationError `config.invalid_file` for one outside
 */
export function insidePath(context: CredentialContext, path: string): string {
  const root = context.config.credentialsDir;
  const full = resolve(root, path);
  const fromRoot = relative(root, full);
  if (fromRoot !== "" && !fromRoot.startsWith("..") && !isAbsolute(fromRoot)) return full;
  throw integrationError("config.invalid_file", {
    message: `A pointer names ${full}, which is outside ${root}.`,
    hint: "Run the setup again with --credentials to take the file into the vault.",
    details: { file: full },
  });
}

/** Which record a pointer is. */
export function pointerKey(service: string, userId: string): RecordKey {
  return { kind: "pointer", service, userId };
}

function macText(pointer: PointerRecord): string {
  const fields = Object.entries(pointer).filter(([name, value]) => name !== "mac" && value !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
