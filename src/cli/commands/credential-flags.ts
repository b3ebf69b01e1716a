import type { CredentialManager } from "../../credentials/types.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";

/** What all commands on credentials take. */
export interface CredentialFlags {
  readonly json?: boolean;
  readonly sandbox?: string;
}

/** The credentials that a command works on. */
export function credentialsOf(given: IntegrationRegistry | undefined, { sandbox }: CredentialFlags): CredentialManager {
  return (given ?? getRegistry()).getCredentialManager(sandbox === undefined ? {} : { endpoints: sandbox });
}
