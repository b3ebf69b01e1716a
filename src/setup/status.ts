import type { CredentialOptions } from "../client-options.js";
import { requireUserId } from "../credentials/names.js";
import type { DiagnosedState, ProfileDiagnosis } from "../credentials/types.js";
import type { IntegrationInfo, IntegrationRegistry } from "../registry.js";
import { nextStep } from "./next-step.js";

/** One line of `--list`: a service as one profile sees it. */
export interface StatusLine {
  service: string;
  title: string;
  profile: string;
  /** As a doctor finds it, who calls nobody. */
  state: DiagnosedState;
  enabled: boolean;
  available: boolean;
  account?: string;
  access?: string;
  /** Its enabling variable is neither true nor false. */
  misset?: true;
  /** Why it cannot be used now. */
  problem?: string;
  /** What to do about it: a command or a setting. */
  next?: string;
}

/** Every service with each of its profiles; a service without any is listed for the default profile. */
export async function listStatus(
  registry: IntegrationRegistry,
  options: CredentialOptions = {},
): Promise<StatusLine[]> {
  requireUserId(registry.config.defaultUser); // no line may recommend a command that cannot work
  const integrations = Object.values(registry.getAvailableIntegrations());
  const { profiles } = await registry.getCredentialManager(options).diagnose({ offline: true });
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

function statusLine(info: IntegrationInfo, profile: ProfileDiagnosis): StatusLine {
  const { problem, next } = outlook(info, profile);
  return {
    service: info.name,
    title: info.title,
    profile: profile.userId,
    state: profile.state,
    enabled: info.enabled,
    available: info.available,
    ...(profile.account !== undefined && { account: profile.account }),
    ...(profile.access !== undefined && { access: profile.access }),
    ...(info.misset === true && { misset: true }),
    ...(problem !== undefined && { problem }),
    ...(next !== undefined && { next }),
  };
}

/** What is in the way, the service's own trouble before the profile's, and what to do about it. */
function outlook(
  info: IntegrationInfo,
  profile: ProfileDiagnosis,
): { problem?: string | undefined; next?: string | undefined } {
  const variable = info.enableVariable ?? "its variable";
  if (!info.available) return { problem: info.problem, next: info.problem?.replace(/^needs: /, "") };
  if (info.misset === true) return { problem: info.problem, next: `set ${variable} to true or false` };
  const enabling = info.enabled ? undefined : `${variable}=true`;
  return {
    problem: profile.reason ?? info.problem,
    next: profile.state === "ready" ? enabling : nextStep(profile),
  };
}

function orphanLine(profile: ProfileDiagnosis): StatusLine {
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
