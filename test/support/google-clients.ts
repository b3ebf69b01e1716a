import { calendar as calendarApi, auth as calendarAuth, type calendar_v3 } from "@googleapis/calendar";
import { auth as gmailAuth, gmail as gmailApi, type gmail_v1 } from "@googleapis/gmail";
import type { GoogleSandbox } from "maigic-integrations/sandbox";

/** Google's own client for Gmail, signed in at a sandbox; scopes whole or by their last part, `full` for all of Gmail. */
export function gmailClient(
  sandbox: GoogleSandbox,
  user: string,
  scopes: readonly string[] = ["full"],
): gmail_v1.Gmail {
  const auth = new gmailAuth.OAuth2();
  const names = scopes.map((scope) => (scope === "full" ? "https://mail.google.com/" : whole("gmail.", scope)));
  auth.setCredentials({ access_token: sandbox.issueToken(user, names).accessToken });
  return gmailApi({ version: "v1", auth, rootUrl: `${sandbox.url}/`, retryConfig: { retry: 0 } });
}

/** Google's own client for Calendar, signed in at a sandbox; scopes whole or by their last part, `calendar` for all of it. */
export function calendarClient(
  sandbox: GoogleSandbox,
  user: string,
  scopes: readonly string[] = ["calendar"],
): calendar_v3.Calendar {
  const auth = new calendarAuth.OAuth2();
  const names = scopes.map((scope) => whole("", scope));
  auth.setCredentials({ access_token: sandbox.issueToken(user, names).accessToken });
  return calendarApi({ version: "v3", auth, rootUrl: `${sandbox.url}/`, retryConfig: { retry: 0 } });
}

function whole(prefix: string, scope: string): string {
  return scope.includes("://") ? scope : `https://www.googleapis.com/auth/${prefix}${scope}`;
}

/** What a call of Google's client is rejected with when Google refuses it. */
export function refusal(code: number, reason: string): object {
  return { response: { status: code, data: { error: { code, errors: [{ reason }] } } } };
}
