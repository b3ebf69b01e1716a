import { createHash } from "node:crypto";
import { integrationError } from "../core/errors.js";
import { requireAnswerTo } from "../oauth/answer.js";
import { parseClientFile } from "../oauth/client-file.js";
import type { OAuthClient } from "../oauth/types.js";
import { requireClient } from "./client-files.js";
import type { CredentialContext } from "./context.js";
import { parseRecord, type ConsentRecord } from "./records.js";
import { readSealed, writeSealed } from "./sealed-records.js";
import type { RecordKey } from "./store.js";
import type { OAuthSetup } from "./types.js";

/** Keeps a sign-in that is under way, for whichever process gets its answer. */
export async function keepConsent(context: CredentialContext, consent: ConsentRecord): Promise<void> {
  await removeOldConsents(context);
  const write = { plaintext: JSON.stringify(consent), replaces: undefined };
  await writeSealed(context, consentKey(consent.state), write);
}

/**
 * The sign-in that an address answers. It is used up by this, whatever comes of it; by an address that is no answer to
 * it, it is not.
 *
 * @throws AuthenticationError `auth.invalid_credentials`
 */
export async function takeConsent(context: CredentialContext, address: string, userId: string): Promise<ConsentRecord> {
  const callbackUrl = URL.canParse(address) ? new URL(address) : undefined;
  const state = callbackUrl?.searchParams.get("state");
  if (!callbackUrl || !state) throw notOurs("The address has no state, so it answers no sign-in that was begun here.");
  const key = consentKey(state);
  const opened = await readSealed(context, key);
  if (!opened) throw notOurs("This answer belongs to no sign-in that is under way, or was used already.");
  const consent = parseRecord.consent(opened.plaintext);
  if (consent?.state !== state || consent.userId !== userId) {
    throw notOurs("This answer belongs to the sign-in of another profile.");
  }
  requireAnswerTo(consent.redirectUri, callbackUrl);
  // Of several who bring the same answer, one removes the record and goes on: a code that is used twice ends the grant.
  if (!(await context.store.remove(key, opened.generation))) throw notOurs("This answer was used already.");
  if (consent.expiresAt < context.clock.now()) throw notOurs("This sign-in was begun too long ago.");
  return consent;
}

function notOurs(message: string): Error {
  const hint = "Begin the sign-in again and use its own answer, within ten minutes.";
  return integrationError("auth.invalid_credentials", { message, hint });
}

/** The client that a sign-in uses: that of the file it came with, else the service's. */
export async function clientOf(
  context: CredentialContext,
  service: string,
  setup: OAuthSetup,
  { clientFile, redirectUri, userId }: Pick<ConsentRecord, "clientFile" | "redirectUri" | "userId">,
): Promise<OAuthClient> {
  const allowWeb = isWebRedirect(redirectUri);
  if (clientFile === undefined) return requireClient(context, service, setup, allowWeb, userId);
  return parseClientFile(clientFile, { file: "The client file", endpoints: setup.endpoints, allowWeb });
}

/** Whether a sign-in comes back to a program's own web server. */
export function isWebRedirect(redirectUri: string): boolean {
  return URL.canParse(redirectUri) && new URL(redirectUri).protocol === "https:";
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

function consentKey(state: string): RecordKey {
  return { kind: "consent", service: "", userId: createHash("sha256").update(state).digest("hex") };
}
