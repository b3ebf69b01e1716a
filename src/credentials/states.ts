import { isIntegrationError } from "../core/errors.js";
import type { CredentialContext } from "./context.js";
import { holderOf } from "./grants.js";
import { defaultProfile } from "./names.js";
import { profileHash, pythonHash } from "./profile-hash.js";
import { isSameProfile, nameOf, requireProfile, type ProfileName } from "./profiles.js";
import { parseRecord, type PointerRecord } from "./records.js";
import { missingScopes } from "./scopes.js";
import type { FoundPointer, StoredRecord } from "./store.js";
import { isOthers, readToken, type StoredToken } from "./token-records.js";
import type { AccessLevel, CredentialState, OAuthSetup, ProfileSummary } from "./types.js";

interface State {
  readonly state: CredentialState;
  readonly reason?: string;
  readonly granted?: AccessLevel;
}

/** So many states are told before others get a turn. */
const atOnce = 16;

/** Every profile with its true state. A damaged one spoils its own line only. */
export async function listProfiles(context: CredentialContext, service?: string): Promise<ProfileSummary[]> {
  const found = await findProfiles(context, service);
  const summaries: ProfileSummary[] = [];
  for (const [index, pointer] of found.entries()) {
    if (index % atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    summaries.push(await foundSummary(context, pointer));
  }
  return summaries;
}

/** Every pointer, with what is sealed for its profile. */
export async function findProfiles(context: CredentialContext, service?: string): Promise<FoundPointer[]> {
  return context.store.pointers({ service, sealed: (name) => sealedKind(context, name) });
}

function sealedKind(context: CredentialContext, service: string): "token" | "key" {
  return context.setups(service)?.kind === "api_key" ? "key" : "token";
}

/** A profile with its true state. @throws ConfigurationError `config.profile_not_found` */
export async function summaryOf(context: CredentialContext, { service, userId }: ProfileName): Promise<ProfileSummary> {
  return summarize(context, await requireProfile(context, service, userId));
}

/**
 * A profile with its true state, by its pointer.
 *
 * @param sealed - its token or key, if it was read already
 */
export async function summarize(
  context: CredentialContext,
  pointer: PointerRecord,
  sealed?: StoredRecord,
): Promise<ProfileSummary> {
  const { service, user_id: userId, account, access, user_timezone: userTimezone } = pointer;
  const sharesWith = pointer.grant && (await holderOf(context, pointer).catch(() => undefined)); // the state tells why
  return {
    service,
    userId,
    ...(await stateOf(context, pointer, sealed)),
    ...(account !== undefined && { account }),
    ...(access !== undefined && { access }),
    ...(sharesWith && !isSameProfile(sharesWith, nameOf(pointer)) && { sharesWith }),
    ...(userTimezone !== undefined && { userTimezone }),
  };
}

/** A pointer that was found, as a profile; a damaged one under its file's name. */
export async function foundSummary(context: CredentialContext, found: FoundPointer): Promise<ProfileSummary> {
  const { service, location, stored, sealed } = found;
  const pointer = parseRecord.pointer(stored.text);
  const file = location.split(/[\\/]/).at(-1) ?? location;
  const hashes = [(userId: string): string => profileHash(userId, 8), pythonHash];
  const named = pointer?.service === service && hashes.some((hashOf) => file.startsWith(hashOf(pointer.user_id)));
  if (pointer && (named || !context.store.openToPeople)) return summarize(context, pointer, sealed);
  return { service, userId: file, state: "unreadable", reason: `${location} is damaged: correct or remove it` };
}

/**
 * What a level lacks. Of a profile whose level nobody noted, such as the original Python package's, any will do, and who it
 * is need not be known: all levels ask for that.
 */
function missingAt({ scopes }: OAuthSetup, access: AccessLevel | undefined, granted: readonly string[]): string[] {
  if (access) return missingScopes(scopes[access], granted);
  const levels = [scopes.read, scopes.write, scopes.full];
  const lacking = levels.map((level) =>
    missingScopes(level, granted).filter((scope) => !levels.every((each) => each.includes(scope))),
  );
  return lacking.find((missing) => missing.length === 0) ?? lacking[0] ?? [];
}

/** Under the original Python package all profiles of a service used one token; it stays with the default one. */
function neverSignedIn({ mac, token_path: path, user_id: userId }: PointerRecord): string {
  const shared = mac === undefined && path !== undefined && userId !== defaultProfile;
  return shared ? `its token was the profile ${defaultProfile}'s as well, who keeps it` : "nobody has signed in yet";
}

async function stateOf(context: CredentialContext, pointer: PointerRecord, sealed?: StoredRecord): Promise<State> {
  const { service, user_id: userId, moved_to: newName } = pointer;
  const setup = context.setups(service);
  if (newName !== undefined) return { state: "needs_setup", reason: `its renaming to "${newName}" was interrupted` };
  try {
    if (setup?.kind === "api_key") {
      const key = sealed ?? (await context.store.read({ kind: "key", service, userId }));
      if (key === undefined) return { state: "needs_setup", reason: "no API key is stored" };
      return { state: "ready", granted: "full" }; // a key knows no levels
    }
    const holder = await holderOf(context, pointer);
    const own = isSameProfile(holder, nameOf(pointer));
    const token = await readToken(context, holder.service, holder.userId, own ? sealed : undefined);
    if (!token) return { state: "needs_consent", reason: neverSignedIn(pointer) };
    const granted = setup && grantedLevel(setup, token.record.scopes);
    return { ...signInState(context, pointer, { token, setup }), ...(granted && { granted }) };
  } catch (error) {
    if (isIntegrationError(error, "auth.key_unavailable")) return { state: "key_unavailable", reason: error.message };
    if (isIntegrationError(error)) return { state: "unreadable", reason: error.message };
    throw error;
  }
}

/** What a sign-in that can be read is worth. */
function signInState(
  { clock }: CredentialContext,
  pointer: PointerRecord,
  { token, setup }: { readonly token: StoredToken; readonly setup: OAuthSetup | undefined },
): State {
  if (isOthers(pointer, token.record)) {
    return { state: "wrong_account", reason: "the stored sign-in belongs to another account" };
  }
  if (token.record.ended) return { state: token.record.ended, reason: "the service has ended this sign-in" };
  if (setup && token.binding.tokenOrigin !== new URL(setup.endpoints.token).origin) {
    return { state: "needs_consent", reason: `signed in at ${token.binding.tokenOrigin} only` };
  }
  const missing = setup ? missingAt(setup, pointer.access, token.record.scopes) : [];
  if (missing.length > 0) return { state: "missing_scopes", reason: `not allowed: ${missing.join(", ")}` };
  const { refreshToken, delegated, expiresAt, refreshExpiresAt = Infinity } = token.record;
  const end = refreshToken === undefined && !delegated ? expiresAt : refreshExpiresAt;
  return end > clock.now() ? { state: "ready" } : { state: "expired", reason: "the sign-in has run out" };
}

/** The highest level all of whose scopes were granted. */
function grantedLevel({ scopes }: OAuthSetup, granted: readonly string[]): AccessLevel | undefined {
  const levels: readonly AccessLevel[] = ["full", "write", "read"];
  return levels.find((level) => missingScopes(scopes[level], granted).length === 0);
}
