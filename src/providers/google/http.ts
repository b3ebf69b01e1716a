import * as v from "valibot";
import type { Cost } from "../../core/allowance.js";
import type { Deadline } from "../../core/deadline.js";
import { integrationError } from "../../core/errors.js";
import { accountGovernor } from "../../core/governor.js";
import { createHttp, type HttpRequest } from "../../core/http.js";
import { createServiceHttp, type ServiceRequest } from "../../core/service-http.js";
import { setupCommand } from "../../credentials/names.js";
import type { ProviderContext } from "../../provider.js";
import { tokenIssuer } from "./auth.js";
import { interpret } from "./errors.js";

/** Parameters of a call's address; a list becomes a repeated parameter, undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One request to a Google API. */
export interface ApiRequest {
  readonly method?: HttpRequest["method"];
  /** Below the API's base path; its variable parts are encoded already. */
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in the place of a body. */
  readonly media?: Media;
  /** In quota units, under each plan. Default: one. */
  readonly cost?: Cost;
  /** One of many: what somebody waits for goes first. */
  readonly bulk?: boolean | undefined;
  /** Writes only if the resource still has this etag. */
  readonly ifMatch?: string;
  /** Whether it may be repeated when its answer is lost. Default: for GET only. */
  readonly repeatable?: boolean;
}

/** A call with what is read of its answer. */
export interface ApiCall<T> extends ApiRequest {
  readonly answer: v.GenericSchema<unknown, T>;
}

/** A body that is made as it is sent. */
export interface Media {
  readonly type: string;
  readonly sizeBytes: number;
  /** Its bytes from the beginning, as often as it is asked. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** How an API is reached, and what its accounts may ask of it. */
export interface ApiFacts {
  /** The API's own; a sandbox's stands in for it when the context names one. */
  readonly origin: string;
  /** Such as `/gmail/v1/users/me`. */
  readonly basePath: string;
  /** Quota units a minute that an account may be allowed, the most careful plan first. */
  readonly plans: readonly number[];
  /** The account that shares them, if it is known; else the profile stands for it. */
  readonly account: string | undefined;
}

/** One Google API, called as one profile. */
export interface GoogleApi {
  /** @throws IntegrationError as `interpret` maps Google's answer; `connection.unavailable` for an answer of another shape */
  call<T>(call: ApiCall<T>, deadline: Deadline): Promise<T>;
  /** The same for an upload, whose address stands beside the API's own. */
  upload<T>(call: ApiCall<T>, deadline: Deadline): Promise<T>;
  /** The answer's bytes as they come. */
  open(request: ApiRequest, deadline: Deadline): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

/** Opens a Google API for a profile. */
export function openGoogleApi(context: ProviderContext, facts: ApiFacts): GoogleApi {
  const { service, userId, config, credentials, clock, dispatcher, logger } = context;
  const { origin, basePath, plans, account } = facts;
  const base = context.endpoints ?? origin;
  const command = setupCommand(service, userId);
  const hints = {
    "auth.scope_missing": `Run ${command} again and leave every permission ticked; for changes add --access write.`,
    "auth.expired": `Run ${command} to sign in again.`,
  };
  const http = createHttp({ dispatcher, proxy: config.proxy });
  const owner = account === undefined ? [config.credentialsDir, userId] : [account];
  const serviceHttp = createServiceHttp({
    http,
    clock,
    origin: base,
    accessToken: (options) =>
      credentials.getAccessToken(service, userId, { ...options, issuedBy: context.endpoints ?? tokenIssuer }),
    governor: accountGovernor(JSON.stringify([base, service, ...owner]), clock, plans),
    logger,
    interpret: (answer) => interpret(answer, clock.now(), hints),
  });
  const call =
    (path: string) =>
    async <T>(asked: ApiCall<T>, deadline: Deadline): Promise<T> =>
      checked(asked.answer, await serviceHttp.send(toRequest(`${base}${path}`, asked), deadline), asked.path);
  return {
    call: call(basePath),
    upload: call(`/upload${basePath}`),
    open: (request, deadline) => serviceHttp.open(toRequest(`${base}${basePath}`, request), deadline),
    close: () => http.close(),
  };
}

function toRequest(base: string, asked: ApiRequest): ServiceRequest {
  const {
    method = "GET",
    path,
    query = {},
    body,
    media,
    ifMatch,
    repeatable = method === "GET",
    cost = [1],
    bulk,
  } = asked;
  return {
    method,
    url: address(`${base}${path}`, query),
    repeatable,
    turn: { cost, bulk },
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(media && { "content-type": media.type, "content-length": String(media.sizeBytes) }),
      ...(ifMatch !== undefined && { "if-match": ifMatch }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(media && { body: media.open }),
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
