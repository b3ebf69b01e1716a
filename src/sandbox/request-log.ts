import { percentDecoded } from "./percent.js";

/** One request that the sandbox answered; no secrets. */
export interface RequestLogEntry {
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly at: number;
  /** Google's name of the method, such as `gmail.users.messages.get` or `oauth.token`; the path where there is none. */
  readonly method: string;
  readonly httpMethod: string;
  /** Path and query without codes, tokens and states. */
  readonly path: string;
  readonly user: string | undefined;
  readonly status: number;
  /** What broke inside the sandbox, when it answered 500 on its own account. */
  readonly defect?: unknown;
}

const secretParameters = [
  "code",
  "state",
  "access_token",
  "id_token",
  "token",
  "client_secret",
  "code_challenge",
  "login_hint",
];

/** A request's address as it may be kept. */
export function withoutSecrets(url: URL): string {
  const shown = new URL(url);
  for (const name of secretParameters) if (shown.searchParams.has(name)) shown.searchParams.set(name, "…");
  return percentDecoded(shown.pathname + shown.search);
}
