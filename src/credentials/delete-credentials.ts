import { Secret } from "../core/secret.js";
import { revokeToken } from "../oauth/tokens.js";
import { requireClient } from "./client-files.js";
import { requireOAuth, type CredentialContext } from "./context.js";
import { holderOf, sharersOf } from "./grants.js";
import { handOver } from "./hand-over.js";
import { keyRecordKey } from "./key-records.js";
import { isSameProfile, nameOf, pointerKey, requireProfile, type ProfileName } from "./profiles.js";
import { renewalTurn } from "./renewal-turn.js";
import { parseRecord, type PointerRecord } from "./records.js";
import { removeRecord } from "./sealed-records.js";
import { summaryOf } from "./states.js";
import { readToken, replaceToken, requireIssuer, tokenKey, type StoredToken } from "./token-records.js";
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
  for (;;) {
    const holder = await holderOf(context, await requireProfile(context, service, userId));
    const work = async (): Promise<{ alsoAffected: ProfileSummary[] } | undefined> => {
      const pointer = await requireProfile(context, service, userId);
      if (!isSameProfile(await holderOf(context, pointer), holder)) return undefined; // it was shared or moved meanwhile
      const affected = revoke ? await affectedBy(context, pointer, holder) : [];
      if (!dryRun) {
        if (revoke) await endGrant(context, holder, affected);
        await forget(context, profile, holder);
      }
      return { alsoAffected: await Promise.all(affected.map(async (other) => summaryOf(context, nameOf(other)))) };
    };
    // A renewal that hangs keeps nobody from forgetting what nobody else uses: it finds nothing to write over.
    const concernsOthers = revoke || (await sharersOf(context, holder)).length > 0;
    const result = await (concernsOthers && !dryRun ? renewalTurn(context, holder, work) : work());
    if (result) return result;
  }
}

/** Removes what is stored of a profile. The pointer last: a sealed record without one would belong to nobody. */
async function forget(context: CredentialContext, profile: ProfileName, holder: ProfileName): Promise<void> {
  const { service, userId } = profile;
  if (isSameProfile(profile, holder)) {
    const sharers = await sharersOf(context, holder);
    const token = sharers.length > 0 ? await readToken(context, service, userId) : undefined;
    if (token) await handOver(context, holder, sharers, token);
  }
  for (const key of [tokenKey, keyRecordKey, pointerKey]) await removeRecord(context, key(service, userId));
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
  const oauth = { http: context.http, clock: context.clock, endpoints: setup.endpoints, client };
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
