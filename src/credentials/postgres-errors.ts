import type { ErrorCode } from "../core/error-table.js";
import { integrationError, isIntegrationError } from "../core/errors.js";

interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

const url = "MAIGIC_DATABASE_URL";

/** What PostgreSQL's and Node's codes mean. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const byCode: readonly [RegExp, Explanation][] = [
  [
    /^28/,
    { code: "config.invalid", message: "The database refuses the user or password.", hint: `Correct them in ${url}.` },
  ],
  [/^3D000$/, { code: "config.invalid", message: "There is no such database.", hint: `Create it, or correct ${url}.` }],
  [
    /^42501$/,
    {
      code: "config.invalid",
      message: "The database's user may not do this.",
      hint: "Let it create the schema maigic_integrations once, or make that schema and give it to the user.",
    },
  ],
  [
    /^25006$/,
    { code: "config.invalid", message: "The database is a read-only copy.", hint: `Name the primary in ${url}.` },
  ],
  [/^53300$/, { code: "connection.unavailable", message: "The database has no connection left." }],
  [/^(57P0|53|40)/, { code: "connection.unavailable", message: "The database cannot do this now." }],
  [
    /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|ENOENT|EACCES)/,
    {
      code: "connection.network",
      message: "The database cannot be reached.",
      hint: `Check that it runs and that ${url} names it.`,
    },
  ],
  [/^ETIMEDOUT$/, { code: "connection.timeout", message: "The database did not answer in time." }],
  [
    /^(ERR_TLS|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO)/,
    {
      code: "connection.network",
      message: "The database's certificate could not be verified.",
      hint: `Name the authority's certificate in ${url}, as sslrootcert=FILE, if it is a private one.`,
    },
  ],
];

const otherwise: Explanation = {
  code: "connection.unavailable",
  message: "The database did not do what it was asked.",
};
/** Quirk(pg): these have no code. */
const byMessage: readonly [RegExp, Explanation][] = [
  [/timeout/i, { code: "connection.timeout", message: "The database did not answer in time." }],
  [
    /Connection terminated|connection error/i,
    { code: "connection.network", message: "The connection to the database broke." },
  ],
  [
    /does not support SSL/i,
    {
      code: "connection.network",
      message: "The database does not speak TLS.",
      hint: "Switch TLS on in the server: the way to it is not this machine's own.",
    },
  ],
  [
    /password must be a string|No PostgreSQL user/i,
    { code: "config.invalid", message: "The database wants a user and a password.", hint: `Add them to ${url}.` },
  ],
];

/** What a failure of the database is for callers. The address stays out of it. */
export function databaseError(cause: unknown): Error {
  if (isIntegrationError(cause)) return cause;
  const { code = "", message = "" } = cause instanceof Error ? (cause as Error & { code?: string }) : {};
  const found =
    byCode.find(([pattern]) => pattern.test(code))?.[1] ??
    byMessage.find(([pattern]) => pattern.test(message))?.[1] ??
    otherwise;
  return integrationError(found.code, { ...found, details: { database: code === "" ? "unknown" : code }, cause });
}
