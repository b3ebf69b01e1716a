/**
 * Signing people in from a program that has its own web server: the sign-in begins in one request and is completed in
 * another, perhaps by another process.
 */
import type { CredentialManager } from "maigic-integrations";

/** Where to redirect the person's browser to. */
export async function beginSignIn(
  credentials: CredentialManager,
  userId: string,
  redirectUri: string,
): Promise<string> {
  const { url } = await credentials.beginConsent("google_gmail", { userId, access: "read", redirectUri });
  return url;
}

/** Called with the full address of the request that came back. */
export async function completeSignIn(
  credentials: CredentialManager,
  userId: string,
  callbackUrl: string,
): Promise<string> {
  const { account, state } = await credentials.completeConsent(callbackUrl, { userId });
  return `${account ?? "unknown"}: ${state}`;
}
