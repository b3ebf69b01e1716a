import { Secret } from "../core/secret.js";
import { revokeToken } from "../oauth/tokens.js";
import { requireClient } from "./client-files.js";
import { oauthContext, requireOAuth, type CredentialContext } from "./context.js";
import { grantTurn } from "./grant-turn.js";
import { holderOf, sharersOf } from "./grants.js";
import { handOver } from "./hand-over.js";
import { isSameProfile, nameOf, requireProfile, type ProfileName } from "./profiles.js";
import { parseRecord, type PointerRecord } from "./records.js";
import { removeProfile } from "./remove-profile.js";
import { summaryOf } from "./states.js";
import { readToken, replaceToken, requireIssuer, type StoredToken } from "./token-records.js";
import type { DeleteOptions, ProfileSummary } from "./types.js";
import { sameBinding } from "./vault.js";

/**
 * Forgets a profile, and with `revoke` ends its grant at the service first. A sign-in that others share goes on with
 * them.
 *
 * @returns whose sign-in ends as well; with `dryRun` whose would
 */
export async function deleteCredentials(
  context: CredentialContext,
  service: string,
  userId: string,
  { revoke = false, dryRun = false }: DeleteOptions,
): Promise<{ alsoAffected: ProfileSummary[] }> {
  const profile = { service, userId };
  const work = async (pointer: PointerRecord, holder: ProfileName): Promise<{ alsoAffected: ProfileSummary[] }> => {
    const affected = revoke ? await affectedBy(context, pointer, holder) : [];
    if (!dryRun) {
      if (revoke) await endGrant(context, holder, affected);
      if (isSameProfile(profile, holder)) await leaveTo(context, holder, await sharersOf(context, holder));
      await removeProfile(context, profile);
    }
    return { alsoAffected: await Promise.all(affected.map(async (other) => summaryOf(context, nameOf(other)))) };
  };
  const pointer = await requireProfile(context, service, userId);
  const holder = await holderOf(context, pointer);
  // A renewal that hangs keeps nobody from forgetting what nobody else uses: it finds nothing to write over.
  const concernsOthers = revoke || (await sharersOf(context, holder)).length > 0;
  return concernsOthers && !dryRun ? grantTurn(context, profile, work) : work(pointer, holder);
}

/** A sign-in goes on with those who share it. */
async function leaveTo(
  context: CredentialContext,
  holder: ProfileName,
  sharers: readonly PointerRecord[],
): Promise<void> {
  const token = sharers.length > 0 ? await readToken(context, holder.service, holder.userId) : undefined;
  if (token) await handOver(context, holder, sharers, token);
}

/**
 * Revokes a grant. The service ends all of a client's grants for the account with it, so the others are marked: nothing
 * but a new sign-in brings them back.
 */
async function endGrant(
  context: CredentialContext,
  holder: ProfileName,
  affected: readonly PointerRecord[],
): Promise<void> {
  const { service, userId } = holder;
  const setup = requireOAuth(context, service);
  const token = await readToken(context, service, userId);
  if (!token || token.record.delegated) return; // what a service account may do, the organization's admin console ends
  requireIssuer(token, setup.endpoints, service, userId);
  const client = await requireClient(context, service, setup, true);
  const { refreshToken, accessToken } = token.record;
  const oauth = oauthContext(context, setup, client);
  await revokeToken(oauth, new Secret(refreshToken ?? accessToken));
  await markRevoked(context, holder, token);
  for (const pointer of affected) {
    const theirs = await holderOf(context, pointer);
    const other = isSameProfile(theirs, holder) ? undefined : await tokenOf(context, theirs);
    if (other) await markRevoked(context, theirs, other);
  }
}

async function markRevoked(
  context: CredentialContext,
  holder: ProfileName,
  { record, binding, generation }: StoredToken,
): Promise<void> {
  // What was replaced meanwhile came after the revocation, and is good.
  await replaceToken(context, holder, { record: { ...record, ended: "revoked" }, binding, replaces: generation });
}

/** The other profiles whose sign-in ends with a grant: those of the same account through the same OAuth client. */
async function affectedBy(
  context: CredentialContext,
  { service, user_id: userId, subject }: PointerRecord,
  holder: ProfileName,
): Promise<PointerRecord[]> {
  const token = await readToken(context, holder.service, holder.userId);
  if (!token) return [];
  const affected: PointerRecord[] = [];
  for (const { stored } of await context.store.pointers()) {
    const other = parseRecord.pointer(stored.text);
    if (!other || isSameProfile(nameOf(other), { service, userId })) continue;
    const theirs = await holderOf(context, other);
    const shared = isSameProfile(theirs, holder);
    if (!shared && (subject === undefined || other.subject !== subject)) continue;
    const grant = shared ? token : await tokenOf(context, theirs);
    if (grant && sameBinding(grant.binding, token.binding)) affected.push(other);
  }
  return affected;
}

/** A token, if it can be read; else it stays as it is. */
async function tokenOf(context: CredentialContext, { service, userId }: ProfileName): Promise<StoredToken | undefined> {
  return readToken(context, service, userId).catch(() => undefined);
}
