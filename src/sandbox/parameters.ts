import { invalidParameter } from "./api-error.js";

/** What every method of every API takes. @see https://cloud.google.com/apis/docs/system-parameters */
const standard: ReadonlySet<string> = new Set([
  "$.xgafv",
  "access_token",
  "alt",
  "callback",
  "fields",
  "key",
  "oauth_token",
  "prettyPrint",
  "quotaUser",
  "uploadType",
  "upload_protocol",
  "userIp",
]);

/** @throws ApiError 400 for a parameter that the method does not know, and for an `alt` that is not served */
export function checkParameters(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (standard.has(name) || known.includes(name)) continue;
    throw invalidParameter(
      `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
      name,
    );
  }
  const alt = query.get("alt") ?? "json";
  if (alt !== "json") throw invalidParameter(`Unsupported value for alt: ${alt}`, "alt");
}
