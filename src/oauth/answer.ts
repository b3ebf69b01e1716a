import { integrationError } from "../core/errors.js";

/**
 * Whether an address has what the answer of a consent page has, each once: of two, one reader would take the first and
 * another the last.
 */
export function isAnswer({ searchParams }: URL): boolean {
  const only = (name: string): boolean => searchParams.getAll(name).length === 1 && searchParams.get(name) !== "";
  const outcomes = searchParams.getAll("code").length + searchParams.getAll("error").length;
  return only("state") && outcomes === 1 && (only("code") || only("error"));
}

/**
 * Makes sure that an address is an answer to the sign-in that comes back to `redirectUri`.
 *
 * @throws AuthenticationError `auth.invalid_credentials`
 */
export function requireAnswerTo(redirectUri: string, callbackUrl: URL): void {
  const expected = new URL(redirectUri);
  const samePlace = callbackUrl.origin === expected.origin && callbackUrl.pathname === expected.pathname;
  if (samePlace && isAnswer(callbackUrl)) return;
  throw integrationError("auth.invalid_credentials", {
    message: "The address is not the one that this sign-in comes back to.",
    hint: `Use the whole address that begins with ${redirectUri}, as the consent page ended at it.`,
  });
}
