import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { runDoctor, type DoctorLine, type DoctorReport } from "../../setup/doctor.js";
import { profileTable, type CredentialFlags } from "./credential-flags.js";
import { interruptible } from "../terminal/interruption.js";
import { print, printJson } from "../terminal/print.js";

/** Flags of `doctor`. */
export interface DoctorFlags extends CredentialFlags {
  readonly offline?: boolean;
}

/** `doctor`: what is wrong or will be, and what to do about it. @returns whether there is nothing to do */
export async function doctorCommand(given: IntegrationRegistry | undefined, flags: DoctorFlags): Promise<boolean> {
  const registry = given ?? getRegistry();
  const { offline = false, sandbox } = flags;
  const report = await interruptible((signal) =>
    runDoctor(registry, { offline, signal, ...(sandbox !== undefined && { endpoints: sandbox }) }),
  );
  if (flags.json) printJson(report);
  else printReport(report);
  return report.healthy;
}

function printReport({ credentialsDir, profiles, findings, healthy }: DoctorReport): void {
  print(`Credentials: ${credentialsDir}\n`);
  if (profiles.length === 0) print("No profile is connected yet. Next: npx maigic-integrations-setup");
  else print(profileTable(profiles));
  for (const line of profiles.filter(({ next }) => next !== undefined)) print(`\n${describe(line)}`);
  for (const { message, next, files = [] } of findings) {
    print(`\n${message}${files.map((file) => `\n    ${file}`).join("")}\n  Next: ${next}`);
  }
  print(healthy ? "\nAll is well." : "\nRun it again afterwards: npx maigic-integrations doctor");
}

function describe({ service, userId, state, reason, next }: DoctorLine): string {
  return `${service}, profile "${userId}": ${reason ?? state.replaceAll("_", " ")}\n  Next: ${next ?? "nothing"}`;
}
