import type { IncomingHttpHeaders } from "node:http";
import { calendarRoutes } from "./calendar/routes.js";
import { gmailRoutes } from "./gmail/routes.js";
import { endpointNames } from "./oauth/endpoints.js";
import type { ErrorStyle } from "./api-error.js";
import type { SandboxUser, World } from "./world.js";
import { percentDecoded } from "./percent.js";

/** One call of an API, after its token was checked. */
export interface ApiCall {
  readonly world: World;
  readonly user: SandboxUser;
  /** The scopes of the token that allow this method. */
  readonly scopes: ReadonlySet<string>;
  /** The Cloud project of the client that calls. */
  readonly project: string;
  /** Whether a service account calls for the person. */
  readonly isServiceAccount: boolean;
  /** The variable parts of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The JSON body, or undefined without one. */
  readonly body: unknown;
  /** What was uploaded with it. */
  readonly media?: UploadedMedia;
}

/** What was uploaded with a call. */
export interface UploadedMedia {
  readonly contentType: string;
  readonly content: Buffer;
}

/** What a handler answers: JSON, or nothing with 204. */
export interface ApiReply {
  readonly status?: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One method of Google's APIs. */
export interface Route {
  /** Google's own name, such as `gmail.users.messages.get`. */
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `{name}` for each variable part. */
  readonly path: string;
  /** The query parameters that it has beside those of every method; any other is refused. */
  readonly parameters?: readonly string[];
  /** The largest upload that it takes, under an address that begins with `/upload`; default: none at all. */
  readonly maxUploadBytes?: number;
  /** Any one of these scopes suffices. */
  readonly scopes: readonly string[];
  readonly handle: (call: ApiCall) => ApiReply | Promise<ApiReply>;
}

/** A route that a request fits, with the variable parts of its path. */
export interface Match {
  readonly route: Route;
  readonly path: Record<string, string>;
  readonly style: ErrorStyle;
}

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly style: ErrorStyle;
}

const compiled: readonly Compiled[] = [
  ...gmailRoutes.map((route) => compile(route, "gmail")),
  ...calendarRoutes.map((route) => compile(route, "calendar")),
];

/** What batches are called in the log and in faults: Google has no name for them. */
export const batchName = "batch";

/** Google's names of all that is served. */
export const methodNames: readonly string[] = [
  "oauth.authorize",
  batchName,
  ...endpointNames,
  ...compiled.map(({ route }) => route.name),
];

/** The method that a request calls, or undefined when there is none. */
export function findRoute(method: string, pathname: string): Match | undefined {
  for (const { route, pattern, style } of compiled) {
    const found = route.method === method ? pattern.exec(pathname) : null;
    if (!found) continue;
    const path = Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, value]) => [name, percentDecoded(value)]),
    );
    return { route, path, style };
  }
  return undefined;
}

function compile(route: Route, style: ErrorStyle): Compiled {
  const pattern = route.path.replace(/[.]/g, "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return { route, pattern: new RegExp(`^${pattern}$`), style };
}
