import type { ClientOptions } from "../client-options.js";
import { systemClock } from "../core/clock.js";
import { isIntegrationError, type IntegrationError } from "../core/errors.js";
import type { AccessLevel } from "../credentials/types.js";
import type { AccessCheck } from "../provider.js";
import type { IntegrationRegistry } from "../registry.js";
import { testConnection } from "./test-connection.js";

/** What one real call came to. */
export interface CheckResult {
  readonly title: string;
  readonly scope?: string;
  readonly ok: boolean;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly error?: IntegrationError;
}

/** What is tried out. */
export interface TestedProfile {
  readonly service: string;
  readonly userId: string;
  /** Default: what the profile is linked with. */
  readonly access?: AccessLevel;
}

const timeoutMs = 30_000;

/**
 * Tries a profile out with real calls that change nothing, one for each scope; where the provider has no such checks, with
 * its client's `connect`. What fails is in the results. A service need not be switched on.
 *
 * @throws the signal's reason when it aborts
 */
export async function testAccess(
  registry: IntegrationRegistry,
  { service, userId, access }: TestedProfile,
  options: Pick<ClientOptions, "endpoints" | "clock"> & { readonly signal?: AbortSignal | undefined },
): Promise<CheckResult[]> {
  const { endpoints, clock = systemClock, signal } = options;
  const where = { ...(endpoints !== undefined && { endpoints }), ...(options.clock && { clock: options.clock }) };
  const timed = async (check: AccessCheck): Promise<CheckResult> => {
    const { title, scope } = check;
    const startedAt = clock.now();
    const error = await failureOf(check.run({ timeoutMs, ...(signal && { signal }) }));
    signal?.throwIfAborted();
    const facts = { title, ...(scope !== undefined && { scope }), ms: Math.round(clock.now() - startedAt) };
    return error ? { ...facts, ok: false, error } : { ...facts, ok: true };
  };
  const connect: AccessCheck = {
    title: "Connect",
    run: () => testConnection(registry, { service, userId }, { ...where, ...(signal && { signal }) }),
  };
  const opened = await openChecks(registry, service, { userId, ...where, ...(access && { access }) });
  if (isIntegrationError(opened)) return [{ title: connect.title, ok: false, ms: 0, error: opened }];
  try {
    const results: CheckResult[] = [];
    for (const check of opened?.checks ?? [connect]) results.push(await timed(check));
    return results;
  } finally {
    await opened?.close();
  }
}

async function openChecks(
  registry: IntegrationRegistry,
  service: string,
  options: ClientOptions,
): Promise<Awaited<ReturnType<IntegrationRegistry["openAccessChecks"]>> | IntegrationError> {
  const credentials = registry.getCredentialManager(options);
  try {
    return await registry.openAccessChecks(service, { ...options, credentials });
  } catch (error) {
    if (isIntegrationError(error)) return error; // such as a damaged pointer
    throw error;
  }
}

async function failureOf(work: Promise<void>): Promise<IntegrationError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (isIntegrationError(error)) return error;
    throw error;
  }
}

/** Whether the service's API is what is not switched on in the person's project. */
export function isApiDisabled(error: IntegrationError | undefined): boolean {
  const reasons = error?.details?.["reasons"];
  return Array.isArray(reasons) && reasons.some((reason) => disabledReasons.has(String(reason)));
}

const disabledReasons: ReadonlySet<string> = new Set(["accessNotConfigured", "SERVICE_DISABLED"]);

/** A result on one line, with its time. */
export function describeCheck({ title, ok, ms, error }: CheckResult): string {
  return ok ? `  ✓ ${title} (${ms} ms)` : `  ✗ ${title} (${ms} ms): ${error?.message ?? "failed"}`;
}
