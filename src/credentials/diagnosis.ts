import { systemClock } from "../core/clock.js";
import { startDeadline } from "../core/deadline.js";
import { isIntegrationError } from "../core/errors.js";
import { findClient } from "./client-files.js";
import type { CredentialContext } from "./context.js";
import { expectedEnd } from "./expected-end.js";
import { holderOf } from "./grants.js";
import { isGenuine } from "./profiles.js";
import { parseRecord } from "./records.js";
import { findProfiles, foundSummary } from "./states.js";
import type { FoundPointer } from "./store.js";
import { readToken } from "./token-records.js";
import type { ProfileDiagnosis, VaultDiagnosis, VaultFinding } from "./types.js";

/** Clocks may differ by so much before it matters. */
const toleratedSkewMs = 60_000;
/** An end that is farther away is nobody's worry yet. */
const warnBeforeMs = 14 * 24 * 3600_000;
const clockTimeoutMs = 10_000;

/** Looks at everything that is stored, and unless `offline` at the authorization servers' clocks. Changes nothing. */
export async function diagnose(
  context: CredentialContext,
  { offline = false }: { offline?: boolean } = {},
): Promise<VaultDiagnosis> {
  const findings: VaultFinding[] = [];
  if (context.config.credentialStorage === "file" && context.store.openToPeople) {
    // First: reading a file that is open to others makes it private.
    findings.push(...(await (await import("./file-findings.js")).fileFindings(context.config)));
  }
  const found = await findProfiles(context);
  const profiles: ProfileDiagnosis[] = [];
  for (const pointer of found) profiles.push(await diagnoseProfile(context, pointer));
  findings.push(...(await vaultFindings(context)));
  const services = new Set(found.map(({ service }) => service));
  findings.push(...(await clientFindings(context, services)));
  if (!offline) findings.push(...(await clockFindings(context, services)));
  return { profiles, findings };
}

async function diagnoseProfile(context: CredentialContext, found: FoundPointer): Promise<ProfileDiagnosis> {
  const summary = await foundSummary(context, found);
  const pointer = parseRecord.pointer(found.stored.text);
  if (!pointer || summary.state === "unreadable" || summary.state === "key_unavailable") return summary;
  if (pointer.moved_to !== undefined) return { ...summary, state: "renaming", renamingTo: pointer.moved_to };
  const vault = await context.existingVault();
  if (pointer.mac !== undefined && vault && !isGenuine(pointer, vault)) {
    const reason = `${found.location} was edited by hand, so not all that it says is believed`;
    return { ...summary, state: "edited_pointer", reason };
  }
  if (context.setups(found.service)?.kind === "api_key") return summary;
  const holder = await holderOf(context, pointer);
  const token = await readToken(context, holder.service, holder.userId);
  const end = token && expectedEnd(token.record);
  if (!end || summary.state !== "ready") return summary;
  const endsAt = new Date(end.at).toISOString();
  if (end.at - context.clock.now() > warnBeforeMs) return { ...summary, endsAt };
  return { ...summary, state: "expiring", endsAt, reason: `it ends about ${endsAt.slice(0, 10)}: ${end.reason}` };
}

async function vaultFindings(context: CredentialContext): Promise<VaultFinding[]> {
  const findings: VaultFinding[] = [];
  const vault = await context.existingVault().catch(() => undefined); // each profile says that its key is not available
  if (vault?.record.previous) {
    const message = "Replacing the vault's key was interrupted: the old key still opens some records.";
    findings.push({ kind: "interrupted_rotation", message, next: "npx maigic-integrations vault rotate" });
  }
  const orphans = (await context.store.sealed()).filter(({ key }) => key === undefined);
  const files = orphans.map(({ location }) => location);
  if (files.length > 0) {
    const message = `${files.length === 1 ? "A sealed record belongs" : `${files.length} sealed records belong`} to no profile.`;
    const next = "Restore the pointer from a backup, or remove the file.";
    findings.push({ kind: "orphan", message, next, files });
  }
  return findings;
}

/** A service's client file that cannot be used stops every renewal. */
async function clientFindings(context: CredentialContext, services: ReadonlySet<string>): Promise<VaultFinding[]> {
  const findings: VaultFinding[] = [];
  for (const service of services) {
    const setup = context.setups(service);
    if (setup?.kind !== "oauth") continue;
    try {
      await findClient(context, service, setup, true);
    } catch (error) {
      if (!isIntegrationError(error)) throw error;
      findings.push({ kind: "client_file", message: error.message, next: error.hint });
    }
  }
  return findings;
}

async function clockFindings(context: CredentialContext, services: ReadonlySet<string>): Promise<VaultFinding[]> {
  const servers = new Set<string>();
  for (const service of services) {
    const setup = context.setups(service);
    if (setup?.kind === "oauth") servers.add(setup.endpoints.token);
  }
  const findings: VaultFinding[] = [];
  for (const server of servers) {
    const theirs = await timeOf(context, server);
    const skewMs = theirs === undefined ? 0 : context.clock.now() - theirs;
    if (Math.abs(skewMs) <= toleratedSkewMs) continue;
    const minutes = Math.round(Math.abs(skewMs) / 60_000);
    const message = `This machine's clock is ${minutes} min ${skewMs > 0 ? "ahead of" : "behind"} ${new URL(server).host}'s.`;
    findings.push({
      kind: "clock_skew",
      message,
      next: "Set the clock by the network's time, such as: sudo timedatectl set-ntp true",
    });
  }
  return findings;
}

/** What time it is there, to the second; undefined when it does not say or is out of reach. */
async function timeOf({ http }: CredentialContext, server: string): Promise<number | undefined> {
  const { deadline, end } = startDeadline({ timeoutMs: clockTimeoutMs }, systemClock);
  try {
    const { headers } = await http.send({ method: "GET", url: new URL(server), signal: deadline.signal });
    const time = Date.parse(headers["date"] ?? "");
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined; // out of reach: the clients' own calls say so
  } finally {
    end();
  }
}
