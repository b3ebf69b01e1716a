import { integrationError } from "../core/errors.js";
import { parseClientFile } from "../oauth/client-file.js";
import { createClient, findClient, readClient } from "./client-files.js";
import { requireOAuth, requireSetup, type CredentialContext } from "./context.js";
import { unseal } from "./envelope.js";
import { exportContext, plainPassphrase } from "./export-profiles.js";
import { keyIdOf } from "./key-source.js";
import { keyRecordKey } from "./key-records.js";
import { requireServiceName, setupCommand } from "./names.js";
import { changeProfile, readProfile } from "./profiles.js";
import { parseRecord, type ExportedProfile, type ExportedProfiles, type PointerRecord } from "./records.js";
import { requireRoomToRehearse } from "./rehearsal.js";
import { deriveKey, isBearable } from "./scrypt-key.js";
import { putSealed, removeRecord } from "./sealed-records.js";
import { summarize } from "./states.js";
import type { RecordKey } from "./store.js";
import { tokenKey } from "./token-records.js";
import type { ImportOptions, ProfileSummary } from "./types.js";
import type { TokenBinding } from "./vault.js";

/**
 * Takes exported profiles into the vault. Everything is checked before anything is written.
 *
 * @throws ConfigurationError `config.invalid_file` for a text that is none or was changed, `config.unknown_service`,
 * `config.untrusted_endpoint`; AuthenticationError `auth.key_unavailable` for another passphrase; RequestError
 * `request.conflict` for a profile that is there already, or another OAuth client
 */
export async function importProfiles(
  context: CredentialContext,
  document: string,
  { passphrase, replace = false }: ImportOptions,
): Promise<ProfileSummary[]> {
  const content = await opened(document, typeof passphrase === "string" ? passphrase : passphrase.reveal());
  if (!replace) await requireNew(context, content.profiles);
  for (const profile of content.profiles) await requireUsable(context, profile, content);
  for (const { service, text } of content.clients) {
    if ((await readClient(context, service)) === undefined) await createClient(context, service, text);
  }
  const summaries: ProfileSummary[] = [];
  for (const profile of content.profiles) summaries.push(await take(context, profile));
  return summaries;
}

async function opened(document: string, passphrase: string): Promise<ExportedProfiles> {
  const record = parseRecord.exported(document);
  if (!record || !isBearable(record.kdf)) throw unusable("It is no file of exported profiles, or of a newer version.");
  const { kdf, sealed } = record;
  const key = await deriveKey(plainPassphrase(passphrase), kdf);
  if (keyIdOf(key) !== sealed.keyId) {
    throw integrationError("auth.key_unavailable", {
      message: "The passphrase does not open this file.",
      hint: "Give the passphrase that the export showed for this very file; nothing was changed.",
    });
  }
  const plaintext = unseal(sealed, key, exportContext(sealed.keyId));
  const content = plaintext === undefined ? undefined : parseRecord.exportedProfiles(plaintext);
  if (content) return content;
  throw unusable("It was cut off or changed since it was sealed.");
}

async function requireNew(context: CredentialContext, profiles: readonly ExportedProfile[]): Promise<void> {
  const existing: string[] = [];
  for (const { pointer } of profiles) {
    const { service, user_id: userId } = pointer;
    if (await readProfile(context, requireServiceName(service), userId)) existing.push(`${service} "${userId}"`);
  }
  if (existing.length === 0) return;
  throw integrationError("request.conflict", {
    message: `Profiles of these names are here already: ${existing.join(", ")}; nothing was imported.`,
    hint: "Import with --replace, in a program with the option replace, to put the file's in their place.",
    details: { existing },
  });
}

/** A sign-in is of use only where its service, its authorization server and its OAuth client are the same. */
async function requireUsable(
  context: CredentialContext,
  { pointer, token, key }: ExportedProfile,
  { clients }: ExportedProfiles,
): Promise<void> {
  const service = requireServiceName(pointer.service);
  const userId = pointer.user_id;
  if (requireSetup(context, service).kind === "api_key") {
    if (token) throw unusable(`${service} uses API keys here, and the file has a token for it.`);
    return;
  }
  const setup = requireOAuth(context, service);
  if (key?.apiKey !== undefined)
    throw unusable(`${service} signs in with OAuth here, and the file has an API key for it.`);
  await requireRoomToRehearse(context, service, setup, userId);
  if (token && token.tokenOrigin !== new URL(setup.endpoints.token).origin) {
    throw integrationError("config.untrusted_endpoint", {
      message: `The file's sign-in for ${service} was given by ${token.tokenOrigin}, which is not the service's own server.`,
      hint: "Sign in here instead; nothing was imported.",
      service,
      profile: userId,
    });
  }
  const sent = clients.find((client) => client.service === service)?.text;
  const options = { file: "The exported client file", endpoints: setup.endpoints, allowWeb: true };
  const theirs = sent === undefined ? undefined : parseClientFile(sent, options).clientId;
  const own =
    (await readClient(context, service)) === undefined ? undefined : await findClient(context, service, setup, true);
  const clientId = own?.client.clientId ?? theirs;
  if (!token || token.record.delegated || clientId === token.clientId) return;
  throw integrationError("request.conflict", {
    message: `${service} uses another OAuth client here than the one that the file's sign-in was made with.`,
    hint: `Import into a folder of its own (MAIGIC_CREDENTIALS_DIR), or sign in here: ${setupCommand(service, userId)}`,
    service,
    profile: userId,
  });
}

/** Stores one profile: the pointer first, because a sealed record without one would belong to nobody. */
async function take(context: CredentialContext, { pointer, token, key }: ExportedProfile): Promise<ProfileSummary> {
  const { service, user_id: userId } = pointer;
  await changeProfile(context, service, userId, () => settingsOf(pointer));
  await place(context, tokenKey(service, userId), token && JSON.stringify(token.record), token);
  await place(context, keyRecordKey(service, userId), key && JSON.stringify(key));
  return summarize(context, pointer);
}

async function place(
  context: CredentialContext,
  key: RecordKey,
  plaintext: string | undefined,
  binding?: TokenBinding,
): Promise<void> {
  if (plaintext !== undefined) await putSealed(context, key, plaintext, binding);
  else await removeRecord(context, key); // what another account left here is not the imported profile's
}

function settingsOf(pointer: PointerRecord): Partial<PointerRecord> {
  const { application_name, user_timezone, read_only, access, account, subject, created_at, service, grant } = pointer;
  const path = pointer.credentials_path === undefined ? {} : { credentials_path: `${service}/credentials.json` };
  return { ...path, application_name, user_timezone, read_only, access, account, subject, created_at, grant };
}

function unusable(problem: string): Error {
  return integrationError("config.invalid_file", {
    message: `The profiles cannot be imported: ${problem}`,
    hint: "Export them again and bring the file over as it is; nothing was changed.",
  });
}
