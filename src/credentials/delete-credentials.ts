import { Secret } from "../core/secret.js";
import { revokeToken } from "../oauth/tokens.js";
import { requireClient } from "./client-files.js";
import { requireOAuth, type CredentialContext } from "./context.js";
import { pointerKey, requireProfile } from "./profiles.js";
import { parseRecord, type PointerRecord, type TokenRecord } from "./records.js";
import { removeRecord } from "./sealed-records.js";
import { summarize } from "./states.js";
import { apiKeyKey } from "./stored-records.js";
import { readToken, replaceToken, requireIssuer, tokenKey } from "./token-records.js";
import type { ProfileSummary } from "./types.js";
import { sameBinding } from "./vault.js";

/** Forgets a profile, and with `revoke` ends its grant at the service first. */
export async function deleteCredentials(
  context: CredentialContext,
  service: string,
  userId: string,
  revoke: boolean,
): Promise<{ alsoAffected: ProfileSummary[] }> {
  const pointer = await requireProfile(context, service, userId);
  const alsoAffected = revoke ? await endGrant(context, pointer) : [];
  // The pointer last: a sealed record without one would belong to nobody.
  for (const key of [tokenKey, apiKeyKey, pointerKey]) await removeRecord(context, key(service, userId));
  return { alsoAffected };
}

/** Revokes a grant. The service ends all of a client's grants for the account with it, so those are marked. */
async function endGrant(context: CredentialContext, pointer: PointerRecord): Promise<ProfileSummary[]> {
  const { service, user_id: userId, subject } = pointer;
  const setup = requireOAuth(context, service);
  const token = await readToken(context, service, userId);
  if (!token) return [];
  requireIssuer(token, setup.endpoints, service, userId);
  const client = await requireClient(context, service, setup, true);
  const { refreshToken, accessToken } = token.record;
  const oauth = { http: context.http, clock: context.clock, endpoints: setup.endpoints, client };
  await revokeToken(oauth, new Secret(refreshToken ?? accessToken));
  const affected: ProfileSummary[] = [];
  for (const { stored } of await context.store.pointers()) {
    const other = parseRecord.pointer(stored.text);
    if (!other || subject === undefined || other.subject !== subject) continue;
    if (other.service === service && other.user_id === userId) continue;
    const theirs = await readToken(context, other.service, other.user_id).catch(() => undefined); // unreadable: stays so
    if (!theirs || !sameBinding(theirs.binding, token.binding)) continue;
    const record: TokenRecord = { ...theirs.record, ended: "revoked" };
    const marked = { record, binding: theirs.binding, replaces: theirs.generation };
    await replaceToken(context, other.service, other.user_id, marked);
    affected.push(await summarize(context, other));
  }
  return affected;
}
