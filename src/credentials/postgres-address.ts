import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { ConnectionOptions } from "node:tls";
import { integrationError } from "../core/errors.js";
import { isLoopback } from "../core/http.js";
import type { Secret } from "../core/secret.js";

/** Where a database is and how it is reached, as `pg` takes it. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  /** False on this machine, unless the address asks for TLS; else TLS whose certificate is verified. */
  readonly ssl: false | ConnectionOptions;
}

const defaultPort = 5432;
/** Of the ways that Postgres knows, those that verify the server or, on this machine, need not. */
const verifying: readonly string[] = ["require", "verify-ca", "verify-full"];
const careless: readonly string[] = ["disable", "allow", "prefer", "no-verify"];

/**
 * Reads the address of a database. No part of it is ever shown: it holds a password.
 *
 * @throws ConfigurationError `config.invalid`; `config.unsafe` for another machine without verified TLS
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 */
export function parsePostgresUrl(secret: Secret): PostgresAddress {
  const url = urlOf(secret.reveal());
  if (!url) throw invalid("is no address of a Postgres database");
  const query = new Map(url.searchParams);
  const socket = query.get("host");
  if (socket !== undefined && !isAbsolute(socket)) throw invalid('has a "host" that is no folder of a Unix socket');
  const host = socket ?? decodeURIComponent(url.hostname).replace(/^\[|\]$/g, "");
  const ssl = sslOf(query, { host, isNear: socket !== undefined || isLoopback(url) });
  const unknown = [...query.keys()].find((name) => !["host", "sslmode", "sslrootcert"].includes(name));
  if (unknown !== undefined) throw invalid(`has a setting that is not understood, "${unknown.slice(0, 40)}"`);
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === "") throw invalid("names no database");
  return {
    host: host === "" ? "localhost" : host,
    port: url.port === "" ? defaultPort : Number(url.port),
    database,
    ssl,
    ...(url.username !== "" && { user: decodeURIComponent(url.username) }),
    ...(url.password !== "" && { password: decodeURIComponent(url.password) }),
  };
}

function urlOf(text: string): URL | undefined {
  const match = /^postgres(?:ql)?:\/\/(.*)$/s.exec(text.trim());
  // Read as http, whose rules for user, host and port are the same, and whose host may be empty for a socket.
  const address = `http://${match?.[1]?.replace(/^([^/]*@)?(?=\/)/, "$1localhost") ?? ""}`;
  if (!match || !URL.canParse(address)) return undefined;
  try {
    const url = new URL(address);
    for (const part of [url.username, url.password, url.hostname, url.pathname]) decodeURIComponent(part);
    if (/^postgres(?:ql)?:\/\/[^/]*:80(\/|$)/.test(text)) return undefined; // http's own port, which URL leaves out
    return url;
  } catch {
    return undefined; // a percent sign that encodes nothing
  }
}

function sslOf(
  query: ReadonlyMap<string, string>,
  { host, isNear }: { host: string; isNear: boolean },
): PostgresAddress["ssl"] {
  const mode = query.get("sslmode");
  if (mode !== undefined && ![...verifying, ...careless].includes(mode)) throw invalid('has an unknown "sslmode"');
  if (isNear && (mode === undefined || careless.includes(mode))) return false;
  if (mode !== undefined && careless.includes(mode)) {
    throw integrationError("config.unsafe", {
      message: `MAIGIC_DATABASE_URL asks for sslmode=${mode} with another machine, where anybody in between could read along.`,
      hint: "Leave sslmode out, or set it to verify-full; sslrootcert=FILE names the authority of a private certificate.",
      details: { variable: "MAIGIC_DATABASE_URL" },
    });
  }
  const ca = query.get("sslrootcert");
  return { rejectUnauthorized: true, servername: host, ...(ca !== undefined && { ca: certificate(ca) }) };
}

function certificate(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw integrationError("config.invalid_file", {
      message: `${file}, which MAIGIC_DATABASE_URL names as sslrootcert, cannot be read.`,
      hint: "Give the path of a file with the authority's certificate in PEM form.",
      details: { file },
      cause,
    });
  }
}

function invalid(problem: string): Error {
  return integrationError("config.invalid", {
    message: `MAIGIC_DATABASE_URL ${problem}.`,
    hint: "Set it to an address such as postgresql://USER:PASSWORD@HOST:5432/DATABASE, with special characters percent-encoded.",
    details: { variable: "MAIGIC_DATABASE_URL" },
  });
}
