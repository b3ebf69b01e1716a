import * as v from "valibot";
import type { ErrorCode } from "../../core/error-table.js";
import { integrationError, type IntegrationError } from "../../core/errors.js";
import { printableLine } from "../../core/printable.js";
import { retryAfterMs } from "../../core/retry-after.js";
import type { ServiceAnswer, Verdict } from "../../core/service-http.js";

type Failure = Exclude<Verdict, { value: unknown }>;
type Hints = Readonly<Partial<Record<ErrorCode, string>>>;
type Retry = Failure["retry"];

const errorBody = v.object({
  error: v.object({
    message: v.optional(v.string()),
    status: v.optional(v.string()),
    errors: v.optional(v.array(v.object({ reason: v.optional(v.string()) }))),
    details: v.optional(
      v.array(v.object({ reason: v.optional(v.string()), metadata: v.optional(v.record(v.string(), v.unknown())) })),
    ),
  }),
});
type GoogleError = v.InferOutput<typeof errorBody>["error"];

/**
 * What an answer of a Google API means and what may be done about it.
 *
 * @param now - milliseconds since the epoch, to turn "retry after" times into waits
 * @param hints - what to do about some codes, where the caller knows better than the error table
 * @see https://developers.google.com/workspace/gmail/api/guides/handle-errors
 * @see https://developers.google.com/workspace/calendar/api/guides/errors
 */
export function interpret(answer: ServiceAnswer, now: number, hints: Hints = {}): Verdict {
  const json = parseJson(answer.body);
  if (answer.status >= 200 && answer.status < 300) {
    if (answer.status === 204 || answer.body === "") return { value: undefined };
    return json === undefined ? notJson(answer) : { value: json };
  }
  const parsed = v.safeParse(errorBody, json);
  return parsed.success ? refusal(answer, parsed.output.error, now, hints) : foreign(answer, now);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: what that means depends on the status, and the caller decides
  }
}

/** A 2xx without JSON: a page of somebody between us and Google, or an answer that broke off. */
function notJson(answer: ServiceAnswer): Failure {
  const html = /^\s*</.test(answer.body) || (answer.headers["content-type"] ?? "").includes("html");
  const message = html
    ? "A web page answered instead of Google: this network seems to ask for a sign-in of its own."
    : "Google's answer broke off or was garbled.";
  return failure("connection.unavailable", html ? "never" : "unknown", { message, details: { status: answer.status } });
}

/** A failure without Google's error object: not Google's word on the matter. */
function foreign(answer: ServiceAnswer, now: number): Failure {
  const { status } = answer;
  const details = { status };
  if (status === 429) return throttled(answer, undefined, now);
  if (status === 401) return failure("auth.expired", "token", { details });
  if (status >= 500 || status === 408) return failure("connection.unavailable", "unknown", { details });
  const redirected = status >= 300 && status < 400;
  return failure("connection.unavailable", "never", {
    message: redirected
      ? "The answer was a redirect, which was not followed: Google's API does not send any."
      : `The answer was ${status} without Google's error object: a wrong endpoint or a proxy, not Google.`,
    details,
  });
}

interface Rule {
  readonly code: ErrorCode;
  readonly retry: Retry;
}

const byReason: Readonly<Record<string, Rule>> = {
  quotaExceeded: { code: "connection.quota_exceeded", retry: "never" },
  dailyLimitExceeded: { code: "connection.quota_exceeded", retry: "never" },
  insufficientPermissions: { code: "auth.scope_missing", retry: "never" },
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: { code: "auth.scope_missing", retry: "never" },
};

const byStatus: Readonly<Record<number, Rule>> = {
  400: { code: "request.invalid", retry: "never" },
  401: { code: "auth.expired", retry: "token" },
  403: { code: "request.forbidden", retry: "never" },
  404: { code: "request.not_found", retry: "never" },
  408: { code: "connection.timeout", retry: "unknown" },
  409: { code: "request.conflict", retry: "never" },
  410: { code: "request.not_found", retry: "never" },
  412: { code: "request.conflict", retry: "never" },
  413: { code: "request.too_large", retry: "never" },
};

const throttleReasons = new Set(["rateLimitExceeded", "userRateLimitExceeded"]);

function refusal(answer: ServiceAnswer, error: GoogleError, now: number, hints: Hints): Failure {
  const { status } = answer;
  const named = [...(error.details ?? []), ...(error.errors ?? [])].flatMap(({ reason }) => reason ?? []);
  const reasons = named.filter((reason) => /^[A-Za-z_]{1,64}$/.test(reason)); // what is no name is not repeated
  if (status === 429 || (status === 403 && reasons.some((reason) => throttleReasons.has(reason)))) {
    return throttled(answer, error, now);
  }
  const known = status === 403 ? reasons.map((reason) => byReason[reason]).find((rule) => rule) : undefined;
  const rule =
    known ??
    byStatus[status] ??
    (status >= 500
      ? { code: "connection.unavailable" as const, retry: "unknown" as const }
      : { code: "request.invalid" as const, retry: "never" as const });
  const enable = activationUrl(error);
  const scopes = rule.code === "auth.scope_missing" ? acceptedScopes(answer) : [];
  return failure(rule.code, rule.retry, {
    message: `Google answered ${status}: ${printableLine(error.message ?? error.status ?? "no reason given")}`,
    hint: enable === undefined ? hints[rule.code] : `Enable the API for your project, then wait a minute: ${enable}`,
    retryAfterMs: rule.code === "connection.quota_exceeded" ? waitOf(answer, error, now) : undefined,
    details: {
      status,
      reasons: [...new Set(reasons)],
      ...(enable !== undefined && { enableUrl: enable }),
      ...(scopes.length > 0 && { anyOf: scopes }),
    },
  });
}

/** The scopes of which any one would do, as Google names them beside its refusal. @see https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function acceptedScopes({ headers }: ServiceAnswer): string[] {
  const named = /\bscope="([^"]*)"/.exec(headers["www-authenticate"] ?? "")?.[1] ?? "";
  return printableLine(named).split(" ").filter(Boolean);
}

/** Google's link for switching an API on, when that is what is missing; only to Google's own console. It may stand in the text only. */
function activationUrl(error: GoogleError): string | undefined {
  const named = (error.details ?? []).map(({ metadata }) => metadata?.["activationUrl"]);
  const told = /\bEnable it by visiting (\S+)/.exec(error.message ?? "")?.[1];
  return [...named, told].find(
    (url): url is string =>
      typeof url === "string" && /^https:\/\/console\.(cloud|developers)\.google\.com\//.test(url),
  );
}

function throttled(answer: ServiceAnswer, error: GoogleError | undefined, now: number): Failure {
  const afterMs = waitOf(answer, error, now);
  // Quirk(google): the cap on requests at once has no reason of its own; only the text tells it from the rate.
  const concurrency = /concurrent requests/i.test(error?.message ?? "");
  return {
    ...failure("connection.rate_limited", "refused", {
      message: "Google asks this account to slow down.",
      ...(afterMs !== undefined && { retryAfterMs: afterMs }),
      details: { status: answer.status },
    }),
    afterMs,
    overrun: concurrency ? "concurrency" : "rate",
  };
}

/** The wait that Google asks for, by header or, as Gmail does, inside its message. */
function waitOf(answer: ServiceAnswer, error: GoogleError | undefined, now: number): number | undefined {
  // Quirk(google): Gmail writes "User-rate limit exceeded.  Retry after 2026-11-23T10:00:00.000Z".
  const inText = /retry after (\S+)/i.exec(error?.message ?? "")?.[1];
  return retryAfterMs(answer.headers["retry-after"] ?? inText, now);
}

function failure(
  code: ErrorCode,
  retry: Retry,
  facts: Parameters<typeof integrationError>[1],
): Failure & { error: IntegrationError } {
  return { error: integrationError(code, facts), retry };
}
