import type { CredentialContext } from "./context.js";
import { changeProfile, isGenuine, isSameProfile, nameOf, type ProfileName } from "./profiles.js";
import { parseRecord, type PointerRecord } from "./records.js";

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

/** The profiles that use the sign-in of another one, or of one of several. */
export async function sharersOf(
  context: CredentialContext,
  ...holders: readonly ProfileName[]
): Promise<PointerRecord[]> {
  const sharers: PointerRecord[] = [];
  for (const { stored } of await context.store.pointers()) {
    const pointer = parseRecord.pointer(stored.text);
    if (pointer?.grant === undefined) continue;
    const used = await holderOf(context, pointer);
    if (isSameProfile(used, nameOf(pointer))) continue;
    if (holders.some((holder) => isSameProfile(used, holder))) sharers.push(pointer);
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
