import { calendar as calendarApi, auth as calendarAuth, type calendar_v3 } from "@googleapis/calendar";
import { auth as gmailAuth, gmail as gmailApi, type gmail_v1 } from "@googleapis/gmail";
import type { GoogleSandbox } from "maigic-integrations/sandbox";

/** Google's own clients with a token, at another address than Google's. They do not try again. */
export function clientsAt(
  url: string,
  accessToken: string,
): { readonly gmail: gmail_v1.Gmail; readonly calendar: calendar_v3.Calendar } {
  const rest = { rootUrl: `${url}/`, retryConfig: { retry: 0 } };
  const credentials = { access_token: accessToken };
  const [mailAuth, dateAuth] = [new gmailAuth.OAuth2(), new calendarAuth.OAuth2()];
  mailAuth.setCredentials(credentials);
  dateAuth.setCredentials(credentials);
  return {
    gmail: gmailApi({ version: "v1", auth: mailAuth, ...rest }),
    calendar: calendarApi({ version: "v3", auth: dateAuth, ...rest }),
  };
}

/** Google's own client for Gmail, signed in at a sandbox; scopes whole or by their last part, `full` for all of Gmail. */
export function gmailClient(
  sandbox: GoogleSandbox,
  user: string,
  scopes: readonly string[] = ["full"],
): gmail_v1.Gmail {
  const names = scopes.map((scope) => (scope === "full" ? "https://mail.google.com/" : whole("gmail.", scope)));
  return clientsAt(sandbox.url, sandbox.issueToken(user, names).accessToken).gmail;
}

/** Google's own client for Calendar, signed in at a sandbox; scopes whole or by their last part, `calendar` for all of it. */
export function calendarClient(
  sandbox: GoogleSandbox,
  user: string,
  scopes: readonly string[] = ["calendar"],
): calendar_v3.Calendar {
  const names = scopes.map((scope) => whole("", scope));
  return clientsAt(sandbox.url, sandbox.issueToken(user, names).accessToken).calendar;
}

function whole(prefix: string, scope: string): string {
  return scope.includes("://") ? scope : `https://www.googleapis.com/auth/${prefix}${scope}`;
}

/** What a call of Google's client is rejected with when Google refuses it. */
export function refusal(code: number, reason: string): object {
  return { response: { status: code, data: { error: { code, errors: [{ reason }] } } } };
}
