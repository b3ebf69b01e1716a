import { integrationError, isIntegrationError } from "../../core/errors.js";

/**
 * An error about fields of an input, in the words of a command line: where its hint names one, it names the flag.
 *
 * @param flags - how each field is written on the command line
 */
export function inFlags(error: unknown, flags: Readonly<Record<string, string>>): unknown {
  if (!isIntegrationError(error)) return error;
  const hint = Object.entries(flags).reduce((text, [field, flag]) => namingFlag(text, field, flag), error.hint);
  const path = typeof error.details?.["field"] === "string" ? error.details["field"] : "";
  const flag = path.split(".").flatMap((part) => flags[part] ?? [])[0];
  if (flag === undefined && hint === error.hint) return error;
  return integrationError(error.code, {
    message: error.message,
    hint: flag === undefined || hint.includes(flag) ? hint : `${hint} On the command line it is ${flag}.`,
    retryAfterMs: error.retryAfterMs,
    service: error.service,
    profile: error.profile,
    operation: error.operation,
    details: { ...error.details, ...(flag !== undefined && { flag }) },
    cause: error.cause,
  });
}

/** Names of one lower-case word are words of the language too: they count as names after a verb such as "Give" only. */
function namingFlag(text: string, field: string, flag: string): string {
  const afterVerb = new RegExp(`\\b(Give|Correct|Leave|Set|Add|with|without) ${field}\\b:?`, "g");
  const named = text.replace(afterVerb, (_, verb: string) => `${verb} ${flag}`);
  return /[A-Z]/.test(field) ? named.replace(new RegExp(`(?<![-\\w])${field}\\b`, "g"), () => flag) : named;
}
