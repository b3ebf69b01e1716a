import * as v from "valibot";
import { integrationError } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import { clientKey, putClient, readClientFile } from "./client-files.js";
import { requireOAuth, requireSetup, type CredentialContext } from "./context.js";
import { putKey, readKey } from "./key-records.js";
import { changeProfile, insidePath, readProfile } from "./profiles.js";
import { requireRoomToRehearse } from "./rehearsal.js";
import { tokenKey } from "./token-records.js";
import type { CredentialRecord } from "./types.js";

const text = v.optional(v.pipe(v.string(), v.minLength(1)));
const secret = v.optional(v.union([v.pipe(v.string(), v.minLength(1)), v.instance(Secret)]));
const flag = v.optional(v.boolean());
const credentialRecord: v.GenericSchema<unknown, CredentialRecord> = v.strictObject({
  ...{ credentialsPath: text, tokenPath: text, applicationName: text, userTimezone: text, account: text },
  ...{ credentials_path: text, token_path: text, application_name: text, user_timezone: text },
  ...{ readOnly: flag, read_only: flag, apiKey: secret, api_key: secret },
  access: v.optional(v.picklist(["read", "write", "full"])),
});

/**
 * Links a profile to its client file and settings, or stores its API key.
 *
 * @throws ConfigurationError `config.invalid` naming the field that cannot be used; nothing is written then
 */
export async function storeCredentials(
  context: CredentialContext,
  service: string,
  input: CredentialRecord,
  userId: string,
): Promise<void> {
  const record = checked(service, input);
  const credentialsPath = record.credentialsPath ?? record.credentials_path;
  const apiKey = record.apiKey ?? record.api_key;
  const settings = defined({
    application_name: record.applicationName ?? record.application_name,
    user_timezone: requireZone(record.userTimezone ?? record.user_timezone),
    read_only: record.readOnly ?? record.read_only,
  });
  await readProfile(context, service, userId); // a damaged one is told before anything is written
  const setup = requireSetup(context, service);
  if (apiKey !== undefined && setup.kind === "oauth") {
    throw integrationError("config.invalid", {
      message: `${service} signs in with OAuth and has no API key.`,
      service,
    });
  }
  if (credentialsPath !== undefined) {
    const oauth = requireOAuth(context, service);
    await requireRoomToRehearse(context, service, oauth, userId);
    await putClient(context, service, await readClientFile(oauth, credentialsPath, true));
  }
  // The pointer first: a sealed record without one would belong to nobody.
  await changeProfile(context, service, userId, (old) => ({
    ...old,
    ...(setup.kind === "oauth" && { credentials_path: `${service}/credentials.json` }),
    ...settings,
  }));
  if (apiKey !== undefined) {
    await putKey(context, { service, userId }, { apiKey: typeof apiKey === "string" ? apiKey : apiKey.reveal() });
  }
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
    ...(clientPath !== undefined && { credentialsPath: await whereIs(context, service, clientPath) }),
    ...(context.setups(service)?.kind === "oauth" && {
      tokenPath: await context.store.locate(tokenKey(service, userId)),
    }),
    ...defined({ applicationName, userTimezone, readOnly: pointer.read_only }),
    ...defined({ account: pointer.account, access: pointer.access }),
    ...(await storedApiKey(context, service, userId)),
  };
}

/** Where a client file is: a path, unless the store keeps it sealed. */
async function whereIs(context: CredentialContext, service: string, clientPath: string): Promise<string> {
  return context.store.openToPeople ? insidePath(context, clientPath) : context.store.locate(clientKey(service));
}

async function storedApiKey(context: CredentialContext, service: string, userId: string): Promise<{ apiKey?: Secret }> {
  const key = await readKey(context, { service, userId });
  return key?.apiKey === undefined ? {} : { apiKey: new Secret(key.apiKey) };
}

function checked(service: string, input: CredentialRecord): CredentialRecord {
  const parsed = v.safeParse(credentialRecord, input);
  if (parsed.success) return parsed.output;
  const field = v.getDotPath(parsed.issues[0]) ?? "";
  throw integrationError("config.invalid", {
    message: field === "" ? "Credentials are an object." : `The credentials' ${field} cannot be used.`,
    hint: "Give the fields of CredentialRecord, each with a value of its type.",
    service,
    details: { field },
  });
}

/** A time zone, checked. @throws ConfigurationError `config.invalid` */
export function requireZone(timeZone: string | undefined): string | undefined {
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
