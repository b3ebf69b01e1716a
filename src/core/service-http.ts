import type { Clock } from "./clock.js";
import type { ConcurrencyLimit } from "./concurrency.js";
import type { Deadline } from "./deadline.js";
import { integrationError, isIntegrationError, type IntegrationError } from "./errors.js";
import type { Http, HttpRequest } from "./http.js";
import { harmless, type Logger } from "./logger.js";
import { Repeatable, withRetry } from "./retry.js";
import type { Secret } from "./secret.js";

/** A request to a service, before its credentials are added. */
export interface ServiceRequest extends Omit<HttpRequest, "signal"> {
  /** Whether doing it twice is the same as doing it once: then it is repeated after a lost answer too. */
  readonly repeatable: boolean;
}

/** An answer with its whole body. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a vendor's answer means: a value, or an error and what may be done about it. */
export type Verdict =
  | { readonly value: unknown }
  | {
      readonly error: IntegrationError;
      /**
       * `never`; `refused`: nothing was carried out, so anything may be repeated; `unknown`: only what is repeatable may;
       * `token`: the access token was not accepted, a fresh one may be.
       */
      readonly retry: "never" | "refused" | "unknown" | "token";
      /** What the service asked to wait. */
      readonly afterMs?: number | undefined;
      /** Which allowance was overrun: how many at once, or how much in a time. */
      readonly overrun?: "concurrency" | "rate";
    };

/** How one service is talked to. */
export interface ServiceHttpOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** The only origin that gets the credentials. */
  readonly origin: string;
  /** The account's token; after the service refused one, another. */
  readonly accessToken: (options: { forceRefresh: boolean; rejected?: Secret; signal: AbortSignal }) => Promise<Secret>;
  readonly limit: ConcurrencyLimit;
  readonly interpret: (answer: ServiceAnswer) => Verdict;
  readonly random?: () => number;
  /** How long one request may be repeated for. */
  readonly retryBudgetMs?: number;
  readonly logger?: Logger | undefined;
}

/** Sends requests with the account's token, repeats what may be repeated, and keeps within the account's limits. */
export interface ServiceHttp {
  /** The interpreted value. @throws IntegrationError what `interpret` names; `connection.*`; `config.untrusted_endpoint` */
  send(request: ServiceRequest, deadline: Deadline): Promise<unknown>;
}

/** Who has no network wants to know soon. */
const networkAttempts = 3;
/** Longer than a minute's allowance takes to be renewed, with the longest pause after it. */
const defaultBudgetMs = 120_000;

/** Puts retry, pacing and authorization around the network port. */
export function createServiceHttp(given: ServiceHttpOptions): ServiceHttp {
  const logger = harmless(given.logger);
  const random = given.random ?? Math.random;
  const policy = {
    clock: given.clock,
    random,
    budgetMs: given.retryBudgetMs ?? defaultBudgetMs,
    maxAttempts: 6,
    onWait: (error: Error, waitMs: number) =>
      logger.warn(`${error.message} Trying again.`, { ...(isIntegrationError(error) && { code: error.code }), waitMs }),
  };
  const options = { ...given, logger, random };
  return {
    send(request, deadline) {
      requireOrigin(request.url, options.origin);
      return withRetry((endsAt) => attempt(options, request, { ...deadline, endsAt }), policy, deadline);
    },
  };
}

/** Refuses any address but the service's own, before a token is even asked for. */
export function requireOrigin(url: URL, origin: string): void {
  if (url.origin === origin && url.username === "" && url.password === "") return;
  throw integrationError("config.untrusted_endpoint", {
    message: `The request was addressed to ${url.origin}, but these credentials belong to ${origin}.`,
    details: { asked: url.origin, trusted: origin },
  });
}

type Options = ServiceHttpOptions & { readonly logger: Logger; readonly random: () => number };

async function attempt(options: Options, request: ServiceRequest, deadline: Deadline): Promise<unknown> {
  const { signal } = deadline;
  const token = await options.accessToken({ forceRefresh: false, signal });
  const first = await exchange(options, request, deadline, token);
  if ("value" in first) return first.value;
  if (first.retry !== "token") throw outcome(first, request);
  const fresh = await options.accessToken({ forceRefresh: true, rejected: token, signal });
  const second = await exchange(options, request, deadline, fresh);
  if ("value" in second) return second.value;
  throw outcome(second, request);
}

async function exchange(
  options: Options,
  request: ServiceRequest,
  deadline: Deadline,
  token: Secret,
): Promise<Verdict> {
  const { limit, clock, logger } = options;
  return limit.run(
    async (slot) => {
      const sentAt = clock.now();
      const answer = await sendOnce(options.http, request, token, deadline.signal);
      const { method, url } = request;
      const facts = { method, path: url.pathname, status: answer.status, ms: clock.now() - sentAt };
      logger.debug(`${method} ${url.pathname}: ${answer.status}`, facts);
      const verdict = options.interpret(answer);
      if ("value" in verdict) slot.accepted();
      else if (verdict.overrun === "concurrency") slot.tooMany();
      else if (verdict.overrun === "rate") {
        return { ...verdict, afterMs: slot.tooFast(verdict.afterMs ?? 0, options.random()) };
      }
      return verdict;
    },
    deadline.signal,
    deadline.endsAt,
  );
}

async function sendOnce(
  http: Http,
  request: ServiceRequest,
  token: Secret,
  signal: AbortSignal,
): Promise<ServiceAnswer> {
  const { method, url, body } = request;
  try {
    const answer = await http.send({
      method,
      url,
      headers: { accept: "application/json", ...request.headers, authorization: `Bearer ${token.reveal()}` },
      ...(body !== undefined && { body }),
      signal,
    });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  } catch (error) {
    if (request.repeatable && isIntegrationError(error) && error.retryable && !signal.aborted)
      throw new Repeatable(error, { maxAttempts: networkAttempts });
    throw error;
  }
}

function outcome(verdict: Exclude<Verdict, { value: unknown }>, request: ServiceRequest): unknown {
  const { error, afterMs } = verdict;
  // What was refused costs nothing to repeat: how long, the time decides alone.
  if (verdict.retry === "refused") return new Repeatable(error, { afterMs, maxAttempts: Infinity });
  return verdict.retry === "unknown" && request.repeatable ? new Repeatable(error, { afterMs }) : error;
}
