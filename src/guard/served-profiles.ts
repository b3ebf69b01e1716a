import type { AccessLevel, ProfileSummary } from "../credentials/types.js";
import { operations } from "../operations/index.js";
import type { OperationEntry, OperationKind } from "../operations/operation.js";
import type { IntegrationRegistry } from "../registry.js";
import { permits } from "./policy/permits.js";
import type { Policy } from "./policy/policy.js";
import type { PermittedProfile } from "./toolset/permitted-tools.js";

/** A profile that an assistant can act as. */
export interface ServedProfile extends PermittedProfile {
  /** Addresses of the accounts, by service. */
  readonly accounts: Readonly<Record<string, string>>;
}

const accessOrder = ["read", "write", "full"] as const;

/**
 * The profiles that somebody has connected, with what they may be used for.
 *
 * @param wanted - only these; undefined: all
 */
export function servedProfiles(
  registry: IntegrationRegistry,
  policy: Policy,
  summaries: readonly ProfileSummary[],
  wanted?: readonly string[],
): ServedProfile[] {
  const usable = summaries.filter(
    ({ service, state, userId }) =>
      state !== "needs_setup" && isEnabled(registry, service) && (wanted?.includes(userId) ?? true),
  );
  const names = [...new Set(usable.map(({ userId }) => userId))].sort();
  return names.map((profile) => served(registry, policy, profile, usable));
}

function served(
  registry: IntegrationRegistry,
  policy: Policy,
  profile: string,
  summaries: readonly ProfileSummary[],
): ServedProfile {
  const own = summaries.filter(({ userId }) => userId === profile);
  const grants = policy.grantsOf(profile);
  const ofKind = (kind: OperationKind): string[] =>
    own.map(({ service }) => service).filter((service) => registry.getProvider(service).kind === kind);
  const can = (entry: OperationEntry, summary: ProfileSummary): boolean => {
    const { kind, capabilities } = registry.getProvider(summary.service);
    return kind === entry.kind && allows(summary, entry.access) && Boolean(capabilities[entry.capability]);
  };
  // By name: a program's loader may load the table of operations twice, as tsx does in a CommonJS package.
  const permitted = new Set(
    operations
      .filter((entry) => permits(grants, entry) && own.some((summary) => can(entry, summary)))
      .map(({ name }) => name),
  );
  return {
    profile,
    services: { email: ofKind("email"), calendar: ofKind("calendar") },
    accounts: Object.fromEntries(own.flatMap(({ service, account }) => (account ? [[service, account]] : []))),
    permits: ({ name }) => permitted.has(name),
  };
}

/** Both what it was linked for and what a person then granted; of a sign-in that cannot be read now only reading is known. */
function allows({ access = "full", granted = "read" }: ProfileSummary, needed: AccessLevel): boolean {
  return [access, granted].every((level) => accessOrder.indexOf(level) >= accessOrder.indexOf(needed));
}

function isEnabled(registry: IntegrationRegistry, service: string): boolean {
  if (!registry.hasProvider(service)) return false;
  const { available, enabled } = registry.getProviderInfo(service);
  return available && enabled;
}
