/** Quirk(google): what is asked for by a short name is granted under its long one. */
const longNames: Readonly<Record<string, string>> = {
  email: "https://www.googleapis.com/auth/userinfo.email",
  profile: "https://www.googleapis.com/auth/userinfo.profile",
};

/** The scopes that were wanted and not granted: a person may untick a part. */
export function missingScopes(wanted: readonly string[], granted: readonly string[]): string[] {
  const has = new Set(granted);
  return wanted.filter((scope) => !has.has(scope) && !has.has(longNames[scope] ?? scope));
}
