import { integrationError } from "../core/errors.js";
import { isLoopback } from "../core/http.js";
import { beginAuthorization } from "../oauth/authorization.js";
import { parseClientFile } from "../oauth/client-file.js";
import type { OAuthClient } from "../oauth/types.js";
import { requireAccess } from "./access-level.js";
import { createClient, readClientFile } from "./client-files.js";
import { clientOf, isWebRedirect, keepConsent } from "./consent-records.js";
import { accessOf, scopesToAsk, type ConsentTarget } from "./consent-scopes.js";
import { oauthContext, requireOAuth, type CredentialContext } from "./context.js";
import { holderOf, sharersOf } from "./grants.js";
import { isSameProfile, nameOf, readProfile } from "./profiles.js";
import type { PointerRecord } from "./records.js";
import { requireRoomToRehearse } from "./rehearsal.js";
import { missingScopes } from "./scopes.js";
import { bindingOf, readableToken, type StoredToken } from "./token-records.js";
import type { BeginConsentOptions, ConsentRequest, OAuthSetup } from "./types.js";
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
  const others = await alsoMeant(context, service, setup, options);
  for (const name of [service, ...others.map((other) => other.service)]) {
    await requireRoomToRehearse(context, name, setup, userId);
  }
  const client = await preparedClient(context, service, setup, options);
  const pointer = await readProfile(context, service, userId);
  const access = accessOf(options.access, pointer);
  const binding = bindingOf(setup, client);
  const held = await usableToken(context, pointer, binding);
  const targets: [ConsentTarget, ...ConsentTarget[]] = [{ service, access }, ...others];
  const sharers = await sharersOf(context, ...targets.map((each) => ({ service: each.service, userId })));
  const before = { pointer, granted: held?.record.scopes ?? [] };
  const scopes = scopesToAsk(context, targets, sharers, before);
  const newGrant = !(pointer?.access === access && isLasting(held, scopes));
  const loginHint = options.loginHint ?? options.account ?? pointer?.account;
  const oauth = oauthContext(context, setup, client);
  const { url, state, codeVerifier } = await beginAuthorization(oauth, { redirectUri, scopes, loginHint, newGrant });
  const expiresAt = context.clock.now() + patienceMs;
  const { text: clientFile } = client;
  const alsoFor = others.length === 0 ? undefined : others;
  await keepConsent(context, {
    ...{ service, userId, access, redirectUri, state, codeVerifier, scopes, expiresAt, alsoFor, clientFile },
    account: options.account,
  });
  return { url, expiresAt: new Date(expiresAt).toISOString() };
}

/** The client that the sign-in will use, with the text of its file when it came with one. */
async function preparedClient(
  context: CredentialContext,
  service: string,
  setup: OAuthSetup,
  { redirectUri, userId, clientFile, clientFileText }: BeginConsentOptions,
): Promise<OAuthClient & { text?: string }> {
  const allowWeb = isWebRedirect(redirectUri);
  if (clientFileText !== undefined) {
    parseClientFile(clientFileText, { file: "The client file", endpoints: setup.endpoints, allowWeb });
  }
  const text =
    clientFileText ?? (clientFile === undefined ? undefined : await readClientFile(setup, clientFile, allowWeb));
  // A first client file stays, whatever becomes of this sign-in; one that replaces another waits for its success.
  if (text !== undefined) await createClient(context, service, text);
  const client = await clientOf(context, service, setup, { clientFile: text, redirectUri, userId });
  if (client.type !== "web" || client.redirectUris.includes(redirectUri)) {
    return { ...client, ...(text !== undefined && { text }) };
  }
  throw integrationError("config.invalid", {
    message: `The web client is not registered for ${redirectUri}.`,
    hint: `Use one of: ${client.redirectUris.join(", ")}; or register the address in the service's console.`,
  });
}

/** The other services that the sign-in is for as well, checked: one authorization server gives one grant. */
async function alsoMeant(
  context: CredentialContext,
  service: string,
  setup: OAuthSetup,
  { alsoFor = [], access, userId }: BeginConsentOptions,
): Promise<ConsentTarget[]> {
  const targets: ConsentTarget[] = [];
  for (const name of new Set(alsoFor.map(context.nameOf))) {
    if (name === service) continue;
    const other = requireOAuth(context, name);
    if (other.endpoints.token !== setup.endpoints.token) {
      throw integrationError("config.invalid", {
        message: `${name} and ${service} do not sign in at the same place, so they cannot share a sign-in.`,
        hint: "Sign in to each of them.",
        service: name,
      });
    }
    targets.push({ service: name, access: accessOf(access, await readProfile(context, name, userId)) });
  }
  return targets;
}

/** The token that a profile uses, if a sign-in with this client at this authorization server gave it. */
async function usableToken(
  context: CredentialContext,
  pointer: PointerRecord | undefined,
  binding: TokenBinding,
): Promise<StoredToken | undefined> {
  if (pointer?.subject === undefined) return undefined;
  const own = nameOf(pointer);
  // What it shares is another profile's: signing in gives it one of its own.
  if (!isSameProfile(await holderOf(context, pointer), own)) return undefined;
  const token = await readableToken(context, own.service, own.userId);
  return token && sameBinding(token.binding, binding) ? token : undefined;
}

/** Whether a stored refresh token is good for exactly what is asked, and without an end that is known. */
function isLasting(token: StoredToken | undefined, scopes: readonly string[]): boolean {
  if (!token) return false;
  const { refreshToken, refreshExpiresAt, ended, scopes: granted } = token.record;
  const lasting = refreshToken !== undefined && refreshExpiresAt === undefined && ended === undefined;
  return lasting && missingScopes(scopes, granted).length === 0;
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
