import { createClient, readClient } from "./client-files.js";
import type { CredentialContext } from "./context.js";
import { changeProfile, isGenuine, isSameProfile, nameOf, type ProfileName } from "./profiles.js";
import { parseRecord, type PointerRecord } from "./records.js";
import { putSealed } from "./sealed-records.js";
import { tokenKey, type BoundToken } from "./token-records.js";

/**
 * The profile whose sign-in a profile uses: mostly its own. What a pointer says that was edited is not believed, for it
 * would give one profile another's access.
 */
export async function holderOf(context: CredentialContext, pointer: PointerRecord): Promise<ProfileName> {
  if (pointer.grant !== undefined) {
    const vault = await context.existingVault();
    if (vault && isGenuine(pointer, vault)) return { service: pointer.grant.service, userId: pointer.grant.user_id };
  }
  return nameOf(pointer);
}

/** The profiles that use the sign-in of another one. */
export async function sharersOf(context: CredentialContext, holder: ProfileName): Promise<PointerRecord[]> {
  const sharers: PointerRecord[] = [];
  for (const { stored } of await context.store.pointers()) {
    const pointer = parseRecord.pointer(stored.text);
    if (pointer?.grant === undefined || isSameProfile(nameOf(pointer), holder)) continue;
    if (isSameProfile(await holderOf(context, pointer), holder)) sharers.push(pointer);
  }
  return sharers;
}

/** Lets profiles use the sign-in of another one from now on. */
export async function shareGrant(
  context: CredentialContext,
  sharers: readonly PointerRecord[],
  holder: ProfileName,
): Promise<void> {
  for (const { service, user_id: userId } of sharers) {
    await changeProfile(context, service, userId, (old) => ({ ...old, grant: grantOf(holder) }));
  }
}

/** How a pointer names the profile whose sign-in it uses. */
export function grantOf({ service, userId }: ProfileName): NonNullable<PointerRecord["grant"]> {
  return { service, user_id: userId };
}

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
