import { createClient, readClient } from "./client-files.js";
import type { CredentialContext } from "./context.js";
import { shareGrant } from "./grants.js";
import { changeProfile, nameOf, type ProfileName } from "./profiles.js";
import type { PointerRecord } from "./records.js";
import { putSealed } from "./sealed-records.js";
import { tokenKey, type BoundToken } from "./token-records.js";

/** Gives a sign-in to the first of those who share it, and lets the others use it there: its holder is to be forgotten. */
export async function handOver(
  context: CredentialContext,
  holder: ProfileName,
  [heir, ...others]: readonly PointerRecord[],
  { record, binding }: BoundToken,
): Promise<void> {
  if (!heir) return;
  const { service, userId } = nameOf(heir);
  const clientFile = await readClient(context, holder.service);
  if (clientFile !== undefined) await createClient(context, service, clientFile); // it is renewed with that one
  // The sign-in first: until the heir's pointer says otherwise, it is used where it was.
  await putSealed(context, tokenKey(service, userId), JSON.stringify(record), binding);
  await changeProfile(context, service, userId, (old) => ({ ...old, grant: undefined }));
  await shareGrant(context, others, { service, userId });
}
