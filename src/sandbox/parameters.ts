import { invalidParameter, type ApiError, type ErrorStyle } from "./api-error.js";

const everywhere = [
  "$.xgafv",
  "access_token",
  "alt",
  "callback",
  "fields",
  "key",
  "oauth_token",
  "prettyPrint",
  "quotaUser",
];

/** What every method of an API takes. @see https://cloud.google.com/apis/docs/system-parameters */
const standard: Readonly<Record<ErrorStyle, ReadonlySet<string>>> = {
  gmail: new Set([...everywhere, "uploadType", "upload_protocol"]),
  calendar: new Set([...everywhere, "userIp"]),
};

/** Whether every method takes a parameter: it says how the answer is written, or who calls, and selects nothing. */
export function isStandard(name: string): boolean {
  return standard.gmail.has(name) || standard.calendar.has(name);
}

/**
 * @throws ApiError 400 for a parameter that the method does not know, for an `alt` that is not served, and for a format of
 *   errors that there is not
 */
export function checkParameters(query: URLSearchParams, known: readonly string[], style: ErrorStyle): void {
  const unknown = [...query.keys()].filter((name) => !standard[style].has(name) && !known.includes(name));
  if (unknown.length > 0) throw invalidQueryNames(unknown);
  const alt = query.get("alt") ?? "json";
  if (alt !== "json") throw invalidParameter(`Unsupported value for alt: ${alt}`, "alt");
  const errorFormat = query.get("$.xgafv") ?? "1";
  if (!["1", "2"].includes(errorFormat)) throw invalidParameter(`Invalid value for $.xgafv: ${errorFormat}`, "$.xgafv");
}

/** 400 for parameters that a method does not have. */
export function invalidQueryNames(names: readonly string[]): ApiError {
  const message = names
    .map(
      (name) =>
        `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
    )
    .join("\n");
  return invalidParameter(message, names[0]);
}
