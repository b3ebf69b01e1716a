import { systemClock } from "../core/clock.js";
import { startDeadline, type Deadline } from "../core/deadline.js";
import { integrationError, isIntegrationError, withFacts, type ErrorFacts } from "../core/errors.js";
import { Secret } from "../core/secret.js";
import { refreshTokens } from "../oauth/tokens.js";
import type { TokenSet } from "../oauth/types.js";
import { requireClient } from "./client-files.js";
import { oauthContext, type CredentialContext } from "./context.js";
import { setupCommand } from "./names.js";
import { changeProfile, type ProfileName } from "./profiles.js";
import type { TokenRecord } from "./records.js";
import { renewDelegated } from "./service-accounts.js";
import { replaceToken, type StoredToken } from "./token-records.js";
import type { OAuthSetup } from "./types.js";

const renewalTimeoutMs = 30_000;

/** A stored token, and the profile that it is stored for. */
type HeldToken = StoredToken & { readonly holder: ProfileName };

/**
 * Renews a token at its authorization server and stores it.
 *
 * @param stored - the token, and the profile that it is stored for: one that shares it has none of its own
 * @returns undefined when what is stored was replaced or removed meanwhile: the answer says nothing about what is there now
 */
export async function renew(
  context: CredentialContext,
  setup: OAuthSetup,
  { service, userId }: ProfileName,
  stored: HeldToken,
): Promise<TokenRecord | undefined> {
  const { record, binding, holder } = stored;
  const facts = { service, profile: userId, hint: `Run ${setupCommand(service, userId)} to sign in again.` };
  const ask = record.delegated
    ? (deadline: Deadline): Promise<TokenSet> => renewDelegated(context, setup, holder, record.scopes, deadline)
    : await refreshing(context, setup, stored, facts);
  // Shared by all who wait, whoever of them gives up; other processes wait too, by the machine's clock.
  const { deadline, end } = startDeadline({ timeoutMs: renewalTimeoutMs }, systemClock);
  const { signal } = deadline;
  const endsAt = context.clock.now() + renewalTimeoutMs;
  let tokens: TokenSet;
  try {
    tokens = await ask({ endsAt, signal });
  } catch (error) {
    const ended = endOf(error);
    if (ended === undefined) throw isIntegrationError(error) ? withFacts(error, facts) : error;
    const over = { record: { ...record, ended }, binding, replaces: stored.generation };
    if (!(await replaceToken(context, holder, over))) return undefined;
    throw integrationError(`auth.${ended}`, { ...facts, ...(isIntegrationError(error) && { details: error.details }) });
  } finally {
    end();
  }
  const renewed: TokenRecord = {
    ...record,
    accessToken: tokens.accessToken.reveal(),
    refreshToken: tokens.refreshToken?.reveal() ?? record.refreshToken,
    issuedAt: context.clock.now(),
    expiresAt: tokens.expiresAt,
    refreshExpiresAt: tokens.refreshExpiresAt ?? record.refreshExpiresAt,
    scopes: [...tokens.scopes],
  };
  const write = { record: renewed, binding, replaces: stored.generation };
  if (!(await replaceToken(context, holder, write))) return undefined;
  // From here on the vault vouches for the profile, and a token in clear does not count any more.
  if (stored.open) await changeProfile(context, holder.service, holder.userId, (pointer) => ({ ...pointer }));
  return renewed;
}

/** What asks for the next token by the refresh token. @throws AuthenticationError `auth.expired`, `auth.not_connected` */
async function refreshing(
  context: CredentialContext,
  setup: OAuthSetup,
  { record, binding, holder }: HeldToken,
  facts: ErrorFacts,
): Promise<(deadline: Deadline) => Promise<TokenSet>> {
  const { refreshToken, scopes } = record;
  if (refreshToken === undefined) throw integrationError("auth.expired", facts);
  const client = await requireClient(context, holder.service, setup, true);
  if (client.clientId !== binding.clientId) {
    const message = "The OAuth client file was replaced by another client's since the sign-in.";
    throw integrationError("auth.not_connected", { ...facts, message });
  }
  const oauth = oauthContext(context, setup, client);
  return (deadline) => refreshTokens(oauth, new Secret(refreshToken), scopes, deadline);
}

/** How a grant has ended, if that is what an error says. */
function endOf(error: unknown): "revoked" | "expired" | undefined {
  if (isIntegrationError(error, "auth.revoked")) return "revoked";
  return isIntegrationError(error, "auth.expired") ? "expired" : undefined;
}
