import { createHash } from "node:crypto";
import { integrationError } from "../core/errors.js";
import { isLoopback } from "../core/http.js";
import { beginAuthorization } from "../oauth/authorization.js";
import { exchangeCode } from "../oauth/tokens.js";
import type { OAuthClient, TokenSet } from "../oauth/types.js";
import { parseClientFile } from "../oauth/client-file.js";
import { createClient, putClient, readClientFile, requireClient } from "./client-files.js";
import { requireAccess } from "./access-level.js";
import { requireOAuth, type CredentialContext } from "./context.js";
import { setupCommand } from "./names.js";
import { changeProfile, readProfile } from "./profiles.js";
import { parseRecord, type ConsentRecord, type PointerRecord, type TokenRecord } from "./records.js";
import { requireRoomToRehearse } from "./rehearsal.js";
import { missingScopes } from "./scopes.js";
import { readSealed, writeSealed } from "./sealed-records.js";
import type { RecordKey } from "./store.js";
import { readableToken, replaceToken, tokenKey, type StoredToken } from "./token-records.js";
import type { AccessLevel, BeginConsentOptions, ConsentRequest, OAuthSetup } from "./types.js";
import { sameBinding, type TokenBinding } from "./vault.js";

const patienceMs = 10 * 60 * 1000;

/** Prepares a sign-in and keeps what its answer is checked with, sealed, for whichever process gets the answer. */
export async function beginConsent(
  context: CredentialContext,
  service: string,
  options: BeginConsentOptions,
): Promise<ConsentRequest> {
  const setup = requireOAuth(context, service);
  const { redirectUri, userId } = options;
  requireUsable(options);
  await requireRoomToRehearse(context, service, setup, userId);
  const allowWeb = isWebRedirect(redirectUri);
  const clientFile =
    options.clientFile === undefined ? undefined : await readClientFile(setup, options.clientFile, allowWeb);
  // A first client file stays, whatever becomes of this sign-in; one that replaces another waits for its success.
  if (clientFile !== undefined) await createClient(context, service, clientFile);
  const client = await clientOf(context, service, setup, { clientFile, redirectUri, userId });
  if (client.type === "web" && !client.redirectUris.includes(redirectUri)) {
    throw integrationError("config.invalid", {
      message: `The web client is not registered for ${redirectUri}.`,
      hint: `Use one of: ${client.redirectUris.join(", ")}; or register the address in the service's console.`,
    });
  }
  const pointer = await readProfile(context, service, userId);
  const access = options.access ?? (pointer?.read_only === true ? "read" : (pointer?.access ?? "write"));
  const scopes = [...setup.scopes[access]];
  const loginHint = options.loginHint ?? pointer?.account;
  const oauth = { http: context.http, clock: context.clock, endpoints: setup.endpoints, client };
  const newGrant = !(await hasGrant(context, { pointer, access, scopes, binding: bindingOf(setup, client) }));
  const begun = await beginAuthorization(oauth, { redirectUri, scopes, loginHint, newGrant });
  const { url, state, codeVerifier } = begun;
  const expiresAt = context.clock.now() + patienceMs;
  const checks = { redirectUri, state, codeVerifier, scopes };
  const record: ConsentRecord = { service, userId, access, ...checks, expiresAt, clientFile };
  await removeOldConsents(context);
  await writeSealed(context, consentKey(state), { plaintext: JSON.stringify(record), replaces: undefined });
  return { url, expiresAt: new Date(expiresAt).toISOString() };
}

/** Checks the answer of a consent page, exchanges it for tokens and stores them sealed. @returns the service */
export async function completeConsent(
  context: CredentialContext,
  callbackUrl: string,
  userId: string,
): Promise<string> {
  const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : undefined;
  const state = url?.searchParams.get("state");
  if (!url || !state) throw notOurs("The address has no state, so it is no answer to a sign-in that was begun here.");
  const consent = await takeConsent(context, state, userId);
  const { service } = consent;
  const setup = requireOAuth(context, service);
  const client = await clientOf(context, service, setup, consent);
  const oauth = { http: context.http, clock: context.clock, endpoints: setup.endpoints, client };
  const tokens = await exchangeCode(oauth, url, consent);
  const binding = bindingOf(setup, client);
  const old = await readableToken(context, service, userId);
  const elsewhere = old !== undefined && old.binding.tokenOrigin !== binding.tokenOrigin; // accounts there are not those here
  const pointer = await readProfile(context, service, userId);
  if (!elsewhere) requireSameAccount({ ...pointer, subject: old?.record.subject ?? pointer?.subject }, tokens, consent);
  if (consent.clientFile !== undefined) await putClient(context, service, consent.clientFile);
  // The pointer first: a token without one would belong to nobody.
  await changeProfile(context, service, userId, (profile) => linked(profile, consent, tokens));
  await storeTokens(context, consent, tokens, binding);
  return service;
}

/** Stores what a sign-in brought, over whatever a renewal may be storing at the same moment. */
async function storeTokens(
  context: CredentialContext,
  { service, userId }: ConsentRecord,
  tokens: TokenSet,
  binding: TokenBinding,
): Promise<void> {
  for (;;) {
    const replaces = (await context.store.read(tokenKey(service, userId)))?.generation;
    const old = await readableToken(context, service, userId);
    const record: TokenRecord = {
      accessToken: tokens.accessToken.reveal(),
      refreshToken: tokens.refreshToken?.reveal() ?? keptRefreshToken(old, tokens, binding),
      issuedAt: context.clock.now(),
      expiresAt: tokens.expiresAt,
      refreshExpiresAt: tokens.refreshExpiresAt,
      scopes: [...tokens.scopes],
      subject: tokens.account?.subject,
    };
    if (await replaceToken(context, service, userId, { record, binding, replaces })) return;
  }
}

/** The sign-in that a state belongs to; it is used up by this, whatever comes of it. */
async function takeConsent(context: CredentialContext, state: string, userId: string): Promise<ConsentRecord> {
  const key = consentKey(state);
  const opened = await readSealed(context, key);
  if (!opened) throw notOurs("This answer belongs to no sign-in that is under way, or was used already.");
  const consent = parseRecord.consent(opened.plaintext);
  if (consent?.state !== state || consent.userId !== userId) {
    throw notOurs("This answer belongs to the sign-in of another profile.");
  }
  // Of several who bring the same answer, one removes the record and goes on: a code that is used twice ends the grant.
  if (!(await context.store.remove(key, opened.generation))) throw notOurs("This answer was used already.");
  if (consent.expiresAt < context.clock.now()) throw notOurs("This sign-in was begun too long ago.");
  return consent;
}

/** Sign-ins that nobody finished are of no use any more; what cannot be read is left alone. */
async function removeOldConsents(context: CredentialContext): Promise<void> {
  for (const { key } of await context.store.sealed("consent")) {
    if (key?.kind !== "consent") continue;
    const opened = await readSealed(context, key).catch(() => undefined);
    const consent = opened && parseRecord.consent(opened.plaintext);
    if (opened && consent && consent.expiresAt < context.clock.now())
      await context.store.remove(key, opened.generation);
  }
}

/** The client that a sign-in uses: that of the file it came with, else the service's. */
async function clientOf(
  context: CredentialContext,
  service: string,
  setup: OAuthSetup,
  { clientFile, redirectUri, userId }: Pick<ConsentRecord, "clientFile" | "redirectUri" | "userId">,
): Promise<OAuthClient> {
  const allowWeb = isWebRedirect(redirectUri);
  if (clientFile === undefined) return requireClient(context, service, setup, allowWeb, userId);
  return parseClientFile(clientFile, { file: "The client file", endpoints: setup.endpoints, allowWeb });
}

/** @throws ConfigurationError `config.invalid` */
function requireUsable({ redirectUri, access }: BeginConsentOptions): void {
  requireAccess(access);
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  if (url && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url)))) return;
  throw integrationError("config.invalid", {
    message: `"${redirectUri}" is no address that a sign-in can come back to.`,
    hint: "Give an address of this machine such as http://127.0.0.1:8976/callback, or an https one of a web server.",
  });
}

function linked(
  pointer: PointerRecord | undefined,
  { service, access }: ConsentRecord,
  { account }: TokenSet,
): Omit<PointerRecord, "user_id" | "service"> {
  return {
    ...pointer,
    credentials_path: pointer?.credentials_path ?? `${service}/credentials.json`,
    access,
    read_only: access === "read",
    ...(account && { subject: account.subject }),
    ...(account?.email !== undefined && { account: account.email }),
  };
}

function requireSameAccount(
  own: Pick<PointerRecord, "subject" | "account">,
  { account }: TokenSet,
  { service, userId }: ConsentRecord,
): void {
  if (own.subject === undefined || own.subject === account?.subject) return;
  const other = account ? (account.email ?? "another account") : "an account that the service did not name";
  throw integrationError("auth.wrong_account", {
    message: `Profile "${userId}" belongs to ${own.account ?? "another account"}, but ${other} signed in; nothing was stored.`,
    hint: `Sign in as ${own.account ?? "the profile's own account"}, or use another profile: ${setupCommand(service, "NAME")}.`,
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

interface Wanted {
  readonly pointer: PointerRecord | undefined;
  readonly access: AccessLevel;
  readonly scopes: readonly string[];
  readonly binding: TokenBinding;
}

/** Whether the refresh token that is stored is good for exactly what is asked, and without an end that is known. */
async function hasGrant(context: CredentialContext, { pointer, access, scopes, binding }: Wanted): Promise<boolean> {
  if (pointer?.subject === undefined || pointer.access !== access) return false;
  const stored = await readableToken(context, pointer.service, pointer.user_id);
  if (!stored || !sameBinding(stored.binding, binding)) return false;
  const { refreshToken, refreshExpiresAt, ended, scopes: granted } = stored.record;
  const lasting = refreshToken !== undefined && refreshExpiresAt === undefined && ended === undefined;
  return lasting && missingScopes(scopes, granted).length === 0;
}

function bindingOf(setup: OAuthSetup, client: OAuthClient): TokenBinding {
  return { clientId: client.clientId, tokenOrigin: new URL(setup.endpoints.token).origin };
}

function consentKey(state: string): RecordKey {
  return { kind: "consent", service: "", userId: createHash("sha256").update(state).digest("hex") };
}

function isWebRedirect(redirectUri: string): boolean {
  return URL.canParse(redirectUri) && new URL(redirectUri).protocol === "https:";
}

function notOurs(message: string): Error {
  return integrationError("auth.invalid_credentials", {
    message,
    hint: "Begin the sign-in again, and use the whole address that it comes back to, once and within ten minutes.",
  });
}
