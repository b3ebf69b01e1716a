import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { callbackPage } from "./callback-page.js";

/** A listener on this machine that takes the answer of one consent page. */
export interface Loopback {
  readonly redirectUri: string;
  /** Names the sign-in whose answer is taken; before that, and for any other state, nothing is. */
  expectState(state: string): void;
  /**
   * The full address that the browser came back to.
   *
   * @throws ConnectionError `connection.timeout` when nothing comes; the signal's reason when it aborts
   */
  waitForCallback(options: { timeoutMs: number; signal?: AbortSignal }): Promise<string>;
  close(): Promise<void>;
}

const path = "/callback";
const maxUrlLength = 8192;

/**
 * Listens on a free port of 127.0.0.1 until one answer has come.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export async function openLoopback({ clock }: { clock: Clock }): Promise<Loopback> {
  let received: (callbackUrl: string) => void = () => undefined;
  const callback = new Promise<string>((resolve) => {
    received = resolve;
  });
  let expected: string | undefined;
  const server = createServer((request, response) => {
    const url = answerOf(request, server.address());
    if (!url || expected === undefined || url.searchParams.get("state") !== expected) {
      respond(response, statusFor(request), callbackPage("unknown"));
      return;
    }
    expected = undefined; // one answer only
    response.once("close", () => received(url.href)); // the page has left by then, so that closing does not cut it
    respond(response, 200, callbackPage(url.searchParams.has("error") ? "denied" : "received"));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    redirectUri: originOf(server.address()) + path,
    expectState: (state) => {
      expected = state;
    },
    async waitForCallback({ timeoutMs, signal }) {
      const stop = new AbortController();
      const waiting = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      try {
        return await Promise.race([callback, clock.sleep(timeoutMs, waiting).then(late)]);
      } finally {
        stop.abort();
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Browsers open connections for later, which would keep the server open for a minute.
        server.closeAllConnections();
      }),
  };
}

function late(): never {
  throw integrationError("connection.timeout", {
    message: "No answer came from the consent page.",
    hint: "Run the setup again; on a machine without a browser add --paste.",
  });
}

/** The request's address when it is the answer of a consent page, addressed to this listener. */
function answerOf(
  request: IncomingMessage,
  address: ReturnType<ReturnType<typeof createServer>["address"]>,
): URL | undefined {
  const origin = originOf(address);
  const target = request.url ?? "";
  // A foreign Host header means that some other site's name was pointed at this machine.
  if (request.method !== "GET" || `http://${request.headers.host ?? ""}` !== origin) return undefined;
  if (target.length > maxUrlLength || !target.startsWith("/")) return undefined;
  const url = new URL(target, origin);
  const complete = url.searchParams.has("state") && (url.searchParams.has("code") || url.searchParams.has("error"));
  return url.origin === origin && url.pathname === path && complete ? url : undefined;
}

function statusFor(request: IncomingMessage): number {
  if (request.method !== "GET") return 405;
  return (request.url ?? "").startsWith(path) ? 400 : 404;
}

function originOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): string {
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

function respond(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    connection: "close",
  });
  response.end(page);
}
