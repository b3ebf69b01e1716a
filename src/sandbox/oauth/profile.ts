import { scopeNames } from "./scopes.js";

/** What OpenID Connect calls the person's standard claims, as far as the scopes show them. */
export function profileClaims(
  user: { readonly subject: string; readonly email: string; readonly name: string },
  scopes: readonly string[],
): Record<string, string | boolean> {
  const [given = user.name, ...family] = user.name.split(" ");
  return {
    sub: user.subject,
    ...(scopes.includes(scopeNames.email) && { email: user.email, email_verified: true }),
    ...(scopes.includes(scopeNames.profile) && {
      name: user.name,
      given_name: given,
      ...(family.length > 0 && { family_name: family.join(" ") }),
    }),
  };
}
