import { createRequire } from "node:module";
import { Readable } from "node:stream";
import type { Agent, Dispatcher } from "undici";
import { integrationError, isIntegrationError } from "./errors.js";
import { redact } from "./redact.js";

/** One request, as it goes on the wire once: no retry, no redirect, no credentials added. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** A large body is made anew for each attempt; its length is told in `content-length`. */
  readonly body?: string | Uint8Array | (() => AsyncIterable<Uint8Array>);
  readonly signal?: AbortSignal;
}

/** Whatever answered: every status is an answer, and a redirect is not followed. */
export interface HttpAnswer {
  readonly status: number;
  /** Header names in lower case; repeated headers are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body as UTF-8 text. @throws ConnectionError `connection.network` when it breaks off; RequestError `request.too_large` */
  text(): Promise<string>;
  /** The body as it comes, instead of `text`. @throws ConnectionError `connection.network`, `connection.timeout` */
  stream(): AsyncIterable<Uint8Array>;
}

/** The network port: the only place from which this package reaches out. */
export interface Http {
  /** @throws ConnectionError `connection.network`, `connection.timeout`; the signal's reason when it aborts */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Breaks off the connections that it opened itself, whatever is under way on them. May be called twice. */
  close(): Promise<void>;
}

/** How the network is reached. */
export interface HttpOptions {
  /** An undici dispatcher to use instead of our own; whoever hands it in closes it. */
  readonly dispatcher?: Dispatcher | undefined;
  readonly proxy?: { readonly httpsProxy?: string; readonly httpProxy?: string; readonly noProxy?: string } | undefined;
  /** How long one answer may keep its first byte, or the next one, back. */
  readonly idleTimeoutMs?: number;
}

/** More than any answer we ask for: Google's largest is an attachment of 25 MB in base64. */
const maxBodyBytes = 96 * 1024 * 1024;

/** Opens the network port. undici is loaded at the first request, and reaches loopback addresses without any proxy. */
export function createHttp(options: HttpOptions = {}): Http {
  let engine: Promise<Engine> | undefined;
  return {
    async send(request) {
      request.signal?.throwIfAborted();
      engine ??= startEngine(options);
      const { send, dispatcherFor } = await engine;
      const { url } = request;
      try {
        const answer = await send(dispatcherFor(url), {
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method,
          ...(request.headers !== undefined && { headers: request.headers }),
          ...(request.body !== undefined && { body: bodyOf(request.body) }),
          ...(request.signal !== undefined && { signal: request.signal }),
        });
        return {
          status: answer.statusCode,
          headers: joinHeaders(answer.headers),
          text: () => readText(answer.body, request),
          stream: () => readStream(answer.body, request),
        };
      } catch (cause) {
        throw networkError(cause, request);
      }
    },
    async close() {
      const started = engine;
      engine = undefined;
      if (started) await (await started).close();
    },
  };
}

/** Whether a URL's host is this machine itself, by address or by the name `localhost`. */
export function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

interface Engine {
  readonly send: (dispatcher: Dispatcher, options: Dispatcher.RequestOptions) => Promise<Dispatcher.ResponseData>;
  readonly dispatcherFor: (url: URL) => Dispatcher;
  readonly close: () => Promise<void>;
}

async function startEngine(options: HttpOptions): Promise<Engine> {
  const { Agent, send } = loadUndici();
  if (options.dispatcher) {
    const given = options.dispatcher;
    return { send, dispatcherFor: () => given, close: () => Promise.resolve() };
  }
  const idleTimeoutMs = options.idleTimeoutMs ?? 30_000;
  const settings = { headersTimeout: idleTimeoutMs, bodyTimeout: idleTimeoutMs, connect: { timeout: 10_000 } };
  const direct = new Agent(settings);
  const { httpsProxy, httpProxy, noProxy } = options.proxy ?? {};
  const proxied =
    httpsProxy === undefined && httpProxy === undefined
      ? direct
      : new (await import("undici")).EnvHttpProxyAgent({
          ...settings,
          httpProxy: httpProxy ?? "",
          httpsProxy: httpsProxy ?? "",
          noProxy: noProxy ?? "",
        });
  return {
    send,
    dispatcherFor: (url) => (isLoopback(url) ? direct : proxied),
    async close() {
      await Promise.all([...new Set<Dispatcher>([direct, proxied])].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

interface UndiciParts {
  readonly Agent: new (options: Agent.Options) => Agent;
  readonly send: Engine["send"];
}

/**
 * The two parts of undici that are used here. Its index also loads fetch, WebSocket, caches and more, which takes three
 * times as long and would be most of the way to the first mail. The version is pinned exactly.
 */
function loadUndici(): UndiciParts {
  const require = createRequire(import.meta.url);
  const Agent = require("undici/lib/dispatcher/agent.js") as UndiciParts["Agent"];
  const { request } = require("undici/lib/api/index.js") as { request: UndiciRequest };
  return { Agent, send: (dispatcher, options) => request.call(dispatcher, options) };
}

type UndiciRequest = (this: Dispatcher, options: Dispatcher.RequestOptions) => Promise<Dispatcher.ResponseData>;

function joinHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

function bodyOf(body: NonNullable<HttpRequest["body"]>): string | Uint8Array | Readable {
  return typeof body === "function" ? Readable.from(body(), { objectMode: false }) : body;
}

async function* readStream(body: AsyncIterable<Uint8Array>, request: HttpRequest): AsyncGenerator<Uint8Array, void> {
  try {
    yield* body;
  } catch (cause) {
    throw networkError(cause, request);
  }
}

async function readText(body: AsyncIterable<Uint8Array>, request: HttpRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of body) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBodyBytes) {
        throw integrationError("request.too_large", {
          message: `The answer from ${request.url.host} is over ${maxBodyBytes / 1024 / 1024} MB.`,
        });
      }
      chunks.push(chunk);
    }
  } catch (cause) {
    throw networkError(cause, request);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const timeoutCodes = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "UND_ERR_CONNECT_TIMEOUT"]);

/** What broke while talking to a host: an abort keeps its own reason, everything else gets a name. */
function networkError(failure: unknown, request: HttpRequest): unknown {
  if (request.signal?.aborted) return request.signal.reason;
  if (isIntegrationError(failure)) return failure; // of the body that was sent, or too large a one that came
  const code = errorCode(failure);
  const { host } = request.url;
  const late = timeoutCodes.has(code);
  return integrationError(late ? "connection.timeout" : "connection.network", {
    message: late ? `${host} did not answer in time.` : `${host} could not be reached${code ? ` (${code})` : ""}.`,
    details: { host, reason: code },
    cause: told(failure, code),
  });
}

/** What a failure says for itself. Some quote the request, and other people's errors are not ours to change. */
function told(failure: unknown, code: string): { name: string; code: string; message: string } {
  const { name, message } = failure instanceof Error ? failure : { name: typeof failure, message: String(failure) };
  return { name, code, message: redact(message) };
}

/** Node's and undici's own code of a failure, looked up through its causes and, for several addresses, its parts. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  return errorCode(error.cause);
}
