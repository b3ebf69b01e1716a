import {
  getRegistry,
  type CredentialManager,
  type IntegrationConfig,
  type IntegrationProvider,
} from "maigic-integrations";

/** The name of a service that uses an API key, so that credentials are stored without any server. */
export const notes = "acme_notes";

const provider: IntegrationProvider<object> = {
  getName: () => notes,
  kind: "notes",
  capabilities: {},
  setup: { title: "Acme Notes", credentials: { kind: "api_key" }, steps: [] },
  isAvailable: () => true,
  createClient: () => ({}),
};

/** A manager that knows the service. @param endpoints - a sandbox's address, for the services of Google */
export function notesCredentials(config: IntegrationConfig, endpoints?: string): CredentialManager {
  const registry = getRegistry(config);
  if (!registry.hasProvider(notes)) registry.registerProvider(provider);
  return registry.getCredentialManager(endpoints === undefined ? {} : { endpoints });
}
