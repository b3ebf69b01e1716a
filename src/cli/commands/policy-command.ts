import { policyExample } from "../../guard/policy/policy-example.js";
import { readPolicy } from "../../guard/policy/read-policy.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { printJson } from "../terminal/print.js";
import { printView } from "../terminal/print-view.js";
import { noPolicyView, policyView } from "../views/policy.js";

/** What `policy` takes. */
export interface PolicyFlags {
  readonly json?: boolean;
  readonly example?: boolean;
}

/** `policy`: what assistants may do, and where that is written. Changes nothing. */
export async function policyCommand(given: IntegrationRegistry | undefined, flags: PolicyFlags): Promise<void> {
  if (flags.example) {
    process.stdout.write(policyExample); // as it is: it is to be a file
    return;
  }
  const registry = given ?? getRegistry();
  const policy = await readPolicy(registry.config);
  const { file, exists, attachmentsDir, profiles } = policy;
  const unknown = exists ? await notConnected(registry, profiles) : [];
  if (flags.json) {
    const grants = Object.fromEntries(profiles.map((profile) => [profile, policy.grantsOf(profile)]));
    printJson({ file, exists, attachmentsDir: attachmentsDir ?? null, profiles: grants, notConnected: unknown });
    return;
  }
  printView(exists ? policyView(policy, unknown) : noPolicyView(file, policyExample));
}

/** Profiles that the policy names and nobody has connected, as when a name is misspelt. */
async function notConnected(registry: IntegrationRegistry, profiles: readonly string[]): Promise<string[]> {
  // What keeps credentials from being read is for the doctor; the policy is shown all the same.
  const connected = await registry
    .getCredentialManager()
    .listProfiles()
    .catch(() => undefined);
  return profiles.filter((profile) => connected?.every(({ userId }) => userId !== profile));
}
