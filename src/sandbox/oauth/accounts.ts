/** What happened to people's accounts, as far as it decides about signing in. Addresses are in lower case. */
export interface Accounts {
  /** Grows when the person has to sign in anew: a grant of an earlier session is not refreshed. */
  sessionOf(user: string): number;
  requireReauthentication(user: string): void;
  /** Whether an administrator lets applications reach the account. */
  isBlocked(user: string): boolean;
  block(user: string): void;
  unblock(user: string): void;
  /** Whether the browser remembers the person, which matters where no page may be shown. */
  isSignedIn(user: string): boolean;
  signIn(user: string): void;
  signOut(user: string): void;
}

/** Begins with everybody signed in and nobody blocked. */
export function createAccounts(): Accounts {
  const sessions = new Map<string, number>();
  const blocked = new Set<string>();
  const signedOut = new Set<string>();
  const sessionOf = (user: string): number => sessions.get(user) ?? 0;
  return {
    sessionOf,
    requireReauthentication: (user) => void sessions.set(user, sessionOf(user) + 1),
    isBlocked: (user) => blocked.has(user),
    block: (user) => void blocked.add(user),
    unblock: (user) => void blocked.delete(user),
    isSignedIn: (user) => !signedOut.has(user),
    signIn: (user) => void signedOut.delete(user),
    signOut: (user) => void signedOut.add(user),
  };
}
