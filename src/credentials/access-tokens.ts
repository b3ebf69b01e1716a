import type { Deadline } from "../core/deadline.js";
import { integrationError, isIntegrationError } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import { refreshTokens } from "../oauth/tokens.js";
import { requireClient } from "./client-files.js";
import { requireOAuth, type CredentialContext } from "./context.js";
import { setupCommand } from "./names.js";
import { requireProfile } from "./profiles.js";
import type { TokenRecord } from "./records.js";
import { missingScopes } from "./scopes.js";
import { readToken, tokenKey, writeToken, type StoredToken } from "./token-records.js";
import type { AccessTokenOptions } from "./types.js";

/** Hands out access tokens that are good now. */
export interface AccessTokens {
  get(service: string, userId: string, options: AccessTokenOptions): Promise<Secret>;
  /** Forgets what is held in memory of a profile, after its records were changed. */
  forget(service: string, userId: string): void;
}

interface Held {
  readonly token: Secret;
  readonly expiresAt: number;
  readonly scopes: readonly string[];
}

/** A token is renewed this long before its end, so that none dies on the way and clocks may differ. */
const renewBeforeMs = 60_000;

/** Keeps opened tokens in memory and renews each once, however many ask for it at the same time. */
export function createAccessTokens(context: CredentialContext): AccessTokens {
  const held = new Map<string, Held>();
  const obtaining = new Map<string, Promise<Held>>();
  const nameOf = (service: string, userId: string): string => `${service}\n${userId}`;

  const obtainOnce = (service: string, userId: string, rejected: Secret | undefined, force: boolean): Promise<Held> => {
    const name = nameOf(service, userId);
    const running = obtaining.get(name);
    if (running) return running;
    const started = obtain(context, service, userId, { rejected, force })
      .then((result) => {
        held.set(name, result);
        return result;
      })
      .finally(() => obtaining.delete(name));
    obtaining.set(name, started);
    return started;
  };

  return {
    async get(service, userId, { scopes = [], forceRefresh = false, rejected, issuedBy, signal }) {
      signal?.throwIfAborted();
      if (issuedBy !== undefined) requireIssuer(context, service, userId, issuedBy);
      const current = held.get(nameOf(service, userId));
      const fresh = current && current.expiresAt - renewBeforeMs > context.clock.now();
      const refused = forceRefresh && (rejected === undefined || current?.token.reveal() === rejected.reveal());
      const good = fresh && !refused ? current : await obtainOnce(service, userId, rejected, forceRefresh);
      requireScopes(service, userId, good.scopes, scopes);
      return good.token;
    },
    forget: (service, userId) => void held.delete(nameOf(service, userId)),
  };
}

async function obtain(
  context: CredentialContext,
  service: string,
  userId: string,
  { rejected, force }: { rejected: Secret | undefined; force: boolean },
): Promise<Held> {
  await requireProfile(context, service, userId);
  const stored = await requireToken(context, service, userId);
  const { record } = stored;
  // Another process may have renewed it already.
  const renewed = !force || (rejected !== undefined && record.accessToken !== rejected.reveal());
  if (renewed && record.expiresAt - renewBeforeMs > context.clock.now()) return toHeld(record);
  return toHeld(await renew(context, service, userId, stored));
}

/** The token of a profile that is signed in at this authorization server. @throws AuthenticationError `auth.*` */
async function requireToken(context: CredentialContext, service: string, userId: string): Promise<StoredToken> {
  const setup = requireOAuth(context, service);
  const stored = await readToken(context, service, userId);
  const facts = { service, profile: userId, hint: `Run ${setupCommand(service, userId)} to sign in.` };
  if (!stored) {
    const file = await context.store.locate(tokenKey(service, userId));
    const message = `Nobody has signed in to ${service} for profile "${userId}" yet: there is no ${file}.`;
    throw integrationError("auth.not_connected", { ...facts, message, details: { file } });
  }
  if (stored.binding.tokenOrigin !== new URL(setup.endpoints.token).origin) {
    const message = `Profile "${userId}" of ${service} is signed in at ${stored.binding.tokenOrigin}, and its token is sent nowhere else.`;
    throw integrationError("auth.not_connected", { ...facts, message });
  }
  if (stored.record.ended) throw integrationError(`auth.${stored.record.ended}`, facts);
  return stored;
}

async function renew(
  context: CredentialContext,
  service: string,
  userId: string,
  stored: StoredToken,
): Promise<TokenRecord> {
  const { record, binding } = stored;
  const setup = requireOAuth(context, service);
  const facts = { service, profile: userId, hint: `Run ${setupCommand(service, userId)} to sign in again.` };
  if (record.refreshToken === undefined) throw integrationError("auth.expired", facts);
  const client = await requireClient(context, service, setup, true);
  if (client.clientId !== binding.clientId) {
    const message = "The OAuth client file was replaced by another client's since the sign-in.";
    throw integrationError("auth.not_connected", { ...facts, message });
  }
  const oauth = { http: context.http, clock: context.clock, endpoints: setup.endpoints, client };
  const deadline: Deadline = { endsAt: Infinity, signal: new AbortController().signal }; // shared by all who wait
  try {
    const tokens = await refreshTokens(oauth, new Secret(record.refreshToken), record.scopes, deadline);
    const renewed: TokenRecord = {
      ...record,
      accessToken: tokens.accessToken.reveal(),
      refreshToken: tokens.refreshToken?.reveal() ?? record.refreshToken,
      expiresAt: tokens.expiresAt,
      refreshExpiresAt: tokens.refreshExpiresAt ?? record.refreshExpiresAt,
      scopes: [...tokens.scopes],
    };
    await writeToken(context, service, userId, { record: renewed, binding });
    return renewed;
  } catch (error) {
    if (isIntegrationError(error, "auth.revoked") || isIntegrationError(error, "auth.expired")) {
      const ended = error.code === "auth.revoked" ? "revoked" : "expired";
      await writeToken(context, service, userId, { record: { ...record, ended }, binding });
      throw integrationError(error.code, { ...facts, details: error.details });
    }
    throw error;
  }
}

/** A vault made for one place hands nothing to a client made for another. */
function requireIssuer(context: CredentialContext, service: string, userId: string, issuedBy: string): void {
  const own = new URL(requireOAuth(context, service).endpoints.token).origin;
  if (own === issuedBy) return;
  throw integrationError("config.untrusted_endpoint", {
    message: `The client talks to ${issuedBy}, but its credentials belong to ${own}.`,
    hint: "Make client and credential manager with the same endpoints option, or leave it out for both.",
    service,
    profile: userId,
  });
}

function toHeld(record: TokenRecord): Held {
  return { token: new Secret(record.accessToken), expiresAt: record.expiresAt, scopes: record.scopes };
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
