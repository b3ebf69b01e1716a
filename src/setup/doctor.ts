import type { CredentialOptions } from "../client-options.js";
import { isIntegrationError, type IntegrationError } from "../core/errors.js";
import { mapInOrder } from "../core/map-in-order.js";
import type { DiagnosedState, ProfileDiagnosis, VaultFinding } from "../credentials/types.js";
import type { IntegrationRegistry } from "../registry.js";
import { nextStep } from "./next-step.js";
import { isApiDisabled } from "./test-access.js";
import { testConnection } from "./test-connection.js";

/** What a doctor tells apart beyond what is stored: what the service answers to a real call. */
export type DoctorState = DiagnosedState | "api_disabled" | "refused" | "unreachable";

/** One profile of a service, with one state and one thing to do. */
export interface DoctorLine extends Omit<ProfileDiagnosis, "state"> {
  readonly title: string;
  readonly state: DoctorState;
  /** A command or a sentence; missing when all is well. */
  readonly next?: string;
}

/** Everything that a doctor found. */
export interface DoctorReport {
  readonly credentialsDir: string;
  readonly profiles: readonly DoctorLine[];
  /** What concerns the vault and the machine, not one profile. */
  readonly findings: readonly VaultFinding[];
  /** Whether there is nothing to do now; what will end some day is well until then. */
  readonly healthy: boolean;
}

/** How it looks. */
export interface DoctorOptions extends Pick<CredentialOptions, "endpoints" | "clock"> {
  /** Looks at what is stored only, and calls nobody. */
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
}

/** So many profiles are tried at the same time. */
const atOnce = 4;

/** Looks at every service and profile, and unless `offline` tries each out with a real call. */
export async function runDoctor(registry: IntegrationRegistry, options: DoctorOptions = {}): Promise<DoctorReport> {
  const { offline = false, endpoints, clock } = options;
  const credentials = { ...(endpoints !== undefined && { endpoints }), ...(clock && { clock }) };
  const { profiles, findings } = await registry.getCredentialManager(credentials).diagnose({ offline });
  const lines: DoctorLine[] = [];
  const examine = (profile: ProfileDiagnosis): Promise<DoctorLine> => examined(registry, profile, options);
  for await (const line of mapInOrder(profiles, atOnce, examine)) lines.push(line);
  const healthy = findings.length === 0 && lines.every(({ state }) => state === "ready" || state === "expiring");
  return { credentialsDir: registry.config.credentialsDir, profiles: lines, findings, healthy };
}

async function examined(
  registry: IntegrationRegistry,
  profile: ProfileDiagnosis,
  options: DoctorOptions,
): Promise<DoctorLine> {
  const { service, state } = profile;
  if (!registry.hasProvider(service)) {
    const next = "use the version or the program whose service it is, or remove the profile";
    return { ...profile, title: service, reason: profile.reason ?? "no service of this name is registered", next };
  }
  const { title } = registry.getProvider(service).setup;
  const usable = state === "ready" || state === "expiring";
  const problem = usable && !options.offline ? await callProblem(registry, profile, options) : undefined;
  if (problem) return { ...profile, title, ...problem };
  const next = nextStep(profile);
  return { ...profile, title, ...(next !== undefined && { next }) };
}

/** What a real call comes to, when it fails. */
async function callProblem(
  registry: IntegrationRegistry,
  { service, userId }: ProfileDiagnosis,
  options: DoctorOptions,
): Promise<{ state: DoctorState; reason: string; next: string } | undefined> {
  try {
    await testConnection(registry, { service, userId }, options);
    return undefined;
  } catch (error) {
    if (!isIntegrationError(error)) throw error;
    return { state: stateOf(error), reason: error.message, next: error.hint };
  }
}

function stateOf(error: IntegrationError): DoctorState {
  if (isApiDisabled(error)) return "api_disabled";
  return states[error.code] ?? (error.code.startsWith("connection.") ? "unreachable" : "refused");
}

const states: Readonly<Partial<Record<string, DoctorState>>> = {
  "auth.revoked": "revoked",
  "auth.expired": "expired",
  "auth.not_connected": "needs_consent",
  "auth.scope_missing": "missing_scopes",
  "auth.wrong_account": "wrong_account",
  "auth.key_unavailable": "key_unavailable",
  "auth.unreadable": "unreadable",
};
