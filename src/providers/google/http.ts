import * as v from "valibot";
import { accountLimit } from "../../core/concurrency.js";
import type { Deadline } from "../../core/deadline.js";
import { integrationError } from "../../core/errors.js";
import { createHttp, type HttpRequest } from "../../core/http.js";
import { createServiceHttp } from "../../core/service-http.js";
import { setupCommand } from "../../credentials/names.js";
import type { ProviderContext } from "../../provider.js";
import { tokenIssuer } from "./auth.js";
import { interpret } from "./errors.js";

/** Parameters of a call's address; a list becomes a repeated parameter, undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One call of a Google API. */
export interface ApiCall<T> {
  readonly method?: HttpRequest["method"];
  /** Below the API's base path; its variable parts are encoded already. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** Writes only if the resource still has this etag. */
  readonly ifMatch?: string;
  /** Whether it may be repeated when its answer is lost. Default: for GET only. */
  readonly repeatable?: boolean;
  readonly answer: v.GenericSchema<unknown, T>;
}

/** One Google API, called as one profile. */
export interface GoogleApi {
  /** @throws IntegrationError as `interpret` maps Google's answer; `connection.unavailable` for an answer of another shape */
  call<T>(call: ApiCall<T>, deadline: Deadline): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens a Google API for a profile.
 *
 * @param origin - the API's own origin; a sandbox's stands in for it when the context names one
 * @param basePath - such as `/gmail/v1/users/me`
 */
export function openGoogleApi(context: ProviderContext, origin: string, basePath: string): GoogleApi {
  const { service, userId, config, credentials, clock, dispatcher, logger } = context;
  const base = context.endpoints ?? origin;
  const command = setupCommand(service, userId);
  const hints = {
    "auth.scope_missing": `Run ${command} again and leave every permission ticked; for changes add --access write.`,
    "auth.expired": `Run ${command} to sign in again.`,
  };
  const http = createHttp({ dispatcher, proxy: config.proxy });
  const serviceHttp = createServiceHttp({
    http,
    clock,
    origin: base,
    accessToken: (options) =>
      credentials.getAccessToken(service, userId, { ...options, issuedBy: context.endpoints ?? tokenIssuer }),
    limit: accountLimit(JSON.stringify([base, service, config.credentialsDir, userId]), clock),
    logger,
    interpret: (answer) => interpret(answer, clock.now(), hints),
  });
  return {
    async call({ method = "GET", path, query = {}, body, ifMatch, repeatable = method === "GET", answer }, deadline) {
      const value = await serviceHttp.send(
        {
          method,
          url: address(`${base}${basePath}${path}`, query),
          repeatable,
          headers: {
            ...(body !== undefined && { "content-type": "application/json" }),
            ...(ifMatch !== undefined && { "if-match": ifMatch }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        },
        deadline,
      );
      return checked(answer, value, path);
    },
    close: () => http.close(),
  };
}

function address(base: string, query: Query): URL {
  const url = new URL(base);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const each of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) {
      url.searchParams.append(name, each);
    }
  }
  return url;
}

function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, path: string): T {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw integrationError("connection.unavailable", {
    message: `Google's answer does not have the documented shape (${path.split("?")[0] ?? path}).`,
    hint: "Try again; if it stays so, look for a newer version of this package.",
    details: { issues: parsed.issues.slice(0, 5).map((issue) => v.getDotPath(issue) ?? "the top") },
  });
}
