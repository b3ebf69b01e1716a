import { setupCommand } from "../credentials/names.js";
import type { CredentialState, ProfileSummary } from "../credentials/types.js";
import type { IntegrationInfo, IntegrationRegistry } from "../registry.js";

/** One line of `--list`: a service as one profile sees it. */
export interface StatusLine {
  service: string;
  title: string;
  profile: string;
  state: CredentialState;
  enabled: boolean;
  available: boolean;
  account?: string;
  access?: string;
  /** Why it cannot be used now. */
  problem?: string;
  /** What to do about it: a command or a setting. */
  next?: string;
}

/** Every service with each of its profiles; a service without any is listed for the default profile. */
export async function listStatus(registry: IntegrationRegistry): Promise<StatusLine[]> {
  const integrations = Object.values(registry.getAvailableIntegrations());
  const profiles = await registry.getCredentialManager().listProfiles();
  const known = new Set(integrations.map(({ name }) => name));
  const orphans = profiles.filter((profile) => !known.has(profile.service)).map(orphanLine);
  const lines = integrations.flatMap((info) => {
    const own = profiles.filter((profile) => profile.service === info.name);
    return own.length === 0
      ? [statusLine(info, { service: info.name, userId: registry.config.defaultUser, state: "needs_setup" })]
      : own.map((profile) => statusLine(info, profile));
  });
  return [...lines, ...orphans];
}

function statusLine(info: IntegrationInfo, profile: ProfileSummary): StatusLine {
  const problem = info.available ? (profile.reason ?? info.problem) : info.problem;
  const next = nextStep(info, profile);
  return {
    service: info.name,
    title: info.title,
    profile: profile.userId,
    state: profile.state,
    enabled: info.enabled,
    available: info.available,
    ...(profile.account !== undefined && { account: profile.account }),
    ...(profile.access !== undefined && { access: profile.access }),
    ...(problem !== undefined && { problem }),
    ...(next !== undefined && { next }),
  };
}

function nextStep(info: IntegrationInfo, profile: ProfileSummary): string | undefined {
  if (!info.available) return info.problem?.replace(/^needs: /, "");
  if (profile.state === "key_unavailable") return "bring back the key that sealed this vault";
  if (profile.state === "unreadable") return "restore the file from a backup, or set the profile up again";
  if (profile.state !== "ready") return setupCommand(info.name, profile.userId);
  return info.enabled ? undefined : `${info.enableVariable ?? "its variable"}=true`;
}

function orphanLine(profile: ProfileSummary): StatusLine {
  return {
    service: profile.service,
    title: profile.service,
    profile: profile.userId,
    state: profile.state,
    enabled: false,
    available: false,
    problem: profile.reason ?? "no provider of this name is registered",
  };
}
