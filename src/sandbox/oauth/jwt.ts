import { sign, verify, type KeyObject } from "node:crypto";

/** A JSON Web Token that was read but not checked. @see https://www.rfc-editor.org/rfc/rfc7519 */
export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly content: string;
  readonly signature: Buffer;
}

/** Signs claims by RS256. */
export function signJwt(header: object, claims: object, key: KeyObject): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${encode({ alg: "RS256", ...header, typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${sign("sha256", Buffer.from(content), key).toString("base64url")}`;
}

/** @returns undefined for a text that is no JSON Web Token */
export function readJwt(text: string): Jwt | undefined {
  const [header = "", claims = "", signature = "", ...rest] = text.split(".");
  const parts = [parseObject(header), parseObject(claims)];
  if (rest.length > 0 || signature === "" || !parts[0] || !parts[1]) return undefined;
  const content = `${header}.${claims}`;
  return { header: parts[0], claims: parts[1], content, signature: Buffer.from(signature, "base64url") };
}

/** Whether the key signed it by RS256, the one way that Google takes. */
export function isSignedBy({ header, content, signature }: Jwt, key: KeyObject): boolean {
  return header["alg"] === "RS256" && verify("sha256", Buffer.from(content), key, signature);
}

function parseObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
