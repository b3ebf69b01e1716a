import type { CredentialManager } from "../../credentials/types.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";

/** What all commands on credentials take. */
export interface CredentialFlags {
  readonly json?: boolean;
  readonly sandbox?: string;
}

/** Where a command's services are: at the sandbox that its flags name, else at the services' own addresses. */
export function placeOf({ sandbox }: { readonly sandbox?: string | boolean }): { endpoints?: string } {
  return typeof sandbox === "string" ? { endpoints: sandbox } : {};
}

/** The credentials that a command works on. */
export function credentialsOf(given: IntegrationRegistry | undefined, flags: CredentialFlags): CredentialManager {
  return (given ?? getRegistry()).getCredentialManager(placeOf(flags));
}
