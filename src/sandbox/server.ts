import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { systemClock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { answerRequest } from "./answer-request.js";
import type { Delivery, Outgoing } from "./exchange.js";
import type { Faults } from "./faults.js";
import { findTarget } from "./find-target.js";
import { corsHeaders, methodOf, readBody } from "./http-request.js";
import type { Quota } from "./quota.js";
import type { RequestLog } from "./request-log.js";
import type { World } from "./world.js";

/** What the server works with. */
export interface ServerOptions {
  readonly world: World;
  readonly faults: Faults;
  readonly quota: Quota;
  readonly log: RequestLog;
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
  const { world, quota, faults, log, latencyMs, closed } = options;
  const origin = originOf(server);
  const head = {
    httpMethod: methodOf(request),
    url: new URL(request.url ?? "/", origin),
    headers: request.headers,
  };
  const delay = async (): Promise<void> => {
    if (latencyMs > 0) await systemClock.sleep(latencyMs, closed);
  };
  const target = findTarget({ world, quota, faults, log, delay }, head, origin);
  const { outgoing, delivery = "whole" } = await answerRequest(
    { world, faults, log },
    { head, target, readBody: () => readBody(request, head.httpMethod) },
  );
  await deliver(request, response, outgoing, delivery, world.clock.now(), closed);
}

async function deliver(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Outgoing,
  delivery: Delivery,
  nowMs: number,
  closed: AbortSignal,
): Promise<void> {
  if (delivery === "hang") return;
  if (delivery === "reset") {
    request.socket.destroy();
    return;
  }
  const compress = body.length > 1024 && (request.headers["accept-encoding"]?.toString() ?? "").includes("gzip");
  const plain = delivery === "garbled" ? garble(body) : Buffer.from(body);
  const content = compress ? gzipSync(plain) : plain;
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, {
    date: new Date(nowMs).toUTCString(),
    ...headers,
    ...corsHeaders(request),
    ...(compress && { "content-encoding": "gzip" }),
    ...(!bodiless && { "content-length": String(content.length) }),
  });
  if (delivery === "truncated") {
    response.write(content.subarray(0, Math.ceil(content.length / 2)), () => request.socket.destroy());
    return;
  }
  if (delivery === "slow-drip") await drip(response, content, closed);
  response.end(bodiless || delivery === "slow-drip" ? undefined : content);
}

/** The end of the JSON is lost, and what stands in its place is no JSON; the length is right. */
function garble(body: string | Buffer): Buffer {
  const content = Buffer.from(body);
  content.fill("\u0000#", Math.floor(content.length / 2));
  return content;
}

const drips = 20;
const betweenDripsMs = 20;

/** In small pieces with a pause after each: it takes some 400 ms whatever its size. */
async function drip(response: ServerResponse, content: Buffer, closed: AbortSignal): Promise<void> {
  const size = Math.max(1, Math.ceil(content.length / drips));
  for (let start = 0; start < content.length; start += size) {
    response.write(content.subarray(start, start + size));
    await systemClock.sleep(betweenDripsMs, closed);
  }
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
