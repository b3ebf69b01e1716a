import type { CredentialContext } from "./context.js";
import { keyRecordKey } from "./key-records.js";
import { pointerKey, type ProfileName } from "./profiles.js";
import { removeRecord } from "./sealed-records.js";
import { tokenKey } from "./token-records.js";

/** Removes what is stored of a profile. The pointer last: a sealed record without one would belong to nobody. */
export async function removeProfile(context: CredentialContext, { service, userId }: ProfileName): Promise<void> {
  for (const keyOf of [tokenKey, keyRecordKey, pointerKey]) await removeRecord(context, keyOf(service, userId));
}
