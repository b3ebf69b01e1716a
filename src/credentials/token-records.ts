import { integrationError, isIntegrationError } from "../core/errors.js";
import { parseRecord, type PointerRecord, type TokenRecord } from "./records.js";
import type { OAuthEndpoints } from "../oauth/types.js";
import type { CredentialContext } from "./context.js";
import { setupCommand } from "./names.js";
import type { ProfileName } from "./profiles.js";
import { readSealed, writeSealed } from "./sealed-records.js";
import type { Generation, RecordKey, StoredRecord } from "./store.js";
import type { OAuthSetup } from "./types.js";
import type { TokenBinding } from "./vault.js";

/** A token and what it is bound to. */
export interface BoundToken {
  readonly record: TokenRecord;
  readonly binding: TokenBinding;
}

/** A stored token, opened. */
export interface StoredToken extends BoundToken {
  /** The record's state, to tell whether it has changed since. */
  readonly generation: Generation;
  /** It stood there in clear. */
  readonly open?: true;
}

/**
 * Opens a profile's token, or undefined when nobody has signed in.
 *
 * @param found - the sealed token, if it was read already
 * @throws AuthenticationError `auth.unreadable`, `auth.key_unavailable`; the stored bytes stay as they are
 */
export async function readToken(
  context: CredentialContext,
  service: string,
  userId: string,
  found?: StoredRecord,
): Promise<StoredToken | undefined> {
  const stored = found ?? (await context.store.read(tokenKey(service, userId)));
  if (!stored) return undefined;
  if (isOpenToken(stored.text)) {
    const open = await (await import("./python-tokens.js")).readOpenToken(context, { service, userId }, stored);
    if (open) return open;
  }
  const opened = await readSealed(context, tokenKey(service, userId), stored);
  if (!opened) return undefined;
  const record = parseRecord.token(opened.plaintext);
  if (record) return { record, binding: opened.binding, generation: opened.generation };
  throw integrationError("auth.unreadable", {
    message: "The stored token has a shape of another version.",
    service,
    profile: userId,
  });
}

/** Whether it is a token in clear, as the original Python package kept it. A quick look: sealed ones have no such field. */
export function isOpenToken(text: string): boolean {
  return text.includes('"token_uri"');
}

/** The same, and undefined for a token that is damaged or sealed by another key too: a new sign-in is the way out. */
export async function readableToken(
  context: CredentialContext,
  service: string,
  userId: string,
): Promise<StoredToken | undefined> {
  return readToken(context, service, userId).catch((error: unknown) => {
    if (isIntegrationError(error, "auth.unreadable")) return undefined;
    throw error;
  });
}

/**
 * Seals and stores a profile's token in the place of the one that was read, unless that one is not there any more: what
 * came after it is newer.
 *
 * @param replaces - the state of the one that was read; undefined when there was none
 * @returns whether it did
 */
export async function replaceToken(
  context: CredentialContext,
  { service, userId }: ProfileName,
  { record, binding, replaces }: BoundToken & { replaces: Generation | undefined },
): Promise<boolean> {
  const write = { plaintext: JSON.stringify(record), binding, replaces };
  return (await writeSealed(context, tokenKey(service, userId), write)) !== undefined;
}

/**
 * Makes sure that a token goes nowhere but to the authorization server that gave it.
 *
 * @throws AuthenticationError `auth.not_connected`: at another server the profile is not signed in
 */
export function requireIssuer(
  { binding }: BoundToken,
  endpoints: OAuthEndpoints,
  service: string,
  userId: string,
): void {
  if (binding.tokenOrigin === new URL(endpoints.token).origin) return;
  // Only a sandbox on this machine is spoken to without TLS.
  const isRehearsal = binding.tokenOrigin.startsWith("http:");
  const there = isRehearsal ? `, or give --sandbox ${binding.tokenOrigin} to go on with the rehearsal` : "";
  throw integrationError("auth.not_connected", {
    message: `Profile "${userId}" of ${service} is signed in at ${binding.tokenOrigin}, and its token is sent nowhere else.`,
    hint: `Run ${setupCommand(service, userId)} to sign in${there}.`,
    service,
    profile: userId,
  });
}

/** Which client and authorization server a token belongs to. */
export function bindingOf({ endpoints }: OAuthSetup, { clientId }: { readonly clientId: string }): TokenBinding {
  return { clientId, tokenOrigin: new URL(endpoints.token).origin };
}

/** Whether a token is of another account than the profile's: it is not used, however it got there. */
export function isOthers({ subject }: PointerRecord, token: TokenRecord): boolean {
  return subject !== undefined && token.subject !== undefined && token.subject !== subject;
}

/** Which record a token is. */
export function tokenKey(service: string, userId: string): RecordKey {
  return { kind: "token", service, userId };
}
