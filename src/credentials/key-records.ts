import { integrationError } from "../core/errors.js";
import type { CredentialContext } from "./context.js";
import type { ProfileName } from "./profiles.js";
import { parseRecord, type ProfileKey } from "./records.js";
import { putSealed, readSealed } from "./sealed-records.js";
import type { RecordKey } from "./store.js";

/**
 * A profile's own key: an API key, or the key file of a service account; undefined when it has neither.
 *
 * @throws AuthenticationError `auth.unreadable`, `auth.key_unavailable`
 */
export async function readKey(context: CredentialContext, profile: ProfileName): Promise<ProfileKey | undefined> {
  const { service, userId } = profile;
  const opened = await readSealed(context, keyRecordKey(service, userId));
  if (!opened) return undefined;
  const record = parseRecord.key(opened.plaintext);
  if (record) return record;
  throw integrationError("auth.unreadable", {
    message: "The stored key has a shape of another version.",
    service,
    profile: userId,
  });
}

/** Seals and stores a profile's key. */
export async function putKey(
  context: CredentialContext,
  { service, userId }: ProfileName,
  key: ProfileKey,
): Promise<void> {
  await putSealed(context, keyRecordKey(service, userId), JSON.stringify(key));
}

/** Which record a profile's key is. */
export function keyRecordKey(service: string, userId: string): RecordKey {
  return { kind: "key", service, userId };
}
