import type { Clock } from "./clock.js";
import type { Deadline } from "./deadline.js";
import { integrationError, isIntegrationError, type IntegrationError } from "./errors.js";
import type { Governor, Turn } from "./governor.js";
import type { Http, HttpAnswer, HttpRequest } from "./http.js";
import { harmless, type Logger } from "./logger.js";
import { Repeatable, withRetry, type Attempt } from "./retry.js";
import type { Secret } from "./secret.js";

/** A request to a service, before its credentials are added. */
export interface ServiceRequest extends Omit<HttpRequest, "signal"> {
  /** Whether doing it twice is the same as doing it once: then it is repeated after a lost answer too. */
  readonly repeatable: boolean;
  /** What it takes of the account's allowance, and whether anybody waits for it. */
  readonly turn?: Omit<Turn, "again">;
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
  readonly governor: Governor;
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
  /**
   * The body of an answer of 2xx as it comes, for what is too large to hold; anything else is treated as by `send`.
   * The deadline's signal ends it.
   */
  open(request: ServiceRequest, deadline: Deadline): Promise<AsyncIterable<Uint8Array>>;
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
  const repeat = <T>(request: ServiceRequest, deadline: Deadline, take: Take<T>): Promise<T> => {
    requireOrigin(request.url, options.origin);
    return withRetry((each) => attempt(options, request, { ...deadline, ...each }, take), policy, deadline);
  };
  return {
    send: (request, deadline) =>
      repeat(request, deadline, async (answer) => {
        const verdict = options.interpret(await wholeAnswer(answer));
        return "value" in verdict ? { taken: verdict.value } : verdict;
      }),
    open: (request, deadline) =>
      repeat(request, deadline, async (answer) => {
        if (answer.status >= 200 && answer.status < 300) return { taken: answer.stream() };
        const verdict = options.interpret(await wholeAnswer(answer));
        return "value" in verdict ? { error: integrationError("connection.unavailable"), retry: "never" } : verdict;
      }),
  };
}

type Failed = Exclude<Verdict, { value: unknown }>;

/** What is made of an answer, while its slot is held. */
type Take<T> = (answer: HttpAnswer) => Promise<{ readonly taken: T } | Failed>;

async function wholeAnswer(answer: HttpAnswer): Promise<ServiceAnswer> {
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
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

async function attempt<T>(
  options: Options,
  request: ServiceRequest,
  deadline: Deadline & Attempt,
  take: Take<T>,
): Promise<T> {
  const { signal } = deadline;
  const token = await options.accessToken({ forceRefresh: false, signal });
  const first = await exchange(options, request, deadline, { token, take });
  if ("taken" in first) return first.taken;
  if (first.retry !== "token") throw outcome(first, request);
  const fresh = await options.accessToken({ forceRefresh: true, rejected: token, signal });
  const second = await exchange(options, request, deadline, { token: fresh, take });
  if ("taken" in second) return second.taken;
  throw outcome(second, request);
}

async function exchange<T>(
  options: Options,
  request: ServiceRequest,
  deadline: Deadline & Attempt,
  { token, take }: { token: Secret; take: Take<T> },
): Promise<{ readonly taken: T } | Failed> {
  const { governor, clock, logger } = options;
  return governor.run(
    async (slot) => {
      const sentAt = clock.now();
      const { status, result } = await sendOnce(options.http, request, { token, take }, deadline.signal);
      const { method, url } = request;
      logger.debug(`${method} ${url.pathname}: ${status}`, {
        method,
        path: url.pathname,
        status,
        ms: clock.now() - sentAt,
      });
      if ("taken" in result) slot.accepted();
      else if (result.overrun === "concurrency") {
        return { ...result, afterMs: Math.max(result.afterMs ?? 0, slot.tooMany(options.random())) };
      } else if (result.overrun === "rate") {
        return { ...result, afterMs: slot.tooFast(result.afterMs ?? 0, options.random()) };
      } else if (status < 500) slot.answered();
      return result;
    },
    deadline,
    { ...request.turn, again: deadline.count > 1 },
  );
}

async function sendOnce<T>(
  http: Http,
  request: ServiceRequest,
  { token, take }: { token: Secret; take: Take<T> },
  signal: AbortSignal,
): Promise<{ status: number; result: { readonly taken: T } | Failed }> {
  const { method, url, body } = request;
  try {
    const answer = await http.send({
      method,
      url,
      headers: { accept: "application/json", ...request.headers, authorization: `Bearer ${token.reveal()}` },
      ...(body !== undefined && { body }),
      signal,
    });
    return { status: answer.status, result: await take(answer) };
  } catch (error) {
    if (request.repeatable && isIntegrationError(error) && error.retryable && !signal.aborted)
      throw new Repeatable(error, { maxAttempts: networkAttempts });
    throw error;
  }
}

function outcome(verdict: Failed, request: ServiceRequest): unknown {
  const { error, afterMs } = verdict;
  // What was refused costs nothing to repeat: how long, the time decides alone, and when, the account's governor.
  if (verdict.retry === "refused") {
    const paced = verdict.overrun === "rate" || (verdict.overrun === "concurrency" && afterMs === 0);
    return new Repeatable(error, { afterMs, maxAttempts: Infinity, paced });
  }
  return verdict.retry === "unknown" && request.repeatable ? new Repeatable(error, { afterMs }) : error;
}
