import type { CredentialOptions } from "../client-options.js";
import { integrationError, type IntegrationError } from "../core/errors.js";
import { mapInOrder } from "../core/map-in-order.js";
import type { IntegrationRegistry } from "../registry.js";
import type { StatusLine } from "./status.js";
import { testAccess, type CheckResult } from "./test-access.js";

/** A line of `--list` with what real calls came to. */
export interface TestedLine extends StatusLine {
  readonly ok: boolean;
  /** How long all of its calls took, in milliseconds. */
  readonly ms: number;
  readonly checks: readonly CheckResult[];
}

/** So many profiles are tried at the same time. */
const atOnce = 4;

/** Tries profiles out with real calls, several at a time. What fails is in the results. */
export async function testProfiles(
  registry: IntegrationRegistry,
  lines: readonly StatusLine[],
  options: Pick<CredentialOptions, "endpoints" | "clock"> & { readonly signal?: AbortSignal },
): Promise<TestedLine[]> {
  const tested: TestedLine[] = [];
  const test = async (line: StatusLine): Promise<TestedLine> => {
    const checks = await checksOf(registry, line, options);
    return { ...line, checks, ok: checks.every(({ ok }) => ok), ms: checks.reduce((sum, { ms }) => sum + ms, 0) };
  };
  for await (const line of mapInOrder(lines, atOnce, test)) tested.push(line);
  return tested;
}

async function checksOf(
  registry: IntegrationRegistry,
  line: StatusLine,
  options: Parameters<typeof testAccess>[2],
): Promise<CheckResult[]> {
  const { service, profile: userId, state, problem } = line;
  const facts = { service, profile: userId, message: problem };
  if (!registry.hasProvider(service)) return [failed(integrationError("config.unknown_service", facts))];
  if (!line.available) return [failed(integrationError("config.missing_dependency", facts))];
  // Of a damaged pointer not even the profile's name is known: there is nobody to call as.
  if (state === "unreadable") return [failed(integrationError("auth.unreadable", facts))];
  return testAccess(registry, { service, userId }, options);
}

function failed(error: IntegrationError): CheckResult {
  return { title: "Connect", ok: false, ms: 0, error };
}

/** What a program that tried services out exits with: the highest code of what failed, 0 when all is well. */
export function exitCodeOf(tested: readonly { readonly checks: readonly CheckResult[] }[]): number {
  return Math.max(0, ...tested.flatMap(({ checks }) => checks.map(({ error }) => error?.exitCode ?? 0)));
}
