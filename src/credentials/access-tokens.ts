import { unlessAborted } from "../core/deadline.js";
import { integrationError, isIntegrationError } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import { requireOAuth, type CredentialContext } from "./context.js";
import { setupCommand } from "./names.js";
import { isSameProfile, nameOf, requireProfile, type ProfileName } from "./profiles.js";
import type { PointerRecord, TokenRecord } from "./records.js";
import { missingScopes } from "./scopes.js";
import { isOthers, readToken, requireIssuer, tokenKey, type StoredToken } from "./token-records.js";
import type { AccessTokenOptions, OAuthSetup } from "./types.js";

/** Hands out access tokens that are good now. */
export interface AccessTokens {
  get(service: string, userId: string, options: AccessTokenOptions): Promise<Secret>;
  /** Forgets what is held in memory of profiles, after their records were changed. */
  forget(profiles: readonly ProfileName[]): void;
}

interface Held {
  readonly token: Secret;
  /** When it is to be renewed. */
  readonly renewAt: number;
  /** When it was last found in the store. */
  readonly seenAt: number;
  readonly scopes: readonly string[];
}

/** A token is renewed this long before its end, or a tenth of its life: none dies on the way, and clocks may differ. */
const renewBeforeMs = 5 * 60_000;
const renewBeforePart = 0.1;
/** A token whose renewal failed is handed out until this long before its end, and renewal is tried again so much later. */
const lastUseBeforeMs = 15_000;
const tryAgainMs = 30_000;
/** So late at most this process notices what another one has changed: a profile removed, linked anew, renamed. */
const lookAgainMs = 5_000;

/** Keeps opened tokens in memory and renews each once, however many ask for it at the same time. */
export function createAccessTokens(context: CredentialContext): AccessTokens {
  const held = new Map<string, Held>();
  const flights = new Map<string, Flight>();

  const obtainOnce = async (service: string, userId: string, need: Need): Promise<Held> => {
    const name = heldAs(service, userId);
    const running = flights.get(name);
    if (running && (running.force || !need.force)) return running.result;
    if (running) {
      await running.result.catch(() => undefined); // it may bring the refused token once more
      return obtainOnce(service, userId, need);
    }
    const isOurs = (): boolean => flights.get(name) === flight;
    const result = obtain(context, service, userId, need)
      .then((token) => {
        if (isOurs()) held.set(name, token); // else the profile was changed meanwhile
        return token;
      })
      .finally(() => {
        if (isOurs()) flights.delete(name);
      });
    const flight: Flight = { force: need.force, result };
    flights.set(name, flight);
    return result;
  };

  return {
    async get(service, userId, { scopes = [], forceRefresh = false, rejected, issuedBy, signal }) {
      signal?.throwIfAborted();
      if (issuedBy !== undefined) requireSamePlace(context, service, userId, issuedBy);
      const current = held.get(heldAs(service, userId));
      const now = context.clock.now();
      const refused = forceRefresh && (rejected === undefined || current?.token.reveal() === rejected.reveal());
      // What was allowed in another process since is on disk only.
      const enough = current && missingScopes(scopes, current.scopes).length === 0;
      const usable = enough && !refused && current.renewAt > now ? current : undefined;
      const obtained = async (): Promise<Held> =>
        obtainOnce(service, userId, { rejected, force: forceRefresh }).catch((error: unknown) => orElse(usable, error));
      const seen = usable && Math.abs(now - usable.seenAt) < lookAgainMs;
      const good = seen ? usable : await unlessAborted(obtained(), signal);
      requireScopes(service, userId, good.scopes, scopes);
      return good.token;
    },
    forget(profiles) {
      for (const { service, userId } of profiles) {
        held.delete(heldAs(service, userId));
        flights.delete(heldAs(service, userId));
      }
    },
  };
}

/** What is asked for: any good token, or with `force` another one than that which was refused. */
interface Need {
  readonly rejected: Secret | undefined;
  readonly force: boolean;
}

interface Flight {
  readonly force: boolean;
  readonly result: Promise<Held>;
}

function heldAs(service: string, userId: string): string {
  return `${service}\n${userId}`;
}

/** Gives what is stored if it is good, else waits until it may renew it: one process does, the others find the result. */
async function obtain(context: CredentialContext, service: string, userId: string, need: Need): Promise<Held> {
  const setup = requireOAuth(context, service);
  for (;;) {
    const found = await requireToken(context, setup, service, userId);
    if (isGood(context, found, need)) return toHeld(context, found.record);
    const { renewalTurn } = await import("./renewal-turn.js");
    const renewing = renewalTurn(context, found.holder, async () => {
      const stored = await requireToken(context, setup, service, userId);
      if (!isSameProfile(stored.holder, found.holder)) return undefined; // this is not the turn for it
      // Whoever had the turn before may have renewed it.
      const force = need.force && stored.generation === found.generation;
      if (isGood(context, stored, { ...need, force })) return toHeld(context, stored.record);
      const { renew } = await import("./renewal.js");
      const fresh = await renew(context, setup, { service, userId }, stored);
      return fresh && toHeld(context, fresh);
    });
    const held = await (need.force ? renewing : renewing.catch((error: unknown) => unrenewed(context, found, error)));
    if (held) return held; // else it was replaced meanwhile: look again
  }
}

/** A store that is out of reach for a moment takes no good token away. */
function orElse(usable: Held | undefined, error: unknown): Held {
  if (usable && isIntegrationError(error) && error.retryable) return usable;
  throw error;
}

/** Whether a token needs no renewal yet. */
function isGood({ clock }: CredentialContext, { record }: StoredToken, { force, rejected }: Need): boolean {
  if (force && (rejected === undefined || record.accessToken === rejected.reveal())) return false;
  // A clock that was set back since tells nothing about how old the token is.
  return renewTime(record) > clock.now() && (record.issuedAt ?? 0) <= clock.now() + renewBeforeMs;
}

/** What renewing it early is for: while the authorization server cannot be reached, the old one is used up. */
function unrenewed({ clock }: CredentialContext, { record }: StoredToken, error: unknown): Held {
  const lastUse = record.expiresAt - lastUseBeforeMs;
  if (!isIntegrationError(error) || !error.retryable || lastUse <= clock.now()) throw error;
  return { ...toHeld({ clock }, record), renewAt: Math.min(lastUse, clock.now() + tryAgainMs) };
}

function renewTime({ refreshToken, delegated, issuedAt, expiresAt }: TokenRecord): number {
  if (refreshToken === undefined && !delegated) return expiresAt - lastUseBeforeMs; // there is no other one to come
  const lifeMs = expiresAt - (issuedAt ?? expiresAt - 3600_000);
  return expiresAt - Math.min(renewBeforeMs, Math.max(0, lifeMs * renewBeforePart));
}

/** A token that a profile uses. */
interface FoundToken extends StoredToken {
  /** The profile that it is stored for. */
  readonly holder: ProfileName;
}

/** The token of a profile that is signed in at this authorization server. @throws AuthenticationError `auth.*` */
async function requireToken(
  context: CredentialContext,
  setup: OAuthSetup,
  service: string,
  userId: string,
): Promise<FoundToken> {
  const pointer = await requireProfile(context, service, userId);
  if (pointer.moved_to !== undefined) throw halfRenamed(pointer);
  const shares = pointer.grant && (await import("./grants.js")); // most profiles have a sign-in of their own
  const holder = shares ? await shares.holderOf(context, pointer) : nameOf(pointer);
  const stored = await readToken(context, holder.service, holder.userId);
  const facts = { service, profile: userId, hint: `Run ${setupCommand(service, userId)} to sign in.` };
  if (!stored) {
    const file = await context.store.locate(tokenKey(holder.service, holder.userId));
    const message = `Nobody has signed in to ${service} for profile "${userId}" yet: there is no ${file}.`;
    throw integrationError("auth.not_connected", { ...facts, message, details: { file } });
  }
  requireIssuer(stored, setup.endpoints, service, userId);
  if (isOthers(pointer, stored.record)) throw wrongAccount(pointer);
  if (stored.record.ended) throw integrationError(`auth.${stored.record.ended}`, facts);
  return { ...stored, holder };
}

function halfRenamed({ service, user_id: userId, moved_to: newName }: PointerRecord): Error {
  return integrationError("config.profile_not_found", {
    message: `Profile "${userId}" of ${service} is being renamed to "${newName ?? ""}", which was interrupted.`,
    hint: "Rename it again with the same names to finish that.",
    service,
    profile: userId,
  });
}

function wrongAccount({ service, user_id: userId, account }: PointerRecord): Error {
  return integrationError("auth.wrong_account", {
    message: `Profile "${userId}" of ${service} belongs to ${account ?? "an account"}, and the stored sign-in to another.`,
    hint: `Run ${setupCommand(service, userId)} and sign in as ${account ?? "that account"}.`,
    service,
    profile: userId,
  });
}

/** A vault made for one place hands nothing to a client made for another. */
function requireSamePlace(context: CredentialContext, service: string, userId: string, issuedBy: string): void {
  const own = new URL(requireOAuth(context, service).endpoints.token).origin;
  if (own === issuedBy) return;
  throw integrationError("config.untrusted_endpoint", {
    message: `The client talks to ${issuedBy}, but its credentials belong to ${own}.`,
    hint: "Make client and credential manager with the same endpoints option, or leave it out for both.",
    service,
    profile: userId,
  });
}

function toHeld({ clock }: Pick<CredentialContext, "clock">, record: TokenRecord): Held {
  const { accessToken, scopes } = record;
  return { token: new Secret(accessToken), renewAt: renewTime(record), seenAt: clock.now(), scopes };
}

function requireScopes(service: string, userId: string, granted: readonly string[], needed: readonly string[]): void {
  const missing = missingScopes(needed, granted);
  if (missing.length === 0) return;
  throw integrationError("auth.scope_missing", {
    message: `The sign-in did not allow: ${missing.join(", ")}.`,
    hint: `Run ${setupCommand(service, userId)} again and allow it.`,
    service,
    profile: userId,
    details: { missing },
  });
}
