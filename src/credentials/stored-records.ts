import { integrationError } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import { revokeToken } from "../oauth/tokens.js";
import { importClientFile, requireClient } from "./client-files.js";
import { requireOAuth, requireSetup, type CredentialContext } from "./context.js";
import { insidePath, pointerKey, readProfile, requireProfile, writeProfile } from "./profiles.js";
import { parseRecord, type PointerRecord } from "./records.js";
import { summarize } from "./states.js";
import type { RecordKey } from "./store.js";
import { readToken, replaceToken, requireIssuer, tokenKey } from "./token-records.js";
import type { CredentialRecord, ProfileSummary } from "./types.js";
import { sameBinding } from "./vault.js";

/** Links a profile to its client file and settings, or stores its API key. */
export async function storeCredentials(
  context: CredentialContext,
  service: string,
  record: CredentialRecord,
  userId: string,
): Promise<void> {
  const credentialsPath = record.credentialsPath ?? record.credentials_path;
  const apiKey = record.apiKey ?? record.api_key;
  const old = await readProfile(context, service, userId);
  const setup = requireSetup(context, service);
  if (apiKey !== undefined && setup.kind === "oauth") {
    throw integrationError("config.invalid", {
      message: `${service} signs in with OAuth and has no API key.`,
      service,
    });
  }
  if (credentialsPath !== undefined) {
    await importClientFile(context, service, requireOAuth(context, service), credentialsPath, true);
  }
  const vault = await context.vault();
  if (apiKey !== undefined) {
    const key = apiKeyKey(service, userId);
    const text = typeof apiKey === "string" ? apiKey : apiKey.reveal();
    await context.store.write(key, vault.seal(key, JSON.stringify({ apiKey: text })));
  }
  await writeProfile(context, vault, {
    ...old,
    user_id: userId,
    service,
    ...(setup.kind === "oauth" && { credentials_path: `${service}/credentials.json` }),
    ...defined({
      application_name: record.applicationName ?? record.application_name,
      user_timezone: requireZone(record.userTimezone ?? record.user_timezone),
      read_only: record.readOnly ?? record.read_only,
    }),
  });
}

/** What is stored of a profile. */
export async function getCredentials(
  context: CredentialContext,
  service: string,
  userId: string,
): Promise<CredentialRecord | undefined> {
  const pointer = await readProfile(context, service, userId);
  if (!pointer) return undefined;
  const { credentials_path: clientPath, application_name: applicationName, user_timezone: userTimezone } = pointer;
  return {
    ...(clientPath !== undefined && { credentialsPath: insidePath(context, clientPath) }),
    ...(context.setups(service)?.kind === "oauth" && {
      tokenPath: await context.store.locate(tokenKey(service, userId)),
    }),
    ...defined({ applicationName, userTimezone, readOnly: pointer.read_only }),
    ...(await storedApiKey(context, service, userId)),
  };
}

/** Forgets a profile, and with `revoke` ends its grant at the service first. */
export async function deleteCredentials(
  context: CredentialContext,
  service: string,
  userId: string,
  revoke: boolean,
): Promise<{ alsoAffected: ProfileSummary[] }> {
  const pointer = await requireProfile(context, service, userId);
  const alsoAffected = revoke ? await endGrant(context, pointer) : [];
  await context.store.remove(tokenKey(service, userId));
  await context.store.remove(apiKeyKey(service, userId));
  await context.store.remove(pointerKey(service, userId));
  return { alsoAffected };
}

/** Revokes a grant. The service ends all of a client's grants for the account with it, so those are marked. */
async function endGrant(context: CredentialContext, pointer: PointerRecord): Promise<ProfileSummary[]> {
  const { service, user_id: userId, subject } = pointer;
  const setup = requireOAuth(context, service);
  const token = await readToken(context, service, userId);
  if (!token) return [];
  requireIssuer(token, setup.endpoints, service, userId);
  const client = await requireClient(context, service, setup, true);
  const { refreshToken, accessToken } = token.record;
  const oauth = { http: context.http, clock: context.clock, endpoints: setup.endpoints, client };
  await revokeToken(oauth, new Secret(refreshToken ?? accessToken));
  const affected: ProfileSummary[] = [];
  for (const { text } of await context.store.pointers()) {
    const other = parseRecord.pointer(text);
    if (!other || subject === undefined || other.subject !== subject) continue;
    if (other.service === service && other.user_id === userId) continue;
    const theirs = await readToken(context, other.service, other.user_id).catch(() => undefined); // unreadable: stays so
    if (!theirs || !sameBinding(theirs.binding, token.binding)) continue;
    await replaceToken(context, other.service, other.user_id, theirs, { ...theirs.record, ended: "revoked" });
    affected.push(await summarize(context, other));
  }
  return affected;
}

async function storedApiKey(context: CredentialContext, service: string, userId: string): Promise<{ apiKey?: Secret }> {
  const key = apiKeyKey(service, userId);
  const text = await context.store.read(key);
  if (text === undefined) return {};
  const record = parseRecord.apiKey((await context.vault()).open(key, text).plaintext);
  if (record) return { apiKey: new Secret(record.apiKey) };
  throw integrationError("auth.unreadable", { service, profile: userId });
}

function apiKeyKey(service: string, userId: string): RecordKey {
  return { kind: "key", service, userId };
}

function requireZone(timeZone: string | undefined): string | undefined {
  if (timeZone === undefined) return undefined;
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch (cause) {
    throw integrationError("config.invalid", {
      message: `"${timeZone}" is not a time zone.`,
      hint: "Give an IANA name such as Europe/Berlin.",
      cause,
    });
  }
}

/** The fields that have a value. */
function defined<T extends object>(fields: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: NonNullable<T[Name]>;
  };
}
