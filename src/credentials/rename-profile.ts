import { integrationError } from "../core/errors.js";
import type { CredentialContext } from "./context.js";
import { grantTurn } from "./grant-turn.js";
import { holderOf, sharersOf, shareGrant } from "./grants.js";
import { keyRecordKey } from "./key-records.js";
import { removeProfile } from "./remove-profile.js";
import { changeProfile, isSameProfile, nameOf, readProfile } from "./profiles.js";
import type { PointerRecord } from "./records.js";
import { readSealed, writeSealed } from "./sealed-records.js";
import { tokenKey } from "./token-records.js";

/**
 * Gives a profile another name; its sign-in or key comes along, sealed anew, and so does who shares it. One that was
 * interrupted is gone on with.
 *
 * @throws ConfigurationError `config.profile_not_found`; RequestError `request.conflict` when the new name is taken
 */
export async function renameProfile(
  context: CredentialContext,
  service: string,
  userId: string,
  newName: string,
): Promise<void> {
  if (newName === userId) return;
  await grantTurn(context, { service, userId }, async (pointer) => {
    await requireFree(context, pointer, newName);
    await move(context, pointer, newName);
  });
}

/** The old pointer says where it goes before anything is there, so that whoever is interrupted can go on. */
async function move(context: CredentialContext, pointer: PointerRecord, newName: string): Promise<void> {
  const { service, userId } = nameOf(pointer);
  const sharing = !isSameProfile(await holderOf(context, pointer), { service, userId });
  const settings = { ...pointer, user_id: newName, moved_to: undefined, ...(!sharing && { grant: undefined }) };
  await changeProfile(context, service, userId, (old) => ({ ...old, moved_to: newName }));
  await changeProfile(context, service, newName, () => settings);
  for (const keyOf of [tokenKey, keyRecordKey]) {
    const sealed = await readSealed(context, keyOf(service, userId));
    // What is there already, whoever was interrupted brought, and it may have been renewed since.
    if (sealed) await writeSealed(context, keyOf(service, newName), { ...sealed, replaces: undefined });
  }
  await shareGrant(context, await sharersOf(context, { service, userId }), { service, userId: newName });
  await removeProfile(context, { service, userId });
}

async function requireFree(
  context: CredentialContext,
  { service, user_id: userId, moved_to: begun }: PointerRecord,
  newName: string,
): Promise<void> {
  if (begun === newName || !(await readProfile(context, service, newName))) return;
  throw integrationError("request.conflict", {
    message: `${service} has a profile "${newName}" already; nothing was changed.`,
    hint: `Choose another name, or remove that profile first, then rename "${userId}" again.`,
    service,
    profile: newName,
  });
}
