import { isMethodMeant } from "./method-pattern.js";
import { percentDecoded } from "./percent.js";

/** One request that the sandbox got; no secrets. */
export interface RequestLogEntry {
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly at: number;
  /** Google's name of the method, such as `gmail.users.messages.get` or `oauth.token`; the path where there is none. */
  readonly method: string;
  readonly httpMethod: string;
  /** Path and query without codes, tokens and states. */
  readonly path: string;
  readonly user: string | undefined;
  /** 0 when no answer went out. */
  readonly status: number;
  /** The scope that allowed it: the first of those that the method takes and the token has. */
  readonly scope?: string | undefined;
  /** Quota units that it cost. */
  readonly units: number;
  /** The fault that it met, by name. */
  readonly fault?: string | undefined;
  /** Whether it was a part of a batch; the batch itself is called `batch`. */
  readonly inBatch?: boolean | undefined;
  /** What broke inside the sandbox, when it answered 500 on its own account. */
  readonly defect?: unknown;
}

/** Which entries are wanted; what is left out is anything. */
export interface RequestFilter {
  /** Google's name, or its beginning with a star, such as `gmail.users.drafts.*`. */
  readonly method?: string | undefined;
  readonly user?: string | undefined;
  readonly scope?: string | undefined;
  readonly status?: number | undefined;
  /** A fault's name, or whether there was one. */
  readonly fault?: string | boolean | undefined;
  readonly inBatch?: boolean | undefined;
  /** Milliseconds since the epoch: at that time or later. */
  readonly since?: number | undefined;
}

/** The requests of a sandbox, oldest first; of very many the last. */
export interface RequestLog {
  readonly entries: readonly RequestLogEntry[];
  add(entry: RequestLogEntry): void;
  find(filter: RequestFilter): RequestLogEntry[];
  clear(): void;
}

const mostEntries = 200_000;

/** Begins empty. */
export function createRequestLog(): RequestLog {
  const entries: RequestLogEntry[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (entries.length > mostEntries) entries.splice(0, mostEntries / 2);
    },
    find: (filter) => entries.filter((entry) => fits(entry, filter)),
    clear: () => void entries.splice(0),
  };
}

function fits(entry: RequestLogEntry, filter: RequestFilter): boolean {
  const { method, user, scope, status, fault, inBatch, since } = filter;
  const faulty = typeof fault === "boolean" ? (entry.fault !== undefined) === fault : fault === entry.fault;
  return (
    (method === undefined || isMethodMeant(method, entry.method)) &&
    (user === undefined || entry.user === user.toLowerCase()) &&
    (scope === undefined || entry.scope === scope) &&
    (status === undefined || entry.status === status) &&
    (fault === undefined || faulty) &&
    (inBatch === undefined || (entry.inBatch ?? false) === inBatch) &&
    (since === undefined || entry.at >= since)
  );
}

const secretParameters = [
  "access_token",
  "assertion",
  "client_secret",
  "code",
  "code_challenge",
  "id_token",
  "key",
  "login_hint",
  "oauth_token",
  "refresh_token",
  "state",
  "token",
  "upload_id",
];

/** A request's address as it may be kept. */
export function withoutSecrets(url: URL): string {
  if (url.search === "") return percentDecoded(url.pathname);
  const shown = new URL(url);
  for (const name of secretParameters) if (shown.searchParams.has(name)) shown.searchParams.set(name, "…");
  return percentDecoded(shown.pathname + shown.search);
}
