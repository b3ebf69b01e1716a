import { jsonAnswer, type Outgoing } from "./exchange.js";

/** Which manner of error an API has: Gmail's carries a `status`, Calendar's does not. */
export type ErrorStyle = "gmail" | "calendar";

/** A refusal in Google's words. */
export interface Refusal {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  /** Default `global`, or `usageLimits` for limits on speed. */
  readonly domain?: string;
  /** Google's canonical status, for the Gmail style. */
  readonly status?: string;
  readonly location?: string;
  readonly locationType?: string;
  readonly details?: readonly unknown[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by handlers; the server turns it into the API's error body. */
export class ApiError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

const statuses: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ALREADY_EXISTS",
  412: "FAILED_PRECONDITION",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
};

/** The body of an error. @see https://cloud.google.com/apis/design/errors#http_mapping */
export function errorBody(refusal: Refusal, style: ErrorStyle, newFormat: boolean = false): unknown {
  const { code, reason, message, location, locationType, details } = refusal;
  const entry = {
    message,
    domain:
      refusal.domain ??
      (reason.startsWith("rateLimit") || reason.startsWith("userRateLimit") ? "usageLimits" : "global"),
    reason,
    ...(location !== undefined && { location }),
    ...(locationType !== undefined && { locationType }),
  };
  const named = newFormat || style === "gmail" || code === 401 || details !== undefined;
  const status = refusal.status ?? statuses[code];
  return {
    error: {
      code,
      message,
      ...(!newFormat && { errors: [entry] }),
      ...(named && status !== undefined && { status }),
      ...(details !== undefined && { details }),
    },
  };
}

/** A refusal as it goes out. @param newFormat - as `$.xgafv=2` asks for: without the list of errors, with a status */
export function errorAnswer(refusal: Refusal, style: ErrorStyle, newFormat: boolean = false): Outgoing {
  const answer = jsonAnswer(refusal.code, errorBody(refusal, style, newFormat));
  return { ...answer, headers: { ...answer.headers, ...refusal.headers } };
}

/** 400 for a parameter that cannot be used. */
export function invalidParameter(message: string, location?: string): ApiError {
  return new ApiError({
    code: 400,
    reason: "invalid",
    message,
    ...(location !== undefined && { location, locationType: "parameter" }),
  });
}

/** 403 for a token that may not do this. */
export function insufficientScopes(more: Pick<Refusal, "headers" | "details"> = {}): ApiError {
  return new ApiError({
    code: 403,
    reason: "insufficientPermissions",
    message: "Request had insufficient authentication scopes.",
    status: "PERMISSION_DENIED",
    ...more,
  });
}

/** 400 as Gmail says it. */
export function gmailInvalid(message: string): ApiError {
  return new ApiError({ code: 400, reason: "invalidArgument", message });
}

/** 404 as Gmail says it. */
export function gmailNotFound(): ApiError {
  return new ApiError({ code: 404, reason: "notFound", message: "Requested entity was not found." });
}

/** 404 as Calendar says it. */
export function calendarNotFound(): ApiError {
  return new ApiError({ code: 404, reason: "notFound", message: "Not Found" });
}
