import { integrationError } from "../core/errors.js";
import { exchangeCode } from "../oauth/tokens.js";
import type { TokenSet } from "../oauth/types.js";
import { putClient } from "./client-files.js";
import { clientOf, takeConsent } from "./consent-records.js";
import type { ConsentTarget } from "./consent-scopes.js";
import { oauthContext, requireOAuth, type CredentialContext } from "./context.js";
import { grantOf, holderOf, sharersOf, shareGrant } from "./grants.js";
import { keyRecordKey } from "./key-records.js";
import { setupCommand } from "./names.js";
import { changeProfile, readProfile, type ProfileName } from "./profiles.js";
import type { ConsentRecord, PointerRecord, TokenRecord } from "./records.js";
import { removeRecord } from "./sealed-records.js";
import { bindingOf, readableToken, replaceToken, tokenKey, type StoredToken } from "./token-records.js";
import { sameBinding, type TokenBinding } from "./vault.js";

/**
 * Checks the answer of a consent page, exchanges it for tokens and stores them sealed.
 *
 * @returns the profile that signed in, and those that share its sign-in from now on
 */
export async function completeConsent(
  context: CredentialContext,
  callbackUrl: string,
  userId: string,
): Promise<{ profile: ProfileName; sharers: ProfileName[] }> {
  const consent = await takeConsent(context, callbackUrl, userId);
  const { service, alsoFor: others = [] } = consent;
  const setup = requireOAuth(context, service);
  const client = await clientOf(context, service, setup, consent);
  const oauth = oauthContext(context, setup, client);
  const tokens = await exchangeCode(oauth, new URL(callbackUrl), consent);
  requireNamedAccount(consent, tokens);
  const binding = bindingOf(setup, client);
  for (const each of [service, ...others.map((other) => other.service)]) {
    await requireSameAccount(context, { service: each, userId }, tokens, binding);
  }
  if (consent.clientFile !== undefined) await putClient(context, service, consent.clientFile);
  const profile = { service, userId };
  // The pointer first: a token without one would belong to nobody.
  await changeProfile(context, service, userId, (old) => linked(old, consent, tokens));
  await storeTokens(context, profile, tokens, binding);
  await removeRecord(context, keyRecordKey(service, userId)); // of a service account that it may have used before
  for (const other of others) await share(context, profile, other, tokens);
  return { profile, sharers: others.map((other) => ({ service: other.service, userId })) };
}

/** Stores what a sign-in brought, over whatever a renewal may be storing at the same moment. */
async function storeTokens(
  context: CredentialContext,
  profile: ProfileName,
  tokens: TokenSet,
  binding: TokenBinding,
): Promise<void> {
  const { service, userId } = profile;
  for (;;) {
    const replaces = (await context.store.read(tokenKey(service, userId)))?.generation;
    const old = await readableToken(context, service, userId);
    const record: TokenRecord = {
      accessToken: tokens.accessToken.reveal(),
      refreshToken: tokens.refreshToken?.reveal() ?? keptRefreshToken(old, tokens, binding),
      issuedAt: context.clock.now(),
      signedInAt: context.clock.now(),
      expiresAt: tokens.expiresAt,
      refreshExpiresAt: tokens.refreshExpiresAt,
      scopes: [...tokens.scopes],
      subject: tokens.account?.subject,
    };
    if (await replaceToken(context, profile, { record, binding, replaces })) return;
  }
}

/** Lets another service use a sign-in; who shared that one's own goes along. */
async function share(
  context: CredentialContext,
  holder: ProfileName,
  target: ConsentTarget,
  tokens: TokenSet,
): Promise<void> {
  const { service } = target;
  const { userId } = holder;
  const followers = await sharersOf(context, { service, userId });
  await changeProfile(context, service, userId, (old) => ({ ...linked(old, target, tokens), grant: grantOf(holder) }));
  await shareGrant(context, followers, holder);
  await removeRecord(context, tokenKey(service, userId));
}

function linked(
  pointer: PointerRecord | undefined,
  { service, access }: ConsentTarget,
  { account }: TokenSet,
): Omit<PointerRecord, "user_id" | "service"> {
  return {
    ...pointer,
    credentials_path: pointer?.credentials_path ?? `${service}/credentials.json`,
    access,
    read_only: access === "read",
    grant: undefined,
    moved_to: undefined,
    ...(account && { subject: account.subject }),
    ...(account?.email !== undefined && { account: account.email }),
  };
}

/** Whoever begins a sign-in may say whose it has to be. @throws AuthenticationError `auth.wrong_account` */
function requireNamedAccount({ service, userId, account: named }: ConsentRecord, { account }: TokenSet): void {
  if (named === undefined || account?.email?.toLowerCase() === named.toLowerCase()) return;
  throw integrationError("auth.wrong_account", {
    message: `${account?.email ?? "An account that the service did not name"} signed in, but ${named} was to; nothing was stored.`,
    hint: `Sign in as ${named}, or name the other account.`,
    service,
    profile: userId,
  });
}

/** A profile belongs to one account. Accounts of another authorization server, such as a sandbox, are not those here. */
async function requireSameAccount(
  context: CredentialContext,
  { service, userId }: ProfileName,
  { account }: TokenSet,
  binding: TokenBinding,
): Promise<void> {
  const pointer = await readProfile(context, service, userId);
  const holder = pointer ? await holderOf(context, pointer) : { service, userId };
  const old = await readableToken(context, holder.service, holder.userId);
  if (old && old.binding.tokenOrigin !== binding.tokenOrigin) return;
  const subject = old?.record.subject ?? pointer?.subject;
  if (subject === undefined || subject === account?.subject) return;
  const own = pointer?.account ?? "another account";
  const other = account ? (account.email ?? "another account") : "an account that the service did not name";
  throw integrationError("auth.wrong_account", {
    message: `Profile "${userId}" of ${service} belongs to ${own}, but ${other} signed in; nothing was stored.`,
    hint: `Sign in as ${pointer?.account ?? "the profile's own account"}, or use another profile: ${setupCommand(service, "NAME")}.`,
    service,
    profile: userId,
  });
}

/** Without a new refresh token the old one is still good, if it is the same account's and the same client's. */
function keptRefreshToken(
  old: StoredToken | undefined,
  { account }: TokenSet,
  binding: TokenBinding,
): string | undefined {
  const sameAccount = account !== undefined && old?.record.subject === account.subject;
  return sameAccount && sameBinding(old.binding, binding) && !old.record.ended ? old.record.refreshToken : undefined;
}
