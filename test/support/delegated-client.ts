import { createPrivateKey } from "node:crypto";
import type { gmail_v1 } from "@googleapis/gmail";
import type { GoogleSandbox } from "maigic-integrations/sandbox";
import { signJwt } from "../../src/sandbox/oauth/jwt.js";
import { clientsAt } from "./google-clients.js";

/** Google's own client for Gmail, signed in as a service account that acts for somebody. */
export async function delegatedGmailClient(...whose: Parameters<typeof delegatedToken>): Promise<gmail_v1.Gmail> {
  return clientsAt(whose[0].url, await delegatedToken(...whose)).gmail;
}

/** An access token of a service account that acts for somebody. */
export async function delegatedToken(
  sandbox: GoogleSandbox,
  robot: string,
  user: string,
  scopes: readonly string[],
): Promise<string> {
  const file = sandbox.serviceAccountFile(robot);
  const iat = Math.floor(sandbox.clock.now() / 1000);
  const claims = { iss: robot, sub: user, aud: `${sandbox.url}/token`, iat, exp: iat + 3600, scope: scopes.join(" ") };
  const assertion = signJwt({}, claims, createPrivateKey(file["private_key"] ?? ""));
  const body = new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion });
  const answer = await fetch(`${sandbox.url}/token`, { method: "POST", body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
