import type { CredentialContext } from "./context.js";
import { holderOf } from "./grants.js";
import { isSameProfile, requireProfile, type ProfileName } from "./profiles.js";
import type { PointerRecord } from "./records.js";
import { renewalTurn } from "./renewal-turn.js";

/**
 * Does work on a profile while nobody renews, moves or ends the sign-in that it uses.
 *
 * @param work - gets the profile as it is then, and whose sign-in it uses
 * @throws ConfigurationError `config.profile_not_found`; ConnectionError `connection.timeout` when the turn does not come
 */
export async function grantTurn<T>(
  context: CredentialContext,
  { service, userId }: ProfileName,
  work: (pointer: PointerRecord, holder: ProfileName) => Promise<T>,
): Promise<T> {
  for (;;) {
    const holder = await holderOf(context, await requireProfile(context, service, userId));
    const done = await renewalTurn(context, holder, async () => {
      const pointer = await requireProfile(context, service, userId);
      // It may have been shared or moved meanwhile: then this is not the turn for it.
      return isSameProfile(await holderOf(context, pointer), holder) && { result: await work(pointer, holder) };
    });
    if (done) return done.result;
  }
}
