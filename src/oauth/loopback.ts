import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Clock } from "../core/clock.js";
import { unlessAborted } from "../core/deadline.js";
import { integrationError } from "../core/errors.js";
import { isAnswer } from "./answer.js";
import { callbackHtml, unknownAnswer, type CallbackPage } from "./callback-page.js";

/** A listener on this machine that takes the answer of one consent page. */
export interface Loopback {
  readonly redirectUri: string;
  readonly port: number;
  /**
   * Waits for the answer of one sign-in, completes it, and shows the person in the browser how that ended. Every other
   * request is refused, and so is whatever comes after the answer.
   *
   * @param state - names the sign-in
   * @param complete - gets the full address that the browser came back to
   * @throws ConnectionError `connection.timeout` when nothing comes; the signal's reason when it aborts; and what
   * `complete` throws
   */
  takeAnswer<T>(state: string, complete: (callbackUrl: string) => Promise<T>, options: AnswerOptions<T>): Promise<T>;
  close(): Promise<void>;
}

/** How long an answer is waited for, and what the person sees afterwards. */
export interface AnswerOptions<T> {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly page: (ending: { readonly value: T } | { readonly error: unknown }) => CallbackPage;
}

/** The sign-in that is waited for. */
interface AwaitedAnswer {
  readonly state: string;
  readonly take: (callbackUrl: string) => Promise<Taken>;
}

/** What became of an answer: the page to show, and what to do once it was sent. */
interface Taken {
  readonly page: CallbackPage;
  readonly settle: () => void;
}

const path = "/callback";
const maxUrlLength = 8192;
/** A browser on this machine needs no longer to send a request. */
const requestTimeoutMs = 10_000;

/**
 * Listens on a port of 127.0.0.1 until one answer has come.
 *
 * @param options.port - which one; default: any free one
 * @throws ConfigurationError `config.invalid` when the port is taken or may not be used
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export async function openLoopback({ clock, port = 0 }: { clock: Clock; port?: number }): Promise<Loopback> {
  let awaited: AwaitedAnswer | undefined;
  const server = createServer((request, response) => {
    const url = answerOf(request, server);
    if (!url || awaited === undefined || url.searchParams.get("state") !== awaited.state) {
      respond(response, statusFor(request), unknownAnswer);
      return;
    }
    const { take } = awaited;
    awaited = undefined; // one answer only
    void take(url.href).then(({ page, settle }) => {
      if (response.destroyed) settle();
      response.once("close", settle); // the page has left by then, so that closing does not cut it
      respond(response, page.ok ? 200 : 400, page);
    });
  });
  await listen(server, port);
  return {
    redirectUri: originOf(server) + path,
    port: portOf(server),
    async takeAnswer<T>(
      state: string,
      complete: (callbackUrl: string) => Promise<T>,
      { timeoutMs, signal, page }: AnswerOptions<T>,
    ): Promise<T> {
      const patience = new AbortController();
      const answer = new Promise<T>((resolve) => {
        const take = async (callbackUrl: string): Promise<Taken> => {
          patience.abort(); // what takes long from here on is not the person
          const completing = complete(callbackUrl);
          const ending = await completing.then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          );
          return { page: page(ending), settle: () => resolve(completing) };
        };
        awaited = { state, take };
      });
      try {
        return await unlessAborted(Promise.race([answer, late(clock, timeoutMs, patience.signal)]), signal);
      } finally {
        awaited = undefined;
        patience.abort();
      }
    },
    close: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Browsers open connections for later, which would keep the server open for a minute.
    server.closeAllConnections();
  });
}

async function listen(server: Server, port: number): Promise<void> {
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = requestTimeoutMs;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => reject(cannotListen(port, cause)));
    server.listen(port, "127.0.0.1", resolve);
  });
}

function cannotListen(port: number, cause: Error & { readonly code?: string }): Error {
  return integrationError("config.invalid", {
    message:
      cause.code === "EADDRINUSE"
        ? `Port ${port} of this machine is taken by another program.`
        : `Port ${port} of this machine cannot be listened on (${cause.code ?? cause.message}).`,
    hint: "Give another number with --port, or leave it out for a free one.",
    details: { flag: "--port", port },
    cause,
  });
}

async function late(clock: Clock, timeoutMs: number, taken: AbortSignal): Promise<never> {
  await clock.sleep(timeoutMs, taken).catch(() => new Promise(() => undefined)); // it came: nobody is late
  throw integrationError("connection.timeout", {
    message: "No answer came from the consent page.",
    hint: "Run the setup again; on a machine without a browser add --paste.",
  });
}

/** The request's address when it is the answer of a consent page, addressed to this listener. */
function answerOf(request: IncomingMessage, server: Server): URL | undefined {
  const origin = originOf(server);
  const target = request.url ?? "";
  // A foreign Host header means that some other site's name was pointed at this machine.
  const hosts = request.headersDistinct["host"] ?? [];
  if (request.method !== "GET" || hosts.length !== 1 || `http://${hosts[0] ?? ""}` !== origin) return undefined;
  if (target.length > maxUrlLength || !target.startsWith(`${path}?`)) return undefined;
  const url = new URL(target, origin);
  return isAnswer(url) ? url : undefined;
}

function statusFor(request: IncomingMessage): number {
  if (request.method !== "GET") return 405;
  return /^\/callback(\?|$)/.test(request.url ?? "") ? 400 : 404;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${portOf(server)}`;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

function respond(response: ServerResponse, status: number, page: CallbackPage): void {
  const { html, headers } = callbackHtml(page);
  response.writeHead(status, { ...headers, connection: "close" });
  response.end(html);
}
