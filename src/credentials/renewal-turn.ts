import type { CredentialContext } from "./context.js";
import type { ProfileName } from "./profiles.js";

/** Longer than any renewal takes, its network time-out included. */
const timeoutMs = 90_000;

/**
 * Does work on a profile's sign-in that only one may do at a time, in whatever process: renewing, moving or ending it.
 *
 * @throws ConnectionError `connection.timeout` when the turn does not come
 */
export async function renewalTurn<T>(
  { store }: CredentialContext,
  { service, userId }: ProfileName,
  work: () => Promise<T>,
): Promise<T> {
  return store.exclusively(`the access of ${service}, profile "${userId}"`, { timeoutMs }, work);
}
