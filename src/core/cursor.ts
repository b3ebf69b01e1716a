import { createHash } from "node:crypto";
import { integrationError } from "./errors.js";

/**
 * An opaque cursor for the caller: the service's page token, bound to what it continues, so that it cannot be used with
 * another account or query by mistake.
 *
 * @param scope - what the cursor belongs to, such as the account, the method and the query
 */
export function encodeCursor(scope: readonly string[], token: string): string {
  return Buffer.from(JSON.stringify([fingerprint(scope), token])).toString("base64url");
}

/**
 * The page token inside a cursor.
 *
 * @throws RequestError `request.invalid` when it is not one of ours or belongs to another account or query
 */
export function decodeCursor(scope: readonly string[], cursor: string): string {
  const [owner, token] = parse(cursor);
  if (owner === fingerprint(scope)) return token;
  throw integrationError("request.invalid", {
    message: "The cursor belongs to another account or query.",
    hint: "Repeat the call with the account and query that gave the cursor, or without a cursor.",
  });
}

function parse(cursor: string): [string, string] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "string")
      return [value[0], value[1]];
  } catch {
    // not JSON: the same answer as for JSON of another shape, below
  }
  throw integrationError("request.invalid", {
    message: "The cursor is not one that this package gave.",
    hint: "Pass the cursor exactly as it came, or none to begin again.",
  });
}

function fingerprint(scope: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(scope)).digest("base64url").slice(0, 16);
}
