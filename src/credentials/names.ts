import { integrationError } from "../core/errors.js";

const forbidden = /[\u0000-\u001f\u007f-\u009f/\\\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * A profile's name, checked. E-mail addresses, UUIDs and `auth0|abc` are fine; it is compared exactly.
 *
 * @throws ConfigurationError `config.invalid_profile`
 */
export function requireUserId(userId: string): string {
  const problem = problemOf(userId);
  if (problem === undefined) return userId;
  throw integrationError("config.invalid_profile", {
    message: `The profile name ${JSON.stringify(userId.slice(0, 60))} ${problem}.`,
    details: { userId: userId.slice(0, 200) },
  });
}

function problemOf(userId: string): string | undefined {
  if (userId.length === 0) return "is empty";
  if (userId.length > 200) return "is longer than 200 characters";
  if (forbidden.test(userId)) return "has a slash, a backslash, or control or direction characters";
  if (!userId.isWellFormed() || userId.normalize("NFC") !== userId) return "is not in Unicode's composed form (NFC)";
  return undefined;
}
