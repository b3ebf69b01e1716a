import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { runDoctor } from "../../setup/doctor.js";
import { placeOf, type CredentialFlags } from "./credential-flags.js";
import { interruptible } from "../terminal/interruption.js";
import { printJson } from "../terminal/print.js";
import { printView } from "../terminal/print-view.js";
import { doctorView } from "../views/doctor.js";

/** Flags of `doctor`. */
export interface DoctorFlags extends CredentialFlags {
  readonly offline?: boolean;
}

/** `doctor`: what is wrong or will be, and what to do about it. @returns whether there is nothing to do */
export async function doctorCommand(given: IntegrationRegistry | undefined, flags: DoctorFlags): Promise<boolean> {
  const registry = given ?? getRegistry();
  const { offline = false } = flags;
  const report = await interruptible((signal) => runDoctor(registry, { offline, signal, ...placeOf(flags) }));
  if (flags.json) printJson(report);
  else printView(doctorView(report));
  return report.healthy;
}
