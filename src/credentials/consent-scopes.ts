import type { CredentialContext } from "./context.js";
import type { PointerRecord } from "./records.js";
import type { AccessLevel, OAuthSetup } from "./types.js";

/** A service that a sign-in is for, and how much of it. */
export interface ConsentTarget {
  readonly service: string;
  readonly access: AccessLevel;
}

const levels: readonly AccessLevel[] = ["read", "write", "full"];

/** The access level that is asked for: what is said, else what the profile is linked with, else `write`. */
export function accessOf(said: AccessLevel | undefined, pointer: PointerRecord | undefined): AccessLevel {
  return said ?? (pointer?.read_only === true ? "read" : (pointer?.access ?? "write"));
}

/**
 * What a sign-in asks for: the least that its services need at their levels. A profile that gets more access keeps what
 * was allowed of its service before; whoever shares the sign-in already goes on doing so.
 *
 * @param targets - the profile's own service, then those that are to share its sign-in from now on
 * @param sharers - profiles that share it already
 * @param before - the profile as it is, and what was granted to it
 */
export function scopesToAsk(
  context: CredentialContext,
  [own, ...others]: readonly [ConsentTarget, ...ConsentTarget[]],
  sharers: readonly PointerRecord[],
  before: { readonly pointer: PointerRecord | undefined; readonly granted: readonly string[] },
): string[] {
  const setup = oauthOf(context, own.service);
  const rank = levels.indexOf(own.access);
  const raised = before.pointer?.access !== undefined && levels.indexOf(before.pointer.access) < rank;
  const known = levels.slice(0, rank).flatMap((level) => setup?.scopes[level] ?? []);
  const kept = raised ? before.granted.filter((scope) => known.includes(scope)) : [];
  const shared = [...others, ...sharers.map((pointer) => ({ ...pointer, access: accessOf(undefined, pointer) }))];
  const theirs = shared.flatMap((target) => oauthOf(context, target.service)?.scopes[target.access] ?? []);
  return [...new Set([...(setup?.scopes[own.access] ?? []), ...kept, ...theirs])];
}

function oauthOf(context: CredentialContext, service: string): OAuthSetup | undefined {
  const setup = context.setups(service);
  return setup?.kind === "oauth" ? setup : undefined;
}
