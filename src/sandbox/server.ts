import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { systemClock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { ApiError, errorBody, type Refusal } from "./api-error.js";
import type { Faults, FaultResponse } from "./faults.js";
import { answerConsent, showConsent, type PageReply } from "./oauth/authorize.js";
import { bearerOf, findEndpoint } from "./oauth/endpoints.js";
import type { AccessToken } from "./oauth/grants.js";
import { withoutSecrets, type RequestLogEntry } from "./request-log.js";
import { findRoute, type ApiReply, type Match } from "./routes.js";
import type { SandboxUser, World } from "./world.js";

/** What the server works with. */
export interface ServerOptions {
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLogEntry[];
  readonly latencyMs: number;
  readonly port: number;
  /** Aborts when the server is closed: no answer is held back any longer. */
  readonly closed: AbortSignal;
}

/** A server that listens on 127.0.0.1 only. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the log. */
  readonly method: string;
  readonly user?: string | undefined;
  readonly defect?: unknown;
}

const maxBodyBytes = 40 * 1024 * 1024;
const json = { "content-type": "application/json; charset=UTF-8" };
const html = { "content-type": "text/html; charset=UTF-8" };

/** Starts it. @throws ConfigurationError `config.invalid` when the port is taken */
export async function startServer(given: Omit<ServerOptions, "closed">): Promise<RunningServer> {
  const closed = new AbortController();
  setMaxListeners(0, closed.signal);
  const options = { ...given, closed: closed.signal };
  const server = createServer((request, response) => {
    void answer(options, server, request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 30_000;
  await listen(server, options.port);
  return {
    url: originOf(server),
    close: () =>
      new Promise((resolve) => {
        closed.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  options: ServerOptions,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", originOf(server));
  const body = await readBody(request);
  const { log, world, latencyMs } = options;
  const result = await dispatch(options, originOf(server), url, request, body);
  if (result === "reset") {
    request.socket.destroy();
    return;
  }
  if (result === "hang") return;
  if (latencyMs > 0) await systemClock.sleep(latencyMs, options.closed);
  log.push({
    at: world.clock.now(),
    method: result.method,
    httpMethod: request.method ?? "",
    path: withoutSecrets(url),
    user: result.user,
    status: result.status,
    ...(result.defect !== undefined && { defect: result.defect }),
  });
  send(request, response, result);
}

async function dispatch(
  options: ServerOptions,
  origin: string,
  url: URL,
  request: IncomingMessage,
  body: string,
): Promise<Outgoing | "reset" | "hang"> {
  const { world, faults } = options;
  const httpMethod = request.method ?? "GET";
  const page = /^\/o\/oauth2\/(v2\/)?auth$/.test(url.pathname);
  if (page) {
    const reply =
      httpMethod === "POST" ? answerConsent(world, new URLSearchParams(body)) : showConsent(world, url.searchParams);
    return pageOutgoing(reply);
  }
  const endpoint = findEndpoint(httpMethod, url.pathname);
  if (endpoint) {
    const fault = faults.take(endpoint.name, undefined);
    if (fault) return faulty(fault, endpoint.name, undefined);
    const reply = endpoint.answer(world, {
      httpMethod,
      pathname: url.pathname,
      query: url.searchParams,
      form: new URLSearchParams(body),
      authorization: request.headers.authorization,
      issuer: origin,
    });
    return {
      status: reply.status,
      headers: { ...json, "cache-control": "no-store", ...reply.headers },
      body: JSON.stringify(reply.json, undefined, 2),
      method: endpoint.name,
      user: reply.user,
    };
  }
  const match = findRoute(httpMethod, url.pathname);
  if (!match) return notFoundPage(url.pathname);
  return callApi(options, match, url, request, body);
}

async function callApi(
  { world, faults }: ServerOptions,
  match: Match,
  url: URL,
  request: IncomingMessage,
  body: string,
): Promise<Outgoing | "reset" | "hang"> {
  const { route, path, style } = match;
  const token = bearerOf(request.headers.authorization);
  const access = token === undefined ? undefined : world.grants.findAccess(token);
  const named = { method: route.name, user: access?.user };
  const fault = faults.take(route.name, access?.user);
  if (fault) return faulty(fault, route.name, access?.user);
  try {
    const { user, scopes } = authorize(world, access, match);
    const call = {
      world,
      user,
      scopes,
      path,
      query: url.searchParams,
      headers: request.headers,
      body: parseBody(body),
    };
    return { ...named, ...apiOutgoing(await route.handle(call)) };
  } catch (error) {
    const refusal = error instanceof ApiError ? error.refusal : backendError(error);
    const content = JSON.stringify(errorBody(refusal, style), undefined, 2);
    const headers = { ...json, ...refusal.headers };
    const defect = error instanceof ApiError ? undefined : error;
    return { ...named, status: refusal.code, headers, body: content, defect };
  }
}

/** A defect of the sandbox's own, told so that whoever looks at the answer or the log finds it. */
function backendError(error: unknown): Refusal {
  const message = `The sandbox broke: ${error instanceof Error ? error.message : String(error)}`;
  return { code: 500, reason: "backendError", message };
}

function authorize(
  world: World,
  access: AccessToken | undefined,
  { route }: Match,
): { user: SandboxUser; scopes: ReadonlySet<string> } {
  const user = access && world.users.get(access.user);
  if (!access || !user) throw new ApiError(unauthenticated);
  const scopes = new Set(access.scopes);
  if (route.scopes.some((scope) => scopes.has(scope))) return { user, scopes };
  throw new ApiError({
    code: 403,
    reason: "insufficientPermissions",
    message: "Request had insufficient authentication scopes.",
    status: "PERMISSION_DENIED",
    headers: {
      "www-authenticate": `Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="${route.scopes.join(" ")}"`,
    },
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        domain: "googleapis.com",
        metadata: {
          method: route.name,
          service: route.name.startsWith("gmail") ? "gmail.googleapis.com" : "calendar-json.googleapis.com",
        },
      },
    ],
  });
}

const unauthenticated: Refusal = {
  code: 401,
  reason: "authError",
  message:
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
  location: "Authorization",
  locationType: "header",
  headers: { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
};

function apiOutgoing({ status, json: value, headers }: ApiReply): Pick<Outgoing, "status" | "headers" | "body"> {
  if (value === undefined) return { status: status ?? 204, headers: headers ?? {}, body: "" };
  return { status: status ?? 200, headers: { ...json, ...headers }, body: JSON.stringify(value) };
}

function pageOutgoing({ status, html: content = "", location }: PageReply): Outgoing {
  const headers = { ...html, "cache-control": "no-store", ...(location !== undefined && { location }) };
  return { status, headers, body: content, method: "oauth.authorize" };
}

function faulty(fault: FaultResponse, method: string, user: string | undefined): Outgoing | "reset" | "hang" {
  if (typeof fault === "string") return fault;
  const text = typeof fault.body === "string" ? fault.body : JSON.stringify(fault.body ?? {});
  const contentType =
    fault.contentType ?? (typeof fault.body === "string" ? "text/html; charset=UTF-8" : json["content-type"]);
  return { status: fault.status, headers: { "content-type": contentType, ...fault.headers }, body: text, method, user };
}

/** What Google's front end says of a path that no API has. */
function notFoundPage(path: string): Outgoing {
  const body =
    "<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> That’s an error.</html>";
  return { status: 404, headers: html, body, method: path };
}

function parseBody(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new ApiError({ code: 400, reason: "parseError", message: "Parse Error" });
  }
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Outgoing): void {
  const compress = body.length > 1024 && (request.headers["accept-encoding"]?.toString() ?? "").includes("gzip");
  const content = compress ? gzipSync(body) : Buffer.from(body, "utf8");
  response.writeHead(status, {
    ...headers,
    ...(compress && { "content-encoding": "gzip" }),
    ...(status !== 204 && { "content-length": String(content.length) }),
  });
  response.end(status === 204 ? undefined : content);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(
        integrationError("config.invalid", {
          message: `The sandbox cannot listen on port ${port}.`,
          hint: "Choose another port, or leave it out for a free one.",
          cause,
        }),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
}

function originOf(server: Server): string {
  const address = server.address();
  return new URL(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`).origin;
}
