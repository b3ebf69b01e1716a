import { randomInt } from "node:crypto";
import { integrationError } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import { findClient } from "./client-files.js";
import type { CredentialContext } from "./context.js";
import { seal, type SealContext } from "./envelope.js";
import { holderOf } from "./grants.js";
import { keyIdOf } from "./key-source.js";
import { readKey } from "./key-records.js";
import { isSameProfile, nameOf } from "./profiles.js";
import {
  parseRecord,
  type ExportedProfile,
  type ExportedProfiles,
  type ExportRecord,
  type PointerRecord,
} from "./records.js";
import { deriveKey, newDerivation } from "./scrypt-key.js";
import { summarize } from "./states.js";
import { readToken } from "./token-records.js";
import type { ExportOptions, ProfileExport } from "./types.js";

/** Small letters and digits that nobody confuses when copying them by hand. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const groups = 7;
const groupLength = 4;

/**
 * Seals profiles, their sign-ins and their services' client files into one text, with a passphrase made for it alone.
 *
 * @throws ConfigurationError `config.profile_not_found` when there is no such profile; AuthenticationError
 * `auth.unreadable`, `auth.key_unavailable`
 */
export async function exportProfiles(context: CredentialContext, wanted: ExportOptions): Promise<ProfileExport> {
  const pointers = await chosen(context, wanted);
  const content: ExportedProfiles = { profiles: [], clients: [] };
  for (const pointer of pointers) content.profiles.push(await openProfile(context, pointer, pointers));
  for (const service of new Set(pointers.map((pointer) => pointer.service))) {
    const text = await clientText(context, service);
    if (text !== undefined) content.clients.push({ service, text });
  }
  const passphrase = newPassphrase();
  const document = `${JSON.stringify(await sealedWith(passphrase, content), undefined, 2)}\n`;
  const profiles = await Promise.all(pointers.map((pointer) => summarize(context, pointer)));
  return { document, passphrase: new Secret(passphrase), profiles };
}

/** What an exported text is sealed for: nothing but being imported. */
export function exportContext(keyId: string): SealContext {
  return { vaultId: "", keyId, service: "", userId: "", kind: "export", clientId: "", tokenOrigin: "" };
}

/** A passphrase as it was made, however it was copied. */
export function plainPassphrase(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

async function chosen(context: CredentialContext, { service, userId }: ExportOptions): Promise<PointerRecord[]> {
  const found = (await context.store.pointers({ service })).flatMap(({ stored, service: folder }) => {
    const pointer = parseRecord.pointer(stored.text);
    return pointer?.service === folder && (userId === undefined || pointer.user_id === userId) ? [pointer] : [];
  });
  if (found.length > 0) return found;
  const whose = userId === undefined ? "no profile" : `no profile "${userId}"`;
  throw integrationError("config.profile_not_found", {
    message: `There is ${whose}${service === undefined ? "" : ` of ${service}`} in ${context.config.credentialsDir}.`,
    hint: "Look at the profiles there are: npx maigic-integrations list.",
    ...(service !== undefined && { service }),
    ...(userId !== undefined && { profile: userId }),
  });
}

/** @param all - all that are exported: a sign-in whose holder comes along is shared there as well, else it is copied */
async function openProfile(
  context: CredentialContext,
  pointer: PointerRecord,
  all: readonly PointerRecord[],
): Promise<ExportedProfile> {
  const { service, user_id: userId } = pointer;
  const holder = await holderOf(context, pointer);
  const own = isSameProfile(holder, { service, userId });
  const shared = !own && all.some((each) => isSameProfile(nameOf(each), holder));
  const token = shared ? undefined : await readToken(context, holder.service, holder.userId);
  const key = await readKey(context, { service, userId });
  return {
    pointer: shared ? pointer : { ...pointer, grant: undefined },
    ...(token && { token: { record: token.record, ...token.binding } }),
    ...(key && { key }),
  };
}

async function clientText(context: CredentialContext, service: string): Promise<string | undefined> {
  const setup = context.setups(service);
  if (setup?.kind !== "oauth") return undefined;
  return (await findClient(context, service, setup, true))?.text;
}

function newPassphrase(): string {
  const letter = (): string => alphabet.charAt(randomInt(alphabet.length));
  const group = (): string => Array.from({ length: groupLength }, letter).join("");
  return Array.from({ length: groups }, group).join("-");
}

async function sealedWith(passphrase: string, content: ExportedProfiles): Promise<ExportRecord> {
  const kdf = newDerivation();
  const key = await deriveKey(plainPassphrase(passphrase), kdf);
  const sealed = seal(JSON.stringify(content), key, exportContext(keyIdOf(key)));
  return { format: "maigic-integrations-profiles", version: 1, kdf, sealed };
}
