import { errorTable, type ErrorCode, type ErrorRow } from "./error-table.js";
import { redact } from "./redact.js";

/** What the place that throws knows about a failure. No secret belongs in it. */
export interface ErrorFacts {
  /** One sentence: what happened here. Default: the table's meaning. */
  message?: string | undefined;
  /** One sentence: what to do. Default: the table's hint. */
  hint?: string | undefined;
  service?: string | undefined;
  profile?: string | undefined;
  /** The method that failed, such as `getRecentEmails`. */
  operation?: string | undefined;
  /** How long to wait before the same call may succeed. */
  retryAfterMs?: number | undefined;
  /** Plain data for programs: the missing scopes, the failures of a part, the file's name. */
  details?: Readonly<Record<string, unknown>> | undefined;
  cause?: unknown;
}

/** An `IntegrationError` as plain data, for logs and `--json`; the cause is left out. */
export interface ErrorReport {
  name: string;
  code: ErrorCode;
  message: string;
  hint: string;
  retryable: boolean;
  retryAfterMs?: number;
  service?: string;
  profile?: string;
  operation?: string;
  details?: Readonly<Record<string, unknown>>;
}

/** The base of all that this package throws. Programs decide by `code`, people read `message` and `hint`. */
export class IntegrationError extends Error {
  override readonly name: string = "IntegrationError";
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly hint: string;
  readonly retryAfterMs: number | undefined;
  readonly service: string | undefined;
  readonly profile: string | undefined;
  readonly operation: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, facts: ErrorFacts = {}) {
    const row: ErrorRow = errorTable[code];
    super(redact(facts.message ?? row.meaning), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.retryable = row.retryable;
    this.hint = redact(facts.hint ?? row.hint);
    this.retryAfterMs = facts.retryAfterMs;
    this.service = facts.service;
    this.profile = facts.profile;
    this.operation = facts.operation;
    this.details = facts.details;
  }

  /** What a shell sees when a command fails with this error. */
  get exitCode(): number {
    return errorTable[this.code].exitCode;
  }

  toJSON(): ErrorReport {
    const { name, code, message, hint, retryable, retryAfterMs, service, profile, operation, details } = this;
    return {
      name,
      code,
      message,
      hint,
      retryable,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(service !== undefined && { service }),
      ...(profile !== undefined && { profile }),
      ...(operation !== undefined && { operation }),
      ...(details !== undefined && { details }),
    };
  }
}

/** The network, the service's availability, its rate limits and quotas: codes `connection.*`. */
export class ConnectionError extends IntegrationError {
  override readonly name: string = "ConnectionError";
}

/** Tokens, consent, scopes and the vault's keys: codes `auth.*`. */
export class AuthenticationError extends IntegrationError {
  override readonly name: string = "AuthenticationError";
}

/** Variables, files, profiles and packages: codes `config.*`. */
export class ConfigurationError extends IntegrationError {
  override readonly name: string = "ConfigurationError";
}

/** What the service refused, or what was asked of it wrongly: codes `request.*`. */
export class RequestError extends IntegrationError {
  override readonly name: string = "RequestError";
}

const classes = {
  connection: ConnectionError,
  auth: AuthenticationError,
  config: ConfigurationError,
  request: RequestError,
} as const;

/** The class that a code's family is thrown as. */
export function errorClass(code: ErrorCode): typeof IntegrationError {
  const family = code.slice(0, code.indexOf(".")) as keyof typeof classes;
  return classes[family];
}

/** Makes the error of a code, as the subclass of its family. The only place where errors are made. */
export function integrationError(code: ErrorCode, facts?: ErrorFacts): IntegrationError {
  return new (errorClass(code))(code, facts);
}

/** What every call of a closed client is told. */
export function clientClosed(): IntegrationError {
  return integrationError("request.invalid", {
    message: "The client was closed.",
    hint: "Make a new client, or close this one when all its calls are done.",
  });
}

/** The same error with facts that only a caller further up knows; what the error already says stays. */
export function withFacts(
  error: IntegrationError,
  facts: Pick<ErrorFacts, "service" | "profile" | "operation">,
): IntegrationError {
  return integrationError(error.code, {
    message: error.message,
    hint: error.hint,
    retryAfterMs: error.retryAfterMs,
    service: error.service ?? facts.service,
    profile: error.profile ?? facts.profile,
    operation: error.operation ?? facts.operation,
    details: error.details,
    cause: error.cause,
  });
}

/** Whether a value is one of ours with that code; true across copies of this package too. */
export function isIntegrationError(error: unknown, code?: ErrorCode): error is IntegrationError {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
  return code === undefined ? Object.hasOwn(errorTable, error.code) : error.code === code;
}
