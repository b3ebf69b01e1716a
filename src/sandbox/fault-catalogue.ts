import { errorBody, type Refusal } from "./api-error.js";
import { htmlType, jsonType, type Delivery, type Outgoing } from "./exchange.js";

/** What a fault does to a call. */
export interface FaultEffect {
  /** Whether the call is carried out before anything goes wrong. */
  readonly carriedOut?: boolean;
  /** The connection breaks before the request's body was read. */
  readonly beforeBody?: boolean;
  /** What is answered instead of the call's own answer. */
  readonly answer?: (facts: FaultFacts) => Outgoing;
  /** How the answer gets through. Default: whole. */
  readonly delivery?: Delivery;
  /** Whether the test is given the moment to end its client's process. */
  readonly killsClient?: boolean;
  /** Headers put over those of the answer. */
  readonly headers?: (facts: FaultFacts) => Record<string, string>;
}

/** What the answers of faults depend on. */
export interface FaultFacts {
  /** Google's name of the method. */
  readonly method: string;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly nowMs: number;
  /** For the answers that say when to come back, and the clock that is wrong. */
  readonly seconds: number;
}

/** A refusal of Google's with its body, by its reason. */
function refused(refusal: Refusal, headers?: (facts: FaultFacts) => Record<string, string>): FaultEffect {
  return {
    answer: (facts) => ({
      status: refusal.code,
      headers: { ...jsonType, ...refusal.headers, ...headers?.(facts) },
      body: JSON.stringify(
        errorBody(refusal, facts.method.startsWith("calendar") ? "calendar" : "gmail"),
        undefined,
        2,
      ),
    }),
  };
}

function plain(code: number, reason: string, message: string, rest: Partial<Refusal> = {}): FaultEffect {
  return refused({ code, reason, message, ...rest });
}

const tooMany = "Resource has been exhausted (e.g. check quota).";
const dateAfter = ({ nowMs, seconds }: FaultFacts): Date => new Date(nowMs + seconds * 1000);

const withRetryAfterText: FaultEffect = {
  answer: (facts) => {
    const message = `User-rate limit exceeded.  Retry after ${dateAfter(facts).toISOString()}`;
    const refusal = { code: 429, reason: "rateLimitExceeded", message };
    return { status: 429, headers: jsonType, body: JSON.stringify(errorBody(refusal, "gmail"), undefined, 2) };
  },
};

const captivePortal: FaultEffect = {
  answer: () => ({
    status: 200,
    headers: htmlType,
    body: "<!doctype html><title>Welcome to Hotel Wi-Fi</title><h1>Please accept our terms</h1>",
  }),
};

const unavailable = plain(503, "backendError", "The service is currently unavailable.", { status: "UNAVAILABLE" });

/** The name of a fault. */
export type FaultName =
  | "authError"
  | "insufficientPermissions"
  | "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
  | "rateLimitExceeded"
  | "userRateLimitExceeded"
  | "quotaExceeded"
  | "dailyLimitExceeded"
  | "forbidden"
  | "forbiddenForNonOrganizer"
  | "domainPolicy"
  | "accessNotConfigured"
  | "notFound"
  | "duplicate"
  | "deleted"
  | "fullSyncRequired"
  | "updatedMinTooLongAgo"
  | "conditionNotMet"
  | "failedPrecondition"
  | "expiredPageToken"
  | "expiredHistory"
  | "429-retry-after-seconds"
  | "429-retry-after-date"
  | "429-retry-after-text"
  | "429-concurrent"
  | "500"
  | "502"
  | "503"
  | "504"
  | "truncated"
  | "garbled"
  | "slow-drip"
  | "captive-portal"
  | "reset"
  | "hang"
  | "clock-skew"
  | "before-write"
  | "reset-before-read"
  | "5xx-not-accepted"
  | "accepted-no-answer"
  | "accepted-5xx"
  | "accepted-truncated"
  | "accepted-then-timeout"
  | "accepted-then-client-killed";

/** Every fault that has a name, by it. */
export const faultCatalogue: Readonly<Record<FaultName, FaultEffect>> = {
  // Refusals, by Google's reasons.
  authError: plain(401, "authError", "Invalid Credentials", { location: "Authorization", locationType: "header" }),
  insufficientPermissions: plain(403, "insufficientPermissions", "Insufficient Permission"),
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: plain(
    403,
    "insufficientPermissions",
    "Request had insufficient authentication scopes.",
    {
      details: [
        {
          "@type": "type.googleapis.com/google.rpc.ErrorInfo",
          reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
          domain: "googleapis.com",
        },
      ],
    },
  ),
  rateLimitExceeded: plain(403, "rateLimitExceeded", "Rate Limit Exceeded"),
  userRateLimitExceeded: plain(403, "userRateLimitExceeded", "User Rate Limit Exceeded"),
  quotaExceeded: plain(403, "quotaExceeded", "Calendar usage limits exceeded."),
  dailyLimitExceeded: plain(403, "dailyLimitExceeded", "Daily Limit Exceeded"),
  forbidden: plain(403, "forbidden", "Forbidden"),
  forbiddenForNonOrganizer: plain(
    403,
    "forbiddenForNonOrganizer",
    "Shared properties can only be changed by the organizer of the event.",
  ),
  domainPolicy: plain(403, "domainPolicy", "The domain administrators have disabled Gmail apps."),
  accessNotConfigured: plain(
    403,
    "accessNotConfigured",
    "Gmail API has not been used in project 1234567890 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/gmail.googleapis.com/overview?project=1234567890 then retry.",
  ),
  notFound: plain(404, "notFound", "Not Found"),
  duplicate: plain(409, "duplicate", "The requested identifier already exists."),
  deleted: plain(410, "deleted", "Resource has been deleted"),
  fullSyncRequired: plain(410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required."),
  updatedMinTooLongAgo: plain(
    410,
    "updatedMinTooLongAgo",
    "The requested minimum modification time lies too far in the past.",
  ),
  conditionNotMet: plain(412, "conditionNotMet", "Precondition Failed", {
    location: "If-Match",
    locationType: "header",
  }),
  failedPrecondition: plain(400, "failedPrecondition", "Precondition check failed.", { status: "FAILED_PRECONDITION" }),
  expiredPageToken: plain(400, "invalid", "Invalid pageToken", { location: "pageToken", locationType: "parameter" }),
  expiredHistory: plain(404, "notFound", "Requested entity was not found."),
  // Too fast, in each way that Google says when to come back.
  "429-retry-after-seconds": refused({ code: 429, reason: "rateLimitExceeded", message: tooMany }, ({ seconds }) => ({
    "retry-after": String(seconds),
  })),
  "429-retry-after-date": refused({ code: 429, reason: "rateLimitExceeded", message: tooMany }, (facts) => ({
    "retry-after": dateAfter(facts).toUTCString(),
  })),
  "429-retry-after-text": withRetryAfterText,
  "429-concurrent": plain(429, "rateLimitExceeded", "Too many concurrent requests for user."),
  // The server's own failures.
  "500": plain(500, "backendError", "Internal error encountered."),
  "502": { answer: () => ({ status: 502, headers: htmlType, body: "<title>Error 502 (Server Error)!!1</title>" }) },
  "503": unavailable,
  "504": { answer: () => ({ status: 504, headers: htmlType, body: "<title>Error 504 (Timeout)!!1</title>" }) },
  // The way back. The call is carried out; what comes is not what was sent.
  truncated: { carriedOut: true, delivery: "truncated" },
  garbled: { carriedOut: true, delivery: "garbled" },
  "slow-drip": { carriedOut: true, delivery: "slow-drip" },
  "captive-portal": captivePortal,
  reset: { delivery: "reset" },
  hang: { delivery: "hang" },
  "clock-skew": { carriedOut: true, headers: (facts) => ({ date: dateAfter(facts).toUTCString() }) },
  // The points around a write. The client cannot tell one half from the other.
  "before-write": { delivery: "reset" },
  "reset-before-read": { beforeBody: true, delivery: "reset" },
  "5xx-not-accepted": unavailable,
  "accepted-no-answer": { carriedOut: true, delivery: "reset" },
  "accepted-5xx": { ...unavailable, carriedOut: true },
  "accepted-truncated": { carriedOut: true, delivery: "truncated" },
  "accepted-then-timeout": { carriedOut: true, delivery: "hang" },
  "accepted-then-client-killed": { carriedOut: true, delivery: "reset", killsClient: true },
};

/** All names. */
export const faultNames: readonly FaultName[] = Object.keys(faultCatalogue) as FaultName[];
